"""Limits hold where users cost nothing: guests of one address share what an address may do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.people import PASSWORD, People, Person, people_at
from tests.server import LanChat

RATES = """
[rates]
requests = 20
events = 20
logins = 3
new_rooms = 3
room_passwords = 4
room_passwords_of_address = 6
"""


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[People]:
    """On a host whose limits are soon reached."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "lanchat.toml").write_text(RATES)
    with LanChat(data).start() as running:
        async with people_at(running.url) as people:
            yield people
        running.end_well()


async def guest(people: People, address: str) -> Person:
    """Somebody new at an address that others may share."""
    found = people.newcomer("guest")
    await found.http.close()
    shared = Person(people.url, found.name, address)
    people.all.append(shared)
    body = (await shared.post("/api/auth/guest", {"username": shared.name})).expect(201)
    shared.id, shared.token = body["id"], body["access_token"]
    return shared


async def test_guests_of_one_address_guess_a_room_s_password_no_more_often_than_one(people: People):
    ann = await people.one("ann")
    room = await ann.make_room(password="1234")
    statuses: list[int] = []
    for _ in range(3):
        each = await guest(people, "127.201.0.1")
        for number in range(3):
            answer = await each.post(f"/api/rooms/{room['id']}/join", {"password": f"000{number}"})
            statuses.append(answer.status)
    assert statuses == [403] * 6 + [429] * 3
    elsewhere = await guest(people, "127.201.0.2")
    await elsewhere.join(room, "1234")


async def test_a_user_makes_so_many_rooms_and_no_more(people: People):
    ann, bob = await people("ann", "bob")
    for _ in range(3):
        await ann.make_room()
    answer = await ann.post("/api/rooms/", {"name": "one more", "is_private": False})
    assert (answer.status, answer.code) == (429, "too_many")
    await bob.make_room()


async def test_right_passwords_are_counted_too(people: People):
    ann, bob = await people("ann", "bob")
    for _ in range(3):
        await ann.log_in()
    refused = await ann.post("/api/auth/login", data={"username": ann.name, "password": PASSWORD})
    assert (refused.status, refused.code) == (429, "too_many")
    await bob.log_in()


async def test_any_request_of_a_user_counts(people: People):
    ann, bob = await people("ann", "bob")
    assert [(await ann.get("/api/auth/me")).status for _ in range(21)] == [200] * 20 + [429]
    assert (await ann.get("/files/x")).status == 429
    assert (await bob.get("/api/auth/me")).status == 200


async def test_any_event_but_a_message_counts(people: People):
    ann = await people.one("ann")
    ear = await ann.connect()
    lobby = await ann.lobby()
    codes = [(await ear.call("leave_room", {"room_id": 999_999}))["error"]["code"] for _ in range(21)]
    assert codes == ["room_not_found"] * 20 + ["too_many"]
    assert (await ear.call("send_message", {"room_id": lobby["id"], "content": "still here"}))["ok"]
