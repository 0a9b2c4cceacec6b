"""The contract's section on message events, and catching up by `sync`."""

import pytest

from tests.contract.test_types import check_message
from tests.people import People


async def test_a_message_reaches_every_member_once_and_its_sender_too(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ears = [await ann.connect(), await bob.connect(), await bob.connect(("polling",))]

    await ears[0].emit("send_message", {"room_id": room["id"], "content": "hi", "message_type": "text"})

    for ear in ears:
        message = await ear.hears("new_message")
        check_message(message)
        assert (message["content"], message["user_id"], message["username"]) == ("hi", ann.id, ann.name)
    for ear in ears:
        await ear.catch_up()
        assert len(ear.all("new_message", room_id=room["id"])) == 1


async def test_the_acknowledgement_is_the_stored_message(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    ack = await ear.call("send_message", {"room_id": room["id"], "content": "kept", "client_id": "abc"})
    assert ack["ok"] is True
    assert ack["message"]["client_id"] == "abc"
    assert await ann.history(room) == [ack["message"]]


@pytest.mark.parametrize("transports", [("websocket",), ("polling",)])
async def test_what_one_socket_sends_keeps_its_order(people: People, transports: tuple[str, ...]):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    mine, others = await ann.connect(transports), await bob.connect()
    for number in range(50):
        await mine.emit("send_message", {"room_id": room["id"], "content": str(number)})
    heard = [await others.hears("new_message", room_id=room["id"]) for _ in range(50)]
    assert [int(message["content"]) for message in heard] == list(range(50))
    assert [message["seq"] for message in heard] == list(range(2, 52))  # behind bob's coming


@pytest.mark.parametrize(
    "draft",
    [
        {"content": None},
        {"content": 7},
        {"content": {"$ne": 1}},
        {"content": "x" * 10_001},
        {"content": "x", "message_type": "system"},
        {"content": "x", "message_type": 1},
        {"content": "x", "client_id": "white space"},
        {"content": "x", "room_id": "1"},
        {"content": "x", "room_id": None},
        {"content": "x", "room_id": True},
        {"content": "x", "room_id": -1},
        {"content": "x", "room_id": 2**60},
    ],
)
async def test_a_message_that_cannot_be_is_refused_either_way(people: People, draft: dict[str, object]):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    draft = {"room_id": room["id"], **draft}
    ack = await ear.call("send_message", draft)
    assert (ack["ok"], ack["error"]["code"]) == (False, "invalid_input")
    await ear.emit("send_message", draft)
    assert (await ear.hears_refusal("invalid_input"))["event"] == "send_message"
    assert await ann.history(room) == []


async def test_sync_brings_what_was_missed_and_nothing_else(people: People):
    ann, bob = await people("ann", "bob")
    room, other = await ann.make_room(), await ann.make_room()
    await bob.join(room)
    said = [await ann.say(room, str(number)) for number in range(6)]
    await ann.say(other, "not bob's")
    ear = await bob.connect()
    key = str(room["id"])

    answer = await ear.call("sync", {"rooms": {key: 3, str(other["id"]): 0, "999999": 0}})

    assert answer["ok"] is True
    assert set(answer["rooms"]) == {key}
    assert answer["rooms"][key] == {"messages": said[2:], "last_seq": 7, "has_more": False}
    assert isinstance(answer["epoch"], str)
    assert (await ear.call("sync", {"rooms": {key: 7}}))["rooms"][key]["messages"] == []


async def test_sync_goes_on_from_last_seq_while_there_is_more(people: People):
    """A room of 463 messages, made by five people, as each may send 60 at once."""
    ann = await people.one("ann")
    room = await ann.make_room()
    authors = [ann, *await people("b", "c", "d", "e", "f", "g", "h")]
    for author in authors[1:]:
        await author.join(room)
    for author in authors:
        for number in range(57):
            await author.say(room, str(number))
    ear = await ann.connect()
    key, have, seqs = str(room["id"]), 0, []
    while True:
        page = (await ear.call("sync", {"rooms": {key: have}}))["rooms"][key]
        seqs += [message["seq"] for message in page["messages"]]
        assert page["last_seq"] > have
        have = page["last_seq"]
        if not page["has_more"]:
            break
    assert seqs == list(range(1, 7 + 8 * 57 + 1))  # and the coming of seven


@pytest.mark.parametrize(
    "rooms", [None, [], 5, {"x": 1}, {"1": -1}, {"1": "1"}, {"1": 2**60}, {str(n): 0 for n in range(1001)}]
)
async def test_a_sync_that_cannot_be_is_refused(people: People, rooms: object):
    ann = await people.one("ann")
    ear = await ann.connect()
    assert (await ear.call("sync", {"rooms": rooms}))["error"]["code"] == "invalid_input"
