"""The contract's section on room events: join_room, leave_room, room_joined, user_joined, user_left, and ours."""

import pytest

from tests.contract.test_types import check_user
from tests.people import Payload, People, Person


def who(person: Person, room: Payload) -> Payload:
    """Whoever came or went."""
    return {"user_id": person.id, "username": person.name, "display_name": None, "room_id": room["id"]}


async def test_joining_by_socket_makes_a_member_and_says_who_is_there(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    of_ann, of_bob = await ann.connect(), await bob.connect()

    ack = await of_bob.call("join_room", {"room_id": room["id"]})

    assert ack["ok"] is True
    assert (ack["room"]["id"], ack["room"]["role"]) == (room["id"], "member")
    joined = await of_bob.hears("room_joined")
    assert set(joined) == {"room_id", "room_name", "member_count", "online_members"}
    assert (joined["room_id"], joined["room_name"], joined["member_count"]) == (room["id"], room["name"], 2)
    assert [user["username"] for user in joined["online_members"]] == [ann.name, bob.name]
    for user in joined["online_members"]:
        check_user(user)
        assert user["is_online"] is True
    assert await of_ann.hears("user_joined") == who(bob, room)
    rooms = (await bob.get("/api/rooms/")).expect(200)["user_rooms"]
    assert room["id"] in {each["id"] for each in rooms}


async def test_entering_again_answers_room_joined_and_tells_nobody(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await bob.join(room)
    await of_ann.hears("user_joined", room_id=room["id"])

    await of_bob.emit("join_room", {"room_id": room["id"]})
    await of_bob.hears("room_joined")
    await bob.join(room)

    await of_ann.catch_up()
    assert len(of_ann.all("user_joined", room_id=room["id"])) == 1


@pytest.mark.parametrize("by", ["rest", "socket"])
async def test_leaving_tells_the_room_once_and_silences_it_for_the_leaver(people: People, by: str):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    of_ann, of_bob, tab = await ann.connect(), await bob.connect(), await bob.connect()

    if by == "rest":
        await bob.leave(room["id"])
    else:
        assert await of_bob.call("leave_room", {"room_id": room["id"]}) == {"ok": True}

    assert await of_ann.hears("user_left") == who(bob, room)
    assert (await tab.hears("room_left"))["room_id"] == room["id"]
    await ann.say(room, "they are gone")
    await of_ann.hears("new_message", room_id=room["id"])
    for ear in (of_bob, tab):
        await ear.catch_up()
        assert ear.all("new_message", room_id=room["id"]) == []
    await bob.leave(room["id"])
    await of_ann.catch_up()
    assert len(of_ann.all("user_left", room_id=room["id"])) == 1


async def test_a_private_room_wants_its_password_by_socket_too(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    ear = await bob.connect()
    for wrong in ({}, {"password": "wrong"}, {"password": None}):
        ack = await ear.call("join_room", {"room_id": room["id"], **wrong})
        assert (ack["ok"], ack["error"]["code"]) == (False, "wrong_room_password")
    await ear.emit("join_room", {"room_id": room["id"], "password": "wrong again"})
    assert (await ear.hears_refusal("wrong_room_password"))["event"] == "join_room"
    assert (await ear.call("join_room", {"room_id": room["id"], "password": "secret"}))["ok"]


async def test_joining_in_one_tab_opens_the_room_in_all_others(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    tab, other_tab = await bob.connect(), await bob.connect()
    await tab.call("join_room", {"room_id": room["id"]})
    added = (await other_tab.hears("membership_added"))["room"]
    assert (added["id"], added["role"]) == (room["id"], "member")
    await ann.say(room, "to all tabs")
    for ear in (tab, other_tab):
        assert (await ear.hears("new_message"))["content"] == "to all tabs"


async def test_everybody_sees_rooms_come_change_and_go(people: People):
    ann, bob = await people("ann", "bob")
    ear = await bob.connect()
    room = await ann.make_room(password="secret")
    created = await ear.hears("room_created", id=room["id"])
    assert "role" not in created
    assert "secret" not in str(created)
    (await ann.put(f"/api/rooms/{room['id']}", {"description": "changed"})).expect(200)
    assert (await ear.hears("room_updated", id=room["id"]))["description"] == "changed"
    (await ann.delete(f"/api/rooms/{room['id']}")).expect(200)
    assert await ear.hears("room_deleted") == {"room_id": room["id"], "name": room["name"]}


async def test_a_deleted_room_is_heard_no_more(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear = await bob.connect()
    (await ann.delete(f"/api/rooms/{room['id']}")).expect(200)
    await ear.hears("room_deleted")
    for event in ("typing_start", "leave_room", "join_room"):
        assert (await ear.call(event, {"room_id": room["id"]}))["ok"] is False
    refused = await ear.call("send_message", {"room_id": room["id"], "content": "anybody?"})
    assert refused["error"]["code"] == "room_not_found"
