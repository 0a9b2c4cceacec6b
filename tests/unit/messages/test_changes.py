"""Changes of messages: their one counter, and what can't be edited."""

import re
from pathlib import Path

import pytest

import lanchat
from lanchat.messages.errors import MessageDeleted, SystemMessage
from lanchat.messages.schemas.incoming import Draft, EditDraft
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service import edits, read, send
from lanchat.rooms.errors import Muted
from lanchat.rooms.schemas.outgoing import RoomPayload
from tests.unit.recording import House

WRITES = re.compile(r"changed_seq = (?!seq\b)|INSERT INTO message\([^)]*changed_seq")
MAY = {
    "messages/models/changes.py": "the one primitive",
    "messages/models/append.py": "a birth is a change, too",
    "messages/models/messages.py": "many births at once",
    "messages/models/imported.py": "the birth of what was said elsewhere",
    "messages/models/system_lines.py": "the birth of what nobody said",
}


def test_nothing_else_writes_changed_seq():
    root = Path(lanchat.__file__).parent
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    assert {name for name, text in texts.items() if WRITES.search(text)} == set(MAY)


async def said(house: House) -> tuple[int, RoomPayload, MessagePayload]:
    ann = await house.person("ann")
    room = await house.room(ann)
    stored = await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="helo"))
    return ann.id, room, stored.payload


async def test_births_and_changes_share_one_counter_without_a_gap(house: House):
    ann, room, message = await said(house)
    numbers = [message.changed_seq]
    for content in ("hello", "hello!"):
        edited = await edits.edit_message(house.chat, ann, room.id, message.id, EditDraft(content=content))
        numbers.append(edited.changed_seq)
        stored = await send.send_message(house.chat, ann, Draft(room_id=room.id, content="more"))
        numbers.append(stored.payload.changed_seq)
    assert numbers == [1, 2, 3, 4, 5]


async def test_a_muted_member_edits_nothing(house: House):
    ann, room, message = await said(house)
    await house.sql("UPDATE membership SET muted_until = '9999'")
    with pytest.raises(Muted):
        await edits.edit_message(house.chat, ann, room.id, message.id, EditDraft(content="hello"))


async def test_what_was_recalled_is_edited_no_more_and_shows_no_former_version(house: House):
    ann, room, message = await said(house)
    await edits.edit_message(house.chat, ann, room.id, message.id, EditDraft(content="hello"))
    await house.sql("UPDATE message SET deleted_at = 'then'")
    with pytest.raises(MessageDeleted):
        await edits.edit_message(house.chat, ann, room.id, message.id, EditDraft(content="again"))
    assert (await edits.list_edits(house.chat, ann, room.id, message.id)).edits == []


async def test_a_notice_of_the_room_is_edited_by_nobody(house: House):
    ann, room, message = await said(house)
    await house.sql("UPDATE message SET message_type = 'system'")
    with pytest.raises(SystemMessage):
        await edits.edit_message(house.chat, ann, room.id, message.id, EditDraft(content="hello"))
    assert (await read.find_message(house.chat, ann, room.id, message.id)).content == "helo"
