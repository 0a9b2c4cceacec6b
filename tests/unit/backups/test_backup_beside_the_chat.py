"""A daily backup is made inside the running server, which goes on as if nothing were."""

import asyncio

from lanchat.backups import create
from lanchat.rooms.service import find, join
from tests.unit.recording import House


async def test_reading_and_writing_go_on_after_a_backup(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    settings = house.chat.settings.model_copy(update={"disk_reserve_bytes": 0})

    await asyncio.to_thread(create.back_up_daily, settings, lambda _: None)

    bob = await house.person("bob")
    await join.join_room(house.chat, bob.id, room.id, None)
    assert (await find.find_room(house.chat, bob.id, room.id)).member_count == 2
