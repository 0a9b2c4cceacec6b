"""The data folder of the version before rooms were kept in order: nothing of it is lost, and it is used as before.

`expected.json` is that version's own answer to `told`. Today's may tell more than that, and not less.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from lanchat.core.storage.migrator import backup_path, steps
from tests.files import fetch
from tests.old_data import backup_of, expected, known, lay_out
from tests.people import Payload, Person
from tests.reliability.backups import lanchat
from tests.reliability.old_host import lasting, log_in_by, member_list, whole_timeline
from tests.reliability.test_upgrade import missing, version_of
from tests.server import LanChat

FOLDER, VERSION = "data_folder_0007", 7
KNOWN = known(FOLDER)
ROOMS, FILES = KNOWN["rooms"], KNOWN["files"]


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[LanChat]:
    lay_out(FOLDER, tmp_path / "data")
    with LanChat(tmp_path / "data", "--limits", "off").start() as server:
        yield server
        server.end_well()


@asynccontextmanager
async def old_people(url: str, *, by_password: bool = False) -> AsyncIterator[dict[str, Person]]:
    """Each by the token from before; after a restore by a password."""
    people: dict[str, Person] = {}
    try:
        for number, (name, of_them) in enumerate(KNOWN["people"].items()):
            if by_password and of_them["password"] is None:
                continue
            person = people[name] = Person(url, name, f"127.0.0.{61 + number}")
            person.id, person.token = of_them["id"], "" if by_password else of_them["token"]
            if by_password:
                person.token = await log_in_by(person, of_them["password"])
        yield people
    finally:
        for person in people.values():
            await person.close()


async def told(people: dict[str, Person]) -> dict[str, Any]:
    return {name: await told_to(person) for name, person in people.items()}


async def told_to(person: Person) -> dict[str, Any]:
    rooms = (await person.get("/api/rooms/")).expect(200)
    mine = {str(room["id"]): room for room in rooms["user_rooms"]}
    overview = (await person.get("/api/messages/overview")).expect(200)["rooms"]
    return {
        "me": lasting((await person.get("/api/auth/me")).expect(200)),
        "rooms": lasting(mine),
        "others": sorted(room["id"] for room in rooms["available_rooms"]),
        "unread": {str(row["room_id"]): {"unread_count": row["unread_count"]} for row in overview},
        "messages": {room_id: await whole_timeline(person, int(room_id)) for room_id in mine},
        "members": {room_id: await member_list(person, int(room_id)) for room_id in mine},
        "files": {label: await told_of_file(person, path) for label, path in FILES.items()},
    }


async def told_of_file(person: Person, path: str) -> list[Any]:
    fetched = await fetch(person, path)
    return [fetched.status, hashlib.sha256(fetched.content).hexdigest() if fetched.status == 200 else None]


def without_lines(messages: dict[str, list[Payload]]) -> dict[str, list[Payload]]:
    return {room: [each for each in said if each["message_type"] != "system"] for room, said in messages.items()}


async def test_everybody_finds_everything_as_it_was(upgraded: LanChat) -> None:
    assert version_of(upgraded.database) == len(steps())
    assert version_of(backup_path(upgraded.database, VERSION)) == VERSION
    async with old_people(upgraded.url) as people:
        assert list(missing(expected(FOLDER), await told(people))) == []


def test_what_is_expected_is_of_every_kind() -> None:
    """Else nothing would be missed."""
    wanted = expected(FOLDER)
    messages = [each for of in wanted.values() for said in of["messages"].values() for each in said]
    assert {each["message_type"] for each in messages} >= {"text", "file", "image"}
    for mark in ("is_deleted", "edited_at", "reply_to_id", "client_id", "attachment"):
        assert any(each[mark] for each in messages), mark
    roles = {each["role"] for of in wanted.values() for members in of["members"].values() for each in members}
    assert roles == {"owner", "moderator", "member"}
    assert {status for of in wanted.values() for status, _ in of["files"].values()} == {200, 404}
    assert any(row["unread_count"] for of in wanted.values() for row in of["unread"].values())


async def test_the_chat_goes_on_with_all_that_came_since(upgraded: LanChat) -> None:
    async with old_people(upgraded.url) as people:
        anna, bob, li, carl, visitor = people.values()
        workshop = {"id": ROOMS["workshop"]}
        newest = (await bob.timeline(workshop))[-1]
        ear = await bob.connect()
        assert (await visitor.post(f"/api/messages/{workshop['id']}", {"content": "hm"})).code == "muted"
        (await li.patch(f"/api/rooms/{workshop['id']}/members/{visitor.id}", {"muted_until": None})).expect(200)
        said = await visitor.say(workshop, "at last", reply_to_id=newest["id"])
        assert (await ear.hears("new_message", id=said["id"]))["seq"] == newest["seq"] + 1
        (await anna.put(f"/api/messages/{workshop['id']}/{said['id']}/reactions/👍", {})).expect(200)
        (await bob.put(f"/api/messages/{workshop['id']}/{newest['id']}/pin", {})).expect(200)
        (await bob.put(f"/api/rooms/{workshop['id']}", {"slow_mode": 5})).expect(200)
        again = await anna.post(f"/api/messages/{ROOMS['lobby']}", {"content": "no", "client_id": "same-id"})
        assert again.expect(200)["content"] == "Good morning 大家好"
        room = (await carl.post("/api/invites/redeem", {"code": KNOWN["invite"]})).expect(200)
        assert room["id"] == ROOMS["staff"]
        await carl.say(room, "here it is", file_path=FILES["unsent"], message_type="file")
        assert (await fetch(li, FILES["unsent"])).content == b"not sent yet"


async def test_a_backup_of_that_version_is_restored(tmp_path: Path) -> None:
    folder = tmp_path / "restored"
    await asyncio.to_thread(lanchat, "restore", backup_of(FOLDER), "--data-dir", folder)
    assert version_of(folder / "lanchat.db") == len(steps())
    with await asyncio.to_thread(LanChat(folder, "--limits", "off").start) as server:
        async with old_people(server.url, by_password=True) as people:
            wanted = {name: of for name, of in expected(FOLDER).items() if name in people}
            assert list(missing(wanted, await told(people))) == []
        server.end_well()
