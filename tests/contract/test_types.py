"""The contract's data types: User, Message, ChatRoom, each with every documented field, everywhere it appears."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.people import People

Text = (str, type(None))
USER = {
    "id": int,
    "username": str,
    "email": str,
    "avatar_url": Text,
    "is_online": bool,
    "created_at": "time",
    "last_seen": "time",
    "real_name": Text,
    "bio": Text,
}
MESSAGE = {
    "id": int,
    "content": str,
    "message_type": str,
    "timestamp": "time",
    "user_id": int,
    "room_id": int,
    "username": str,
    "avatar_url": Text,
    "edited_at": Text,
    "is_deleted": bool,
    "seq": int,
    "changed_seq": int,
    "client_id": Text,
}
ROOM = {
    "id": int,
    "name": str,
    "description": Text,
    "is_private": bool,
    "created_at": "time",
    "created_by": int,
    "member_count": int,
    "online_count": int,
}


def check(payload: dict[str, Any], fields: dict[str, Any]) -> None:
    for name, kind in fields.items():
        value = payload[name]
        if kind == "time":
            assert isinstance(value, str)
            assert value.endswith("Z")
            assert abs(datetime.fromisoformat(value) - datetime.now(UTC)) < timedelta(hours=1)
        elif kind is int:
            assert type(value) is int, (name, value)
        else:
            assert isinstance(value, kind), (name, value)


def check_user(user: dict[str, Any]) -> None:
    check(user, USER)
    assert user["email"] == ""  # only oneself and administrators see it


def check_message(message: dict[str, Any]) -> None:
    check(message, MESSAGE)
    assert message["message_type"] in {"text", "image", "file", "system"}


async def test_a_user_is_complete_wherever_one_appears(people: People):
    ann = people.newcomer("ann")
    form = {"username": ann.name, "email": f"{ann.name}@example.org", "password": "123456", "password2": "123456"}
    registered = (await ann.post("/api/auth/register", form)).expect(201)
    ann.token, ann.id = registered["access_token"], registered["id"]
    check(registered, USER)
    check((await ann.get("/api/auth/me")).expect(200), USER)
    room = await ann.make_room()
    ear = await ann.connect()
    members = (await ann.get(f"/api/rooms/{room['id']}/members")).expect(200)["members"]
    update = await ear.hears("online_users_update", room_id=room["id"], where=lambda update: update["online_users"])
    await ear.emit("join_room", {"room_id": room["id"]})
    joined = await ear.hears("room_joined")
    for user in [*members, *update["online_users"], *joined["online_members"]]:
        check_user(user)
        assert user["id"] == ann.id


async def test_a_message_is_complete_and_the_same_wherever_it_appears(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    ack = await ear.call("send_message", {"room_id": room["id"], "content": "same everywhere", "client_id": "c-1"})
    message = ack["message"]
    check_message(message)
    assert (message["message_type"], message["is_deleted"], message["edited_at"]) == ("text", False, None)
    assert await ear.hears("new_message") == message
    assert await ann.history(room) == [message]
    synced = await ear.call("sync", {"rooms": {str(room["id"]): 0}})
    assert synced["rooms"][str(room["id"])]["messages"] == [message]
    overview = (await ann.get("/api/messages/overview")).expect(200)["rooms"]
    assert message in [each["last_message"] for each in overview]


async def test_a_room_is_complete_wherever_it_appears(people: People):
    ann, bob = await people("ann", "bob")
    ear = await bob.connect()
    room = await ann.make_room()
    lists = (await bob.get("/api/rooms/")).expect(200)
    joined = await bob.join(room)
    for seen in [
        room,
        joined,
        *lists["user_rooms"],
        *lists["available_rooms"],
        await ear.hears("room_created", id=room["id"]),
        (await ear.hears("membership_added"))["room"],
        (await bob.get(f"/api/rooms/{room['id']}")).expect(200),
    ]:
        check(seen, ROOM)
    assert joined["online_count"] == 1
