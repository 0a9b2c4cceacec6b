"""For how long one takes one's own words back: as the host says."""

import asyncio
import sqlite3
from contextlib import closing

from lanchat.admin.people import set_administrator
from lanchat.core.storage.database import write_once
from tests.people import Payload, Person, people_at
from tests.server import LanChat


async def recall(person: Person, message: Payload) -> str:
    answer = await person.delete(f"/api/messages/{message['room_id']}/{message['id']}")
    return "ok" if answer.status == 200 else f"{answer.status} {answer.code}"


def said_a_day_ago(server: LanChat, message: Payload) -> None:
    with closing(sqlite3.connect(server.database, timeout=10)) as beside, beside:
        ago = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 'now', '-1441 minutes')"
        beside.execute(f"UPDATE message SET created_at = {ago} WHERE id = ?", (message["id"],))


async def test_ones_own_words_are_taken_back_for_a_time_and_anybodys_by_managers_always(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann, bob = await people("ann", "bob")
        room = await ann.make_room()
        await bob.join(room)
        old, new, owners = await bob.say(room, "long ago"), await bob.say(room, "now"), await ann.say(room, "mine")
        for message in (old, owners):
            said_a_day_ago(own_server, message)
        assert await recall(bob, old) == "403 recall_too_late"
        assert [await recall(bob, new), await recall(ann, old), await recall(ann, owners)] == ["ok"] * 3

        await asyncio.to_thread(write_once, own_server.database, set_administrator, ann.name, True)
        (await ann.put("/api/admin/host", {"recall_minutes": 0})).expect(200)
        assert await recall(bob, await bob.say(room, "never again")) == "403 recall_too_late"
