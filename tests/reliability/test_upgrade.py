"""The data folder of an older version under today's server: nothing of it is lost, and it is used as before.

What must still be true is in `expected.json`, the older server's own answers to `told` and `tried` (old_host.py).
Today's may tell more than that, and not less.
"""

import asyncio
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lanchat.core.storage.migrator import Step, backup_path, migrate, steps
from tests.files import fetch, upload
from tests.old_data import backup_of, expected, lay_out
from tests.people import PATIENCE, Ear, Person
from tests.reliability.backups import lanchat
from tests.reliability.old_host import (
    FILES,
    FOLDER,
    KNOWN,
    PEOPLE,
    ROOMS,
    asked,
    live_tokens,
    log_in,
    old_people,
    running,
    stranger,
    told_of_room,
    told_to,
)
from tests.server import LanChat

VERSION = 2
FURTHEST = {"delivered", "seen"}
MODERATOR = "moderator"  # what that role in a room is called today
# What is told otherwise since, and why: by its place.
TODAY = {
    "/svg/headers/Content-Type": "application/octet-stream",  # nothing that is sent is a script of a page
    "/svg/thumbnail[1]": "application/octet-stream",
    "/carl/password of carl": 403,  # whose account is disabled is told so, knowing the password
    "/carl/password of CARL": 403,
}
OF_NOBODY = 1  # messages of a room at most that the host wrote, which are unread to nobody any more


