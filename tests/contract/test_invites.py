"""Links into a room: who may make and end them, who comes in by them, and what ends them."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.people import People, Person
from tests.server import LanChat

Room = dict[str, Any]
PAST = "2020-01-01T00:00:00.000000Z"


async def invite(member: Person, room: Room, **draft: int) -> str:
    """The code of the member's link."""
    answer = (await member.post(f"/api/rooms/{room['id']}/invites", draft)).expect(200)
    assert answer["room_id"] == room["id"]
    page, _, code = answer["path"].partition("#")
    assert page == "/join"
    return code


async def redeem(person: Person, code: str) -> Room:
    return (await person.post("/api/invites/redeem", {"code": code})).expect(200)


async def refusal(person: Person, code: str) -> tuple[int, str]:
    """Why a code lets nobody in: said alike before and after logging in."""
    read = await person.post("/api/invites/read", {"code": code}, headers={"Authorization": ""})
    taken = await person.post("/api/invites/redeem", {"code": code})
    assert (read.status, read.code) == (taken.status, taken.code)
    return taken.status, taken.code


@pytest.fixture
async def ann(people: People) -> Person:
    return await people.one("ann")


@pytest.fixture
async def secret(ann: Person) -> Room:
    return await ann.make_room(password="sesame")


async def test_a_link_leads_into_a_private_room_without_its_password(people: People, ann: Person, secret: Room):
    await ann.say(secret, "said before bob came")
    code = await invite(ann, secret)
    bob, inside = await people.one("bob"), await ann.connect()

    said = (await bob.post("/api/invites/read", {"code": code}, headers={"Authorization": ""})).expect(200)
    assert (said["room_name"], said["inviter_name"], said["is_private"]) == (secret["name"], ann.name, True)
    room = await redeem(bob, code)

    assert (room["id"], room["role"], room["member_count"]) == (secret["id"], "member", 2)
    assert [message["content"] for message in await bob.history(secret)] == ["said before bob came"]
    assert (await inside.hears("user_joined", room_id=secret["id"]))["username"] == bob.name


async def test_a_guest_comes_in_with_a_name_only(ann: Person, secret: Room, people: People):
    guest = people.newcomer("gil")
    body = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)
    guest.token = body["access_token"]
    await redeem(guest, await invite(ann, secret))
    assert await guest.history(secret) == []


async def test_who_is_in_already_comes_in_again_and_nobody_is_told(people: People, ann: Person, secret: Room):
    bob, inside = await people.one("bob"), await ann.connect()
    code = await invite(ann, secret)
    for _ in range(2):
        assert (await redeem(bob, code))["role"] == "member"
    assert (await redeem(ann, code))["role"] == "owner"
    await inside.catch_up()
    assert len(inside.all("user_joined", room_id=secret["id"])) == 1
    (link,) = (await ann.get(f"/api/rooms/{secret['id']}/invites")).expect(200)["invites"]
    assert (link["inviter_id"], link["inviter_name"], link["uses"]) == (ann.id, ann.name, 1)


async def test_a_member_gets_the_same_link_until_it_ends(people: People, ann: Person, secret: Room):
    bob = await people.one("bob")
    code = await invite(ann, secret)
    assert await invite(ann, secret, days=30) == code
    assert await redeem(bob, code)
    assert await invite(bob, secret) != code

    (await ann.delete(f"/api/rooms/{secret['id']}/invites/{ann.id}")).expect(200)

    assert await refusal(ann, code) == (410, "invite_revoked")
    assert await invite(ann, secret) != code


async def leave_and_return(ann: Person, room: Room) -> None:
    await ann.leave(room["id"])
    await ann.join(room, "sesame")


WHAT_ENDS_IT: dict[str, Callable[[Person, Room], Awaitable[object]]] = {
    "another password": lambda ann, room: ann.put(f"/api/rooms/{room['id']}", {"password": "open wide"}),
    "the inviter left": leave_and_return,
    "the room is gone": lambda ann, room: ann.delete(f"/api/rooms/{room['id']}"),
}


@pytest.mark.parametrize("cause", WHAT_ENDS_IT)
async def test_what_a_link_depends_on_ends_it(people: People, ann: Person, secret: Room, cause: str):
    bob = await people.one("bob")
    code = await invite(ann, secret)
    await WHAT_ENDS_IT[cause](ann, secret)
    assert await refusal(bob, code) == (410, "invite_revoked")


