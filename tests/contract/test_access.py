"""Who may do what in a room: on each path the stranger, the removed member, and the member of another room."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.people import Ear, People, Person, Reply

Room = dict[str, Any]

REST: dict[str, Callable[[Person, Room], Awaitable[Reply]]] = {
    "history": lambda who, room: who.get(f"/api/messages/{room['id']}"),
    "history before": lambda who, room: who.get(f"/api/messages/{room['id']}?before_seq=9"),
    "history after": lambda who, room: who.get(f"/api/messages/{room['id']}?after_seq=0"),
    "members": lambda who, room: who.get(f"/api/rooms/{room['id']}/members"),
    "send": lambda who, room: who.post(f"/api/messages/{room['id']}", {"content": "intruding"}),
    "send by body": lambda who, room: who.post("/api/messages/", {"room_id": room["id"], "content": "intruding"}),
    "change": lambda who, room: who.put(f"/api/rooms/{room['id']}", {"description": "intruding"}),
    "delete": lambda who, room: who.delete(f"/api/rooms/{room['id']}"),
}
EVENTS: dict[str, dict[str, object]] = {
    "send_message": {"content": "intruding"},
    "typing_start": {},
    "typing_stop": {},
    "mark_read": {"seq": 1},
}


async def make_outsider(people: People, room: Room, relation: str) -> Person:
    outsider = await people.one(relation)
    if relation == "removed":
        await outsider.join(room, "secret" if room["is_private"] else None)
        await outsider.leave(room["id"])
    if relation == "elsewhere":
        await outsider.make_room()
    return outsider


@pytest.fixture(params=["public", "private"])
async def room(people: People, request: pytest.FixtureRequest) -> Room:
    ann = await people.one("ann")
    room = await ann.make_room(password="secret" if request.param == "private" else None)
    await ann.say(room, "among us")
    return {**room, "ann": ann}


@pytest.mark.parametrize("relation", ["stranger", "removed", "elsewhere"])
async def test_an_outsider_is_refused_on_every_route(people: People, room: Room, relation: str):
    outsider = await make_outsider(people, room, relation)
    for name, act in REST.items():
        answer = await act(outsider, room)
        assert (answer.status, answer.code) == (403, "not_a_member"), name
        assert "among us" not in answer.text
    detail = await outsider.get(f"/api/rooms/{room['id']}")
    assert detail.status == (403 if room["is_private"] else 200)
    assert [message["content"] for message in await room["ann"].history(room)] == ["among us"]


@pytest.mark.parametrize("relation", ["stranger", "removed", "elsewhere"])
async def test_an_outsider_is_refused_on_every_event(people: People, room: Room, relation: str):
    outsider = await make_outsider(people, room, relation)
    ear, inside = await outsider.connect(), await room["ann"].connect()
    for event, more in EVENTS.items():
        ack = await ear.call(event, {"room_id": room["id"], **more})
        assert (ack["ok"], ack["error"]["code"]) == (False, "not_a_member"), event
    synced = await ear.call("sync", {"rooms": {str(room["id"]): 0}})
    assert synced["rooms"] == {}
    await room["ann"].say(room, "still among us")
    await inside.hears("new_message", room_id=room["id"])
    assert inside.all("typing_update") == []
    assert [message["content"] for message in await room["ann"].history(room)] == ["among us", "still among us"]


@pytest.mark.parametrize("relation", ["stranger", "removed while connected", "elsewhere"])
async def test_an_outsider_hears_nothing_of_a_room(people: People, room: Room, relation: str):
    ann: Person = room["ann"]
    outsider = await make_outsider(people, room, relation.partition(" ")[0])
    outside, inside = await outsider.connect(), await ann.connect()
    if relation.endswith("connected"):
        await outsider.join(room, "secret")
        await outsider.leave(room["id"])
        await outside.hears("room_left", room_id=room["id"])
        outside.forget()
    bob = await people.one("bob")
    await bob.join(room, "secret")
    of_bob = await bob.connect()
    await of_bob.emit("typing_start", {"room_id": room["id"]})
    await inside.hears("typing_update", typing_users=[bob.name])
    await bob.say(room, "between you and me")
    await bob.leave(room["id"])
    await inside.hears("user_left", user_id=bob.id)
    await inside.hears("online_users_update", room_id=room["id"], where=_only(ann))
    assert await heard_of(outside, room) == set()


async def heard_of(ear: Ear, room: Room) -> set[str]:
    """Names of the events about a room's life; its row, which is for everybody, is none."""
    await ear.catch_up()
    return {name for name, payload in ear.heard if isinstance(payload, dict) and payload.get("room_id") == room["id"]}


def _only(person: Person) -> Callable[[Any], bool]:
    return lambda update: [user["id"] for user in update["online_users"]] == [person.id]
