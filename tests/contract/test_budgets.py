"""Limits hold where users cost nothing: guests of one address share what an address may do."""

import asyncio
import contextlib
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import socketio

from lanchat.core.delivery.sockets.load import BREATH, MAX_REFUSED, REST
from tests.people import PASSWORD, People, Person, Reply, people_at
from tests.server import LanChat

RATES = """
[rates]
requests = 20
events = 20
logins = 3
new_rooms = 3
room_passwords = 4
room_passwords_of_address = 6
room_passwords_of_room = 9
guest_messages_of_room = 12
all_guest_messages_of_room = 30
"""


@pytest.fixture
def server_of(tmp_path: Path) -> Iterator[LanChat]:
    """A host whose limits are soon reached."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "lanchat.toml").write_text(RATES)
    with LanChat(data).start() as running:
        yield running
        running.end_well()


@pytest.fixture
async def people(server_of: LanChat) -> AsyncIterator[People]:
    async with people_at(server_of.url) as people:
        yield people


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


async def test_nobody_is_locked_out_by_what_others_guess(people: People):
    ann = await people.one("ann")
    room = await ann.make_room(password="1234")

    async def guess(who: Person) -> Reply:
        return await who.post(f"/api/rooms/{room['id']}/join", {"password": "0000"})

    guessers = [await guest(people, f"127.202.0.{number}") for number in range(1, 6)]
    for each in guessers[:3]:
        assert [(await guess(each)).status for _ in range(3)] == [403] * 3  # so many of this room in a minute
    late = guessers[3]
    assert (await guess(late)).status == 403
    refused = await guess(late)
    assert (refused.status, refused.code) == (429, "too_many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 5
    neighbour = await guest(people, late.address)
    assert (await guess(neighbour)).status == 429
    await guessers[4].join(room, "1234")


async def test_whoever_has_been_here_longer_answers_for_themselves_alone(people: People, server_of: LanChat):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="1234")
    with sqlite3.connect(server_of.database) as database:
        database.execute("UPDATE account SET created_at = '2020-01-01' WHERE id = ?", (bob.id,))
    for _ in range(2):
        each = await guest(people, bob.address)
        for _ in range(3):
            assert (await each.post(f"/api/rooms/{room['id']}/join", {"password": "0000"})).status == 403
    assert (
        await (await guest(people, bob.address)).post(f"/api/rooms/{room['id']}/join", {"password": "x"})
    ).status == 429
    await bob.join(room, "1234")


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


async def test_guests_who_say_much_leave_room_for_those_who_say_little(people: People):
    ann = await people.one("ann")
    lobby = await ann.lobby()
    loud = [await guest(people, f"127.203.0.{number}") for number in range(1, 3)]
    said = list[int]()
    for _ in range(8):
        for each in loud:
            said.append((await each.post(f"/api/messages/{lobby['id']}", {"content": "!"})).status)
    assert said == [201] * 12 + [429] * 4
    quiet = await guest(people, "127.203.0.9")
    await quiet.say(lobby, "hello")
    for _ in range(10):
        await ann.say(lobby, "an account answers for itself")


async def test_all_guests_together_say_so_much_in_a_room(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    statuses = list[int]()
    for number in range(1, 9):
        each = await guest(people, f"127.204.0.{number}")
        await each.join(room)
        for _ in range(4):
            statuses.append((await each.post(f"/api/messages/{room['id']}", {"content": "!"})).status)
    assert statuses == [201] * 30 + [429] * 2


async def flood(person: Person) -> float:
    """Until the socket is closed; returns how long that took, in seconds."""
    begun = time.monotonic()
    async with person.http.ws_connect(f"{person.url}/socket.io/?EIO=4&transport=websocket") as socket:
        await socket.receive_str()
        await socket.send_str("40" + json.dumps({"token": person.token}))
        sending = asyncio.create_task(_send_nonsense(socket))
        async for _ in socket:
            pass
        sending.cancel()
    return time.monotonic() - begun


async def _send_nonsense(socket: aiohttp.ClientWebSocketResponse) -> None:
    with contextlib.suppress(ConnectionError):
        for _ in range(4 * MAX_REFUSED):
            await socket.send_str('42["nope",{}]')


async def test_whoever_sends_nonsense_is_read_slowly_then_shown_out_and_not_let_in_at_once(people: People):
    mallory, ann = await people("mallory", "ann")
    for _ in range(2):
        assert await flood(mallory) > (MAX_REFUSED / BREATH - 1) * REST * 0.9
    with pytest.raises(socketio.exceptions.ConnectionError):
        await mallory.connect()
    assert (await mallory.get("/api/auth/me")).status == 200
    await ann.connect()