async def test_a_link_outlives_that_its_room_opens_to_everybody_but_not_the_next_password(
    people: People, ann: Person, secret: Room
):
    bob, carol = await people("bob", "carol")
    code = await invite(ann, secret)
    (await ann.put(f"/api/rooms/{secret['id']}", {"is_private": False})).expect(200)
    await redeem(bob, code)
    (await ann.put(f"/api/rooms/{secret['id']}", {"is_private": True, "password": "sesame"})).expect(200)
    assert await refusal(carol, code) == (410, "invite_revoked")


async def test_a_link_ends_by_itself(server: LanChat, people: People, ann: Person, secret: Room):
    bob = await people.one("bob")
    code = await invite(ann, secret, days=1)
    database = sqlite3.connect(server.database, timeout=10)
    with database:
        database.execute("UPDATE invite SET expires_at = ? WHERE room_id = ?", (PAST, secret["id"]))
    database.close()
    assert await refusal(bob, code) == (410, "invite_expired")
    assert (await ann.get(f"/api/rooms/{secret['id']}/invites")).expect(200)["invites"] == []
    assert await invite(ann, secret) != code


@pytest.mark.parametrize("code", ["x", "A" * 16, "ä#?/", "A" * 64])
async def test_a_code_that_was_never_given_out_lets_nobody_in(people: People, code: str):
    assert await refusal(await people.one("bob"), code) == (410, "invite_revoked")


async def test_whoever_tries_codes_is_stopped(people: People, ann: Person, secret: Room):
    bob = await people.one("bob")
    for _ in range(15):
        assert await refusal(bob, "guess") == (410, "invite_revoked")
    assert await refusal(bob, await invite(ann, secret)) == (429, "too_many")


@pytest.mark.parametrize("relation", ["stranger", "removed", "elsewhere"])
async def test_an_outsider_neither_makes_nor_sees_nor_ends_links(
    people: People, ann: Person, secret: Room, relation: str
):
    code = await invite(ann, secret)
    eve = await people.one(relation)
    if relation == "removed":
        await eve.join(secret, "sesame")
        await eve.leave(secret["id"])
    if relation == "elsewhere":
        await eve.make_room()
    path = f"/api/rooms/{secret['id']}/invites"
    for answer in (
        await eve.post(path, {}),
        await eve.get(path),
        await eve.delete(f"{path}/{eve.id}"),
        await eve.delete(f"{path}/{ann.id}"),
    ):
        assert (answer.status, answer.code) == (403, "not_a_member")
    nobody = people.newcomer()
    assert (await nobody.post(path, {})).status == 401
    assert (await nobody.post("/api/invites/redeem", {"code": code})).status == 401
    assert (await redeem(await people.one("bob"), code))["id"] == secret["id"]


async def test_only_those_who_manage_a_room_see_and_end_the_links_of_others(people: People, ann: Person, secret: Room):
    bob, carol = await people("bob", "carol")
    code = await invite(ann, secret)
    for person in (bob, carol):
        await redeem(person, code)
    of_bob = await invite(bob, secret)
    path = f"/api/rooms/{secret['id']}/invites"

    async def seen_by(person: Person) -> list[str]:
        return [link["inviter_name"] for link in (await person.get(path)).expect(200)["invites"]]

    assert await seen_by(ann) == sorted([ann.name, bob.name])
    assert await seen_by(bob) == [bob.name]
    assert await seen_by(carol) == []
    refused = await carol.delete(f"{path}/{bob.id}")
    assert (refused.status, refused.code) == (403, "forbidden")
    (await ann.delete(f"{path}/{bob.id}")).expect(200)
    assert await refusal(carol, of_bob) == (410, "invite_revoked")
    assert await seen_by(ann) == [ann.name]


@pytest.mark.parametrize("days", [0, 31, "7", None])
async def test_a_link_holds_for_a_day_to_a_month(ann: Person, secret: Room, days: object):
    answer = await ann.post(f"/api/rooms/{secret['id']}/invites", {"days": days})
    assert (answer.status, answer.code) == (400, "invalid_input")


async def test_neither_database_nor_log_tells_the_code(server: LanChat, people: People, ann: Person, secret: Room):
    code = await invite(ann, secret)
    await redeem(await people.one("bob"), code)
    assert code not in server.log
    for path in server.data_dir.glob("lanchat.db*"):
        assert code.encode() not in path.read_bytes()
