"""What is taken back is erased from the database's journal as well, soon."""

from lanchat.messages.erasing import Erasing
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.service.recall import recall_message
from lanchat.messages.service.send import send_message
from tests.unit.recording import House


async def test_a_recall_has_the_journal_emptied(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    said = (await send_message(house.chat, ann.id, Draft(room_id=room.id, content="secret"))).payload
    erasing = house.chat.part(Erasing).is_due
    erasing.clear()
    await recall_message(house.chat, ann.id, room.id, said.id)
    assert erasing.is_set()
    erasing.clear()
    await recall_message(house.chat, ann.id, room.id, said.id)  # which was empty already
    assert not erasing.is_set()
