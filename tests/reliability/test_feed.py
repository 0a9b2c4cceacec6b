"""What a returning client gets by `sync`: births and later changes alike, in the order in which they happened."""

import sqlite3
from contextlib import closing
from typing import Any

from tests.people import Ear, Payload, Person, people_at
from tests.server import LanChat

EDIT = "content = ?, edited_at = '2026-01-01T00:00:00.000000Z'"
RECALL = "content = ?, deleted_at = '2026-01-01T00:00:00.000000Z'"
MORE_THAN_A_PAGE = 230


def change(server: LanChat, room_id: int, seqs: list[int], how: str = EDIT, content: str = "changed") -> None:
    """Beside the server, as an edit or a recall would: each change takes the room's next place in the feed."""
    with closing(sqlite3.connect(server.database, timeout=10)) as beside, beside:
        for seq in seqs:
            (place,) = beside.execute("UPDATE room SET seq = seq + 1 WHERE id = ? RETURNING seq", (room_id,)).fetchone()
            changed = beside.execute(
                f"UPDATE message SET {how}, changed_seq = ? WHERE room_id = ? AND seq = ?",
                (content, place, room_id, seq),
            )
            assert changed.rowcount == 1


async def sync(ear: Ear, **last_seqs: int) -> Payload:
    ack = await ear.call("sync", {"rooms": {key.removeprefix("room"): seq for key, seq in last_seqs.items()}})
    assert ack["ok"]
    return ack


async def sync_all(ear: Ear, room_id: int, known: int) -> tuple[list[Payload], int, int]:
    """Page by page; the messages, where that ended, and in how many pages."""
    messages: list[Payload] = []
    pages = 0
    has_more = True
    while has_more:
        room = (await sync(ear, **{f"room{room_id}": known}))["rooms"][str(room_id)]
        assert room["last_seq"] > known or not room["has_more"]
        messages, known, has_more = messages + room["messages"], room["last_seq"], room["has_more"]
        pages += 1
    return messages, known, pages


async def room_with(person: Person, count: int) -> tuple[dict[str, Any], list[Payload]]:
    room = await person.make_room()
    return room, [await person.say(room, f"message {number}") for number in range(count)]


async def test_later_changes_come_beside_new_messages_in_the_order_of_the_feed(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room, said = await room_with(ann, 5)
        change(own_server, room["id"], [2])
        newest = await ann.say(room, "after the edit")
        change(own_server, room["id"], [4], RECALL, "secret")
        ear = await ann.connect()

        messages, known, _ = await sync_all(ear, room["id"], 5)

        assert [(message["seq"], message["changed_seq"]) for message in messages] == [(2, 6), (7, 7), (4, 8)]
        assert known == 8
        edited, new, recalled = messages
        assert (edited["id"], edited["content"], edited["is_deleted"]) == (said[1]["id"], "changed", False)
        assert edited["edited_at"]
        assert new == newest
        assert (recalled["content"], recalled["is_deleted"]) == ("", True)
        assert await sync_all(ear, room["id"], known) == ([], 8, 1)


async def test_what_changed_twice_comes_once_as_it_is_now(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room, _ = await room_with(ann, 3)
        change(own_server, room["id"], [1], content="once")
        change(own_server, room["id"], [3])
        change(own_server, room["id"], [1], content="twice")
        ear = await ann.connect()

        for known in (3, 4, 5):
            messages, _, _ = await sync_all(ear, room["id"], known)
            places = [(message["seq"], message["changed_seq"], message["content"]) for message in messages]
            assert places == [(3, 5, "changed"), (1, 6, "twice")][-2 if known < 5 else -1 :]
        from_the_start, _, _ = await sync_all(ear, room["id"], 0)
        assert [message["seq"] for message in from_the_start] == [2, 3, 1]


async def test_a_long_feed_comes_in_pages_without_gap_or_double(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room, _ = await room_with(ann, MORE_THAN_A_PAGE)
        changed = list(range(1, MORE_THAN_A_PAGE, 2))
        change(own_server, room["id"], changed)
        ear = await ann.connect()

        messages, known, pages = await sync_all(ear, room["id"], 0)
        assert pages > 1
        assert known == MORE_THAN_A_PAGE + len(changed)
        assert sorted(message["seq"] for message in messages) == list(range(1, MORE_THAN_A_PAGE + 1))
        order = [message["changed_seq"] for message in messages]
        assert order == sorted(order)
        later, _, _ = await sync_all(ear, room["id"], MORE_THAN_A_PAGE)
        assert [message["seq"] for message in later] == changed


async def test_changes_of_a_room_reach_its_members_only(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann, eve = await people("ann", "eve")
        room, _ = await room_with(ann, 2)
        other, _ = await room_with(eve, 2)
        await eve.join(room)
        await eve.leave(room["id"])
        change(own_server, room["id"], [1])
        change(own_server, other["id"], [1])
        ear = await eve.connect()

        rooms = (await sync(ear, **{f"room{room['id']}": 0, f"room{other['id']}": 2}))["rooms"]
        assert list(rooms) == [str(other["id"])]
        assert [message["changed_seq"] for message in rooms[str(other["id"])]["messages"]] == [3]


async def test_the_epoch_stays_over_a_restart_and_changes_with_another_host(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")

        async def epoch() -> str:
            return (await sync(await ann.connect()))["epoch"]

        first = await epoch()
        assert own_server.stop() == 0
        own_server.start()
        assert await epoch() == first
        own_server.kill()
        with closing(sqlite3.connect(own_server.database)) as beside, beside:
            beside.execute("UPDATE meta SET value = 'of another host' WHERE key = 'epoch'")
        own_server.start()
        assert await epoch() == "of another host"
