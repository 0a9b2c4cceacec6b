"""What a socket sends takes effect in that order, though nobody waits for an answer in between."""

from typing import Any

import pytest

from tests.people import Ear, Payload, People

TRANSPORTS = [("websocket",), ("polling",)]


async def say(ear: Ear, room: Payload, content: str) -> None:
    await ear.emit("send_message", {"room_id": room["id"], "content": content})


@pytest.mark.parametrize("transports", TRANSPORTS, ids="+".join)
@pytest.mark.parametrize("password", [None, "secret"])
async def test_whoever_joins_may_speak_at_once(people: People, password: str | None, transports: tuple[str, ...]):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password=password)
    of_ann, of_bob = await ann.connect(), await bob.connect(transports)

    await of_bob.emit("join_room", {"room_id": room["id"], "password": password})
    await of_bob.emit("typing_start", {"room_id": room["id"]})
    for number in range(20):
        await say(of_bob, room, str(number))

    for number in range(20):
        assert (await of_ann.hears("new_message", room_id=room["id"]))["content"] == str(number)
    await of_ann.hears("typing_update", typing_users=[bob.name])
    await of_bob.catch_up()
    assert of_bob.all("error") == []


async def test_several_rooms_are_joined_and_spoken_in_one_after_the_other(people: People):
    ann, bob = await people("ann", "bob")
    rooms = [await ann.make_room(password="secret") for _ in range(3)]
    ear = await bob.connect()
    for room in rooms:
        await ear.emit("join_room", {"room_id": room["id"], "password": "secret"})
        await say(ear, room, "hello")
    for room in rooms:
        assert (await ear.hears("new_message"))["room_id"] == room["id"]


async def test_whoever_is_refused_at_the_door_cannot_speak_behind_it(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    ear = await bob.connect()
    await ear.emit("join_room", {"room_id": room["id"], "password": "wrong"})
    await say(ear, room, "let me in")
    assert (await ear.hears_refusal("wrong_room_password"))["event"] == "join_room"
    assert (await ear.hears_refusal("not_a_member"))["event"] == "send_message"
    assert await ann.history(room) == []


async def test_whoever_has_left_speaks_no_more(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear = await bob.connect()
    await say(ear, room, "goodbye")
    await ear.emit("leave_room", {"room_id": room["id"]})
    await say(ear, room, "one more thing")
    assert (await ear.hears_refusal("not_a_member"))["event"] == "send_message"
    assert [message["content"] for message in await ann.history(room)] == ["goodbye"]


async def test_only_so_much_waits_at_a_door(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    ear = await bob.connect()
    await ear.emit("join_room", {"room_id": room["id"], "password": "secret"})
    for _ in range(150):
        await ear.emit("typing_start", {"room_id": room["id"]})
    refused = await ear.hears_refusal("too_many")
    assert (refused["event"], refused["details"]["retry_after"]) == ("typing_start", 1)
    await ear.hears("room_joined")
    await ear.catch_up()
    assert len(ear.all("error")) <= 50


async def test_little_memory_waits_at_a_door(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    ear = await bob.connect()
    await ear.emit("join_room", {"room_id": room["id"], "password": "secret"})
    for _ in range(10):
        await ear.emit("typing_start", {"room_id": room["id"], "more": "x" * 60_000})
    assert (await ear.hears_refusal("too_many"))["event"] == "typing_start"
    await ear.hears("room_joined")
    await ear.catch_up()
    assert len(ear.all("error")) == 6


async def test_what_can_t_be_read_is_refused_in_its_turn(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    ear = await bob.connect()
    await ear.emit("join_room", {"room_id": room["id"], "password": "secret"})
    engine: Any = ear.sio.eio
    await engine.send('2["send_message",{"room_id":]')
    await say(ear, room, "hello")
    assert (await ear.hears_refusal("invalid_input"))["event"] == "send_message"
    assert (await ear.hears("new_message"))["content"] == "hello"
