"""Somebody who is in five hundred rooms: no limit of ours stands in the way of any of them."""

from functools import partial

from lanchat.core.base.clock import Clock
from lanchat.core.storage.database import write_once
from lanchat.rooms.models import Membership
from lanchat.rooms.schemas.incoming import RoomDraft
from tests.people import people_at
from tests.server import LanChat

ROOMS = 500


def found_rooms(user_id: int) -> None:
    """In one transaction: made one by one through the server they would take a quarter of a minute."""
    for number in range(ROOMS):
        Membership.found(user_id, RoomDraft(name=f"room {number}"), None, Clock().now())


async def test_five_hundred_rooms_are_no_trouble(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann, bob = await people.one("ann"), await people.one("bob")
        write_once(own_server.database, partial(found_rooms, ann.id))
        rooms = (await ann.get("/api/rooms/")).expect(200)["user_rooms"]
        assert len(rooms) == ROOMS + 1  # and the lobby
        last = next(room for room in rooms if room["name"] == f"room {ROOMS - 1}")
        ear = await ann.connect()
        await bob.join(last)
        said = await bob.say(last, "in the last of them")
        await ear.hears("new_message", id=said["id"])
        synced = await ear.call("sync", {"rooms": {str(room["id"]): 0 for room in rooms}})
        coming, found = synced["rooms"][str(last["id"])]["messages"]
        assert (coming["message_type"], found["id"]) == ("system", said["id"])
        overview = (await ann.get("/api/messages/overview")).expect(200)["rooms"]
        assert {room["room_id"] for room in overview} == {room["id"] for room in rooms}
