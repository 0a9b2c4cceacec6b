"""The overview and the list of rooms: what they cost, and that they are what their schemas say."""

from collections.abc import Callable
from typing import Any

import orjson

from lanchat.core.storage.database import database
from lanchat.messages import models
from lanchat.messages.models.overview import ASKED_WHOSE, OVERVIEW
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.schemas.outgoing import OverviewPayload
from lanchat.messages.service import read, read_marks, send
from lanchat.rooms.models import Room
from lanchat.rooms.schemas.incoming import DirectDraft
from lanchat.rooms.service.direct import open_room
from tests.unit.recording import House

NOW = "2026-01-01T00:00:00.000000Z"


async def statements(house: House, read: Callable[[], object]) -> list[str]:
    """The SQL that a read runs."""

    def run() -> list[str]:
        heard: list[str] = []
        connection = database.connection()
        connection.set_trace_callback(heard.append)
        try:
            read()
        finally:
            connection.set_trace_callback(None)
        return heard

    return await house.chat.db.read(run)


async def test_the_overview_is_one_statement_and_the_list_a_few_however_many_rooms(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    for number in range(5):
        room = await house.room(ann, bob, name=f"room {number}")
        await send.send_message(house.chat, bob.id, Draft(room_id=room.id, content="hi"))
    assert len(await statements(house, lambda: models.overview(ann.id))) == 1
    assert len(await statements(house, lambda: Room.list_for(ann.id, NOW, 0))) == 3
    for number in range(3):
        eve = await house.person(f"eve{number}")
        direct, _ = await open_room(house.chat, ann.id, DirectDraft(user_ids=[bob.id, eve.id]))
        await send.send_message(house.chat, ann.id, Draft(room_id=direct.id, content="hi"))
    assert len(await statements(house, lambda: Room.list_for(ann.id, NOW, 0))) == 6


async def test_what_is_unread_is_counted_in_an_index_alone(house: House):
    """A hundred messages in each of eight hundred rooms were most of what the overview cost."""
    plan = [row[3] for row in await house.sql(f"EXPLAIN QUERY PLAN {OVERVIEW}", *[1] * ASKED_WHOSE)]
    assert "SEARCH n USING COVERING INDEX message_unread (room_id=? AND seq>?)" in plan
    assert "SEARCH n USING PRIMARY KEY (user_id=? AND room_id=? AND seq>?)" in plan or any(
        each.startswith("SEARCH n USING COVERING INDEX sqlite_autoindex_mention_1") for each in plan
    )
    assert any("message_to_all (room_id=? AND seq>?)" in each for each in plan)


async def test_the_overview_is_exactly_what_its_schema_says(house: House):
    """What is told is not encoded by the model, because eight hundred rooms of it take longer than the query."""
    ann, bob = await house.person("ann"), await house.person("bob")
    spoken, _silent = await house.room(ann, bob), await house.room(ann, name="silent")
    await send.send_message(house.chat, bob.id, Draft(room_id=spoken.id, content="hi 你好"))
    await read_marks.mark_delivered(house.chat, ann.id, spoken.id, 1)
    answer = await read.overview(house.chat, ann.id)
    parsed = OverviewPayload.model_validate_json(orjson.dumps(answer))
    assert parsed.model_dump_json().encode() == orjson.dumps(answer)
    assert {room.room_id: (room.unread_count, room.last_message is None) for room in parsed.rooms}[spoken.id] == (
        1,
        False,
    )


async def test_the_two_furthest_are_told_of_each_room(house: House):
    ann, bob, eve, dan = [await house.person(name) for name in ("ann", "bob", "eve", "dan")]
    room = await house.room(ann, bob, eve)
    for number in range(9):
        await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content=str(number)))
    for person, delivered, seen in [(ann, 3, 1), (bob, 9, 5), (eve, 7, 7)]:
        await read_marks.mark_delivered(house.chat, person.id, room.id, delivered)
        await read_marks.mark_read(house.chat, person.id, room.id, seen)
    of_ann = await receipts_of(house, ann.id, room.id)
    assert of_ann["delivered"] == [{"user_id": bob.id, "seq": 9}, {"user_id": eve.id, "seq": 7}]
    assert of_ann["seen"] == [{"user_id": eve.id, "seq": 7}, {"user_id": bob.id, "seq": 5}]
    alone = await house.room(dan, name="of one")
    assert (await receipts_of(house, dan.id, alone.id))["seen"] == [{"user_id": dan.id, "seq": 0}]


async def receipts_of(house: House, user_id: int, room_id: int) -> Any:
    rooms: Any = (await read.overview(house.chat, user_id))["rooms"]
    return next(room["receipts"] for room in rooms if room["room_id"] == room_id)