@pytest.fixture
def old_folder(tmp_path: Path) -> Path:
    lay_out(FOLDER, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def upgraded(old_folder: Path) -> Iterator[LanChat]:
    with running(old_folder) as server:
        yield server
        server.end_well()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What today's server says, in the form of `expected.json`."""
    return asked(tmp_path_factory.mktemp("upgrade"))


def missing(wanted: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where what was found lacks something of what is wanted; what it has beside that doesn't matter."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name, value in wanted.items():
            if name in FURTHEST and name in found:
                yield from missing(of_no_equals(value), of_no_equals(found[name]), f"{place}/{name}")
            elif name not in found:
                yield f"{place}/{name} is gone"
            elif name == "readers" and all(isinstance(ids, list) for ids in value):
                # Of messages: who came later counts as one no more.
                today = [[one for one in ids if one in now] for ids, now in zip(value, found[name], strict=True)]
                yield from missing(today, found[name], f"{place}/{name}")
            elif name == "unread_count" and value - OF_NOBODY <= found[name] <= value:
                continue
            else:
                today = MODERATOR if (name, value) == ("role", "admin") else value
                yield from missing(today, found[name], f"{place}/{name}")
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for number, pair in enumerate(zip(wanted, found, strict=True)):
            yield from missing(*pair, f"{place}[{number}]")
    elif wanted != found and TODAY.get(place) != found:
        yield f"{place}: {wanted!r:.300} became {found!r:.300}"


def of_no_equals(furthest: list[dict[str, int]]) -> list[dict[str, int]]:
    """How far the two furthest are, and who they are unless another may be as far: which one is told isn't promised."""
    seqs = [{"seq": reached["seq"]} for reached in furthest]
    if len(furthest) == 1 or (furthest and seqs[0] != seqs[1]):
        seqs[0] = furthest[0]
    return seqs


@pytest.mark.parametrize("section", ["host", "people", "sessions", "rooms", "files"])
def test_everybody_is_told_what_they_were_told_before(answers: dict[str, Any], section: str) -> None:
    assert list(missing(expected(FOLDER)["told"][section], answers["told"][section])) == []


@pytest.mark.parametrize("section", ["log_in", "invitations", "listed", "device_codes", "room_passwords"])
def test_what_let_somebody_in_still_does_and_nothing_else(answers: dict[str, Any], section: str) -> None:
    assert list(missing(expected(FOLDER)["tried"][section], answers["tried"][section])) == []


def test_what_is_expected_is_of_every_kind() -> None:
    """Else nothing would be missed."""
    wanted = expected(FOLDER)["told"]
    messages = [message for room in wanted["rooms"].values() for message in room["messages"]]
    assert {message["message_type"] for message in messages} == {"text", "file", "image", "system"}
    for mark in ("is_deleted", "edited_at", "reply_to_id", "client_id", "attachment"):
        assert any(message[mark] for message in messages), mark
    roles = {member["role"] for room in wanted["rooms"].values() for member in room["members"]}
    assert roles == {"owner", "admin", "member"}
    unread = {row["unread_count"] for person in wanted["people"].values() for row in person["overview"]}
    assert {0, 100} < unread
    assert {session["status"] for sessions in wanted["sessions"].values() for session in sessions} == {200, 401}


def test_the_database_is_sound_and_the_one_before_is_kept(old_folder: Path) -> None:
    remembered = [old_folder / "favourites.json", old_folder / "desktop.json"]  # by the window
    before_that = [path.read_bytes() for path in remembered]
    with running(old_folder) as server:
        server.end_well()
    assert [path.read_bytes() for path in remembered] == before_that
    assert not list(old_folder.rglob("*.damaged"))
    now = version_of(server.database)
    assert now >= VERSION
    before = [version_of(path) for path in old_folder.glob("lanchat-before-[0-9]*.db")]
    assert before == ([VERSION] if now > VERSION else [])


def version_of(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_an_upgrade_that_fails_leaves_the_data_to_the_older_version(old_folder: Path) -> None:
    """Whatever its steps had done by then; and beside it lies a copy, which works as well."""

    def fail(database: object) -> None:
        raise RuntimeError("no further")

    path = old_folder / "lanchat.db"
    before = dump(path)
    with pytest.raises(RuntimeError):
        migrate(path, [*steps(), Step(len(steps()) + 1, "fails", fail)])
    assert (version_of(path), dump(path)) == (VERSION, before)
    assert dump(backup_path(path, VERSION)) == before
    with running(old_folder) as server:  # and the next try finds everything as it must be
        server.end_well()
    assert version_of(path) == len(steps())


def dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


async def test_the_chat_goes_on_where_it_was(upgraded: LanChat) -> None:
    async with old_people(upgraded.url) as people:
        anna, bob, li, visitor = (people[name] for name in ("Anna", "bob", "李小明", "Visitor"))
        lobby = await anna.lobby()
        hears = await anna.connect()
        before = await unread(bob, lobby["id"])
        assert before in {of_bob := await unread_before(bob, lobby["id"]), of_bob - OF_NOBODY}
        said = await visitor.say(lobby, "still here")
        assert said["seq"] == lobby["last_seq"] + 1
        assert (await hears.hears("new_message", id=said["id"]))["username"] == "Visitor"
        # A retry of what was sent before the upgrade is no second message.
        again = await li.post(f"/api/messages/{lobby['id']}", {"content": "never said", "client_id": "same-id"})
        assert again.expect(200)["content"].startswith("大家好")
        assert await unread(bob, lobby["id"]) == before + 1
        await mark_read(await bob.connect(), lobby["id"], said["seq"])
        assert await unread(bob, lobby["id"]) == 0
        assert (await anna.make_room("first of today"))["id"] > max(ROOMS.values())


async def unread(person: Person, room_id: int) -> int:
    rows = (await person.get("/api/messages/overview")).expect(200)["rooms"]
    return next(row["unread_count"] for row in rows if row["room_id"] == room_id)


async def unread_before(person: Person, room_id: int) -> int:
    rows = expected(FOLDER)["told"]["people"][person.name]["overview"]
    return next(row["unread_count"] for row in rows if row["room_id"] == room_id)


async def mark_read(ear: Ear, room_id: int, seq: int) -> None:
    assert (await ear.call("mark_read", {"room_id": room_id, "seq": seq}))["last_read_seq"] == seq


async def test_roles_and_mutes_mean_what_they_did(upgraded: LanChat) -> None:
    async with old_people(upgraded.url) as people:
        staff, attic = f"/api/rooms/{ROOMS['staff']}", f"/api/rooms/{ROOMS['attic']}"
        change = {"description": "changed since"}
        assert (await people["李小明"].put(staff, change)).expect(200)["role"] == MODERATOR
        assert (await people["李小明"].delete(staff)).status == 403
        assert (await people["Chloé"].put(staff, change)).status == 403
        assert (await people["bob"].put(staff, change)).expect(200)["role"] == "owner"
        assert (await people["bob"].put(attic, change)).expect(200)["role"] == MODERATOR
        dora, erik = people["dora_2"], people["erik"]
        muted = await dora.post(f"/api/messages/{ROOMS['attic']}", {"content": "let me speak"})
        assert (muted.status, muted.code) == (403, "muted")
        await erik.say({"id": ROOMS["attic"]}, "I may speak again")
        assert (await people["Anna"].delete(f"/api/rooms/{ROOMS['carls']}")).status == 200  # an administrator


async def test_who_was_invited_comes_in_and_who_was_a_guest_comes_back(upgraded: LanChat) -> None:
    async with old_people(upgraded.url) as people, stranger(upgraded.url) as newcomer:
        anna, hosted, bob = people["Anna"], people["hosted"], people["bob"]
        code = KNOWN["invites"]["open, used once"]["code"]
        assert (await hosted.post("/api/invites/redeem", {"code": code})).expect(200)["id"] == ROOMS["staff"]
        invites = (await bob.get(f"/api/rooms/{ROOMS['staff']}/invites")).expect(200)["invites"]
        assert next(each["uses"] for each in invites if each["inviter_id"] == bob.id) == 2

        guest = {"username": "小客人"}
        assert (await newcomer.post("/api/auth/guest", guest)).code == "guests_not_allowed"
        (await anna.put("/api/admin/host", {"guests_allowed": True, "registration_open": True})).expect(200)
        (await newcomer.post("/api/auth/guest", guest)).expect(201)  # whose first bearer won't come back
        assert (await newcomer.post("/api/auth/guest", {"username": "visitor"})).code == "username_taken"
        form = {"password": "no guest now", "password2": "no guest now", "email": "gina@school.example"}
        assert (await people["Visitor"].post("/api/auth/upgrade", form)).code == "email_taken"
        own = (await people["Visitor"].post("/api/auth/upgrade", {**form, "email": ""})).expect(200)
        assert (own["id"], own["is_guest"]) == (PEOPLE["Visitor"]["id"], False)


async def test_what_was_uploaded_can_still_be_sent(upgraded: LanChat) -> None:
    async with old_people(upgraded.url) as people:
        chloe, anna = people["Chloé"], people["Anna"]
        lobby = await chloe.lobby()
        path = FILES["unsent picture"]
        assert (await fetch(anna, path)).status == 404
        sent = await chloe.say(lobby, "at last", file_path=path, message_type="image")
        assert sent["attachment"]["filename"] == "unsent.png"
        assert (await fetch(anna, path)).status == 200
        assert (await upload(anna, b"new", "new.txt")).status == 201


async def test_a_backup_of_the_older_version_is_restored(tmp_path: Path) -> None:
    folder = tmp_path / "restored"
    said = await asyncio.to_thread(lanchat, "restore", backup_of(FOLDER), "--data-dir", folder)
    assert "log in again" in said
    assert version_of(folder / "lanchat.db") == len(steps())
    assert not list(folder.glob("*.db-before*"))  # the archive is the copy of what was
    wanted = expected(FOLDER)["told"]
    with await asyncio.to_thread(running, folder) as server:
        async with stranger(server.url) as person:
            person.token = live_tokens("Anna")[0]
            assert (await person.get("/api/auth/me")).status == 401
            person.token, person.name = "", "Anna"
            person.token = await log_in(person)
            assert list(missing(wanted["people"]["Anna"], await told_to(person))) == []
            async with asyncio.timeout(PATIENCE):
                for name in ("lobby", "attic", "busy"):
                    assert list(missing(wanted["rooms"][name], await told_of_room(person, ROOMS[name]))) == []
            for label in ("small png", "large png", "edited", "notes"):
                content = (await fetch(person, FILES[label])).content
                assert hashlib.sha256(content).hexdigest() == wanted["files"][label]["sha256"]
            host = {"decided": (await person.get("/api/admin/host")).expect(200)}
            assert list(missing({"decided": wanted["host"]["decided"]}, host)) == []
        server.end_well()
