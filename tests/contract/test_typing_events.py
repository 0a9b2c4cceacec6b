"""The contract's section on typing."""

import asyncio

from lanchat.presence.typing import LIFE
from tests.people import People


async def test_the_room_sees_who_types_and_who_has_stopped(people: People):
    ann, bob, cleo = await people("ann", "bob", "cleo")
    room = await ann.make_room()
    await bob.join(room)
    await cleo.join(room)
    of_ann, of_bob, of_cleo = await ann.connect(), await bob.connect(), await cleo.connect()

    await of_bob.emit("typing_start", {"room_id": room["id"]})
    assert await of_ann.hears("typing_update") == {
        "room_id": room["id"],
        "typing_users": [bob.name],
        "typing_names": [bob.name],
        "typing_guests": [],
        "typing_ids": [bob.id],
    }
    await of_cleo.emit("typing_start", {"room_id": room["id"]})
    assert set((await of_ann.hears("typing_update"))["typing_users"]) == {bob.name, cleo.name}
    await of_bob.emit("typing_stop", {"room_id": room["id"]})
    assert (await of_ann.hears("typing_update"))["typing_users"] == [cleo.name]


async def test_sending_ends_typing(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await of_bob.emit("typing_start", {"room_id": room["id"]})
    assert (await of_ann.hears("typing_update"))["typing_users"] == [bob.name]
    await of_bob.emit("send_message", {"room_id": room["id"], "content": "done"})
    assert (await of_ann.hears("typing_update"))["typing_users"] == []


async def test_typing_ends_with_the_socket_and_with_the_membership(people: People):
    ann, bob, cleo = await people("ann", "bob", "cleo")
    room = await ann.make_room()
    await bob.join(room)
    await cleo.join(room)
    of_ann, of_bob, of_cleo = await ann.connect(), await bob.connect(), await cleo.connect()
    for ear in (of_bob, of_cleo):
        await ear.call("typing_start", {"room_id": room["id"]})
    await of_ann.hears("typing_update", where=lambda update: len(update["typing_users"]) == 2)
    await of_bob.disconnect()
    await of_ann.hears("typing_update", typing_users=[cleo.name])
    left = asyncio.get_running_loop().time()
    await cleo.leave(room["id"])
    await of_ann.hears("typing_update", typing_users=[])
    assert asyncio.get_running_loop().time() - left < LIFE / 2  # and not because it expired


async def test_typing_expires_by_itself(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await of_bob.emit("typing_start", {"room_id": room["id"]})
    await of_ann.hears("typing_update", typing_users=[bob.name])
    await of_ann.hears("typing_update", typing_users=[])
