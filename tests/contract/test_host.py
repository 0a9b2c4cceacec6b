"""What administrators change about their host while it runs."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import pytest

from tests.people import ENGLISH, PASSWORD, People, Person, people_at
from tests.server import ROOT, LanChat

HOST = "/api/admin/host"


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    """A host of this module's own, whose settings may change."""
    running = LanChat(tmp_path_factory.mktemp("theirs"), env={"LANCHAT_NAME": "As it was started"}).start()
    create = [sys.executable, "-m", "lanchat", "admin", "create", "boss", "--admin"]
    try:
        subprocess.run(
            [*create, "--data-dir", str(running.data_dir)], cwd=ROOT, check=True, input=PASSWORD, text=True, timeout=60
        )
        yield running
    finally:
        running.kill()


@pytest.fixture
async def guests(theirs: LanChat) -> AsyncIterator[People]:
    async with people_at(theirs.url) as people:
        yield people


@pytest.fixture
async def admin(guests: People) -> Person:
    boss = guests.newcomer()
    boss.name = "boss"
    boss.token = await boss.log_in()
    (await boss.put(HOST, {"guests_allowed": True, "registration_open": True})).expect(200)
    return boss


async def info(person: Person) -> dict[str, object]:
    return (await person.get("/api/info", headers=ENGLISH)).expect(200)


async def test_an_administrator_renames_the_host_at_once(guests: People, admin: Person) -> None:
    assert (await admin.get(HOST)).expect(200).keys() == {
        "name",
        "guests_allowed",
        "registration_open",
        "recall_minutes",
        "directory",
        "direct_messages",
    }
    body = (await admin.put(HOST, {"name": "  Class 4b 四班  "})).expect(200)
    assert body["name"] == "Class 4b 四班"
    assert (await info(guests.newcomer()))["name"] == "Class 4b 四班"


async def test_who_may_come_in_changes_at_once(guests: People, admin: Person) -> None:
    (await admin.put(HOST, {"guests_allowed": False})).expect(200)
    stranger = guests.newcomer()
    assert (await stranger.post("/api/auth/guest", {"username": stranger.name})).code == "guests_not_allowed"
    assert (await info(stranger))["guests_allowed"] is False
    (await admin.put(HOST, {"recall_minutes": 5})).expect(200)
    assert (await info(stranger))["recall_minutes"] == 5
    for is_on in (False, True):
        (await admin.put(HOST, {"direct_messages": is_on})).expect(200)
        assert (await info(stranger))["direct_messages"] is is_on

    (await admin.put(HOST, {"registration_open": False})).expect(200)
    form = {"username": stranger.name, "password": PASSWORD, "password2": PASSWORD}
    assert (await stranger.post("/api/auth/register", form)).code == "registration_closed"
    assert (await info(stranger))["registration_open"] is False
    await admin.log_in()  # who has an account still comes in

    (await admin.put(HOST, {"guests_allowed": True})).expect(200)
    guest = (await stranger.post("/api/auth/guest", {"username": stranger.name})).expect(201)
    stranger.token = guest["access_token"]
    upgrade = await stranger.post("/api/auth/upgrade", {"password": PASSWORD, "password2": PASSWORD})
    assert upgrade.code == "registration_closed"


async def test_the_directory_may_be_for_administrators_only(guests: People, admin: Person) -> None:
    ann, bob = await guests("ann", "bob")
    assert (await ann.get("/api/users/", params={"q": bob.name})).expect(200)["users"]
    (await admin.put(HOST, {"directory": "administrators"})).expect(200)
    try:
        refusal = await ann.get("/api/users/", params={"q": bob.name})
        assert (refusal.status, refusal.code) == (403, "forbidden")
        assert (await admin.get("/api/users/", params={"q": bob.name})).expect(200)["users"][0]["id"] == bob.id
        assert (await ann.get(f"/api/users/{bob.id}")).expect(200)["id"] == bob.id  # both are in the lobby
        await bob.leave((await bob.lobby())["id"])
        assert (await ann.get(f"/api/users/{bob.id}")).code == "user_not_found"
        assert (await bob.get(f"/api/users/{bob.id}")).expect(200)["common_rooms"] == []
        assert (await admin.get(f"/api/users/{bob.id}")).expect(200)["id"] == bob.id
        assert (await admin.put(HOST, {"directory": "nobody"})).status == 400
    finally:
        (await admin.put(HOST, {"directory": "everyone"})).expect(200)


async def test_with_a_closed_directory_one_writes_to_people_with_whom_one_shares_a_room(guests: People, admin: Person):
    ann, bob, cem = await guests("ann", "bob", "cem")
    (await admin.put(HOST, {"directory": "administrators"})).expect(200)
    try:
        await cem.leave((await cem.lobby())["id"])
        room = (await ann.post("/api/direct/", {"user_ids": [bob.id]})).expect(201)  # both are in the lobby
        for who, ids in ((ann, [cem.id]), (cem, [ann.id]), (ann, [bob.id, cem.id])):
            assert (await who.post("/api/direct/", {"user_ids": ids})).code == "user_not_found"
            assert (await who.put(f"/api/users/{ids[-1]}/block", {})).code == "user_not_found"
        await bob.leave((await bob.lobby())["id"])
        assert (await bob.post("/api/direct/", {"user_ids": [ann.id]})).expect(200)["id"] == room["id"]
        assert (await admin.post("/api/direct/", {"user_ids": [cem.id]})).status == 201
        common = await ann.make_room()
        await cem.join(common)
        assert (await cem.post("/api/direct/", {"user_ids": [ann.id]})).status == 201
    finally:
        (await admin.put(HOST, {"directory": "everyone"})).expect(200)


async def test_with_a_closed_directory_one_brings_in_people_with_whom_one_shares_a_room(guests: People, admin: Person):
    ann, bob, cem = await guests("ann", "bob", "cem")
    room, hall = await ann.make_room(), await admin.make_room()
    path = f"/api/rooms/{room['id']}/members"
    (await admin.put(HOST, {"directory": "administrators"})).expect(200)
    try:
        await cem.leave((await cem.lobby())["id"])
        unknown = await ann.put(f"{path}/{cem.id}", {})
        assert (unknown.status, unknown.code) == (404, "user_not_found")
        kept_out = await ann.put(f"/api/rooms/{room['id']}/bans/{cem.id}", {})  # would say who that is
        assert (kept_out.status, kept_out.code) == (404, "user_not_found")
        assert (await ann.put(f"{path}/{bob.id}", {})).status == 201  # both are in the lobby
        assert (await admin.put(f"/api/rooms/{hall['id']}/members/{cem.id}", {})).status == 201
        await ann.join(hall)
        assert (await ann.put(f"{path}/{cem.id}", {})).status == 201
    finally:
        (await admin.put(HOST, {"directory": "everyone"})).expect(200)


async def test_nobody_else_may_look_or_change(guests: People, admin: Person) -> None:
    member, stranger = await guests.one("member"), guests.newcomer()
    guest = guests.newcomer()
    guest.token = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)["access_token"]
    before = await info(member)
    for person, code in ((member, "forbidden"), (guest, "forbidden"), (stranger, "not_authenticated")):
        assert (await person.get(HOST)).code == code
        assert (await person.put(HOST, {"name": "Mine now", "guests_allowed": False})).code == code
    assert {**await info(member), "time": before["time"]} == before


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"name": "a\nb"}, {"name": "x" * 61}, {"guests_allowed": "no"}, {"registration_open": 0}]
)
async def test_what_cannot_be_is_refused(admin: Person, change: dict[str, object]) -> None:
    assert (await admin.put(HOST, change)).expect(400)["error"]["code"] == "invalid_input"


async def test_it_holds_after_a_restart_whatever_the_host_is_started_with(theirs: LanChat, admin: Person) -> None:
    (await admin.put(HOST, {"name": "Renamed", "guests_allowed": False})).expect(200)
    assert theirs.stop() == 0
    theirs.start()
    async with people_at(theirs.url) as people:
        said = await info(people.newcomer())
    assert (said["name"], said["guests_allowed"], said["registration_open"]) == ("Renamed", False, True)


async def test_what_may_not_be_decided_any_more_keeps_no_host_closed(theirs: LanChat, admin: Person) -> None:
    (await admin.put(HOST, {"name": "Renamed", "guests_allowed": False})).expect(200)
    assert theirs.stop() == 0
    with closing(sqlite3.connect(theirs.database)) as database, database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'host:name'", (json.dumps("turned \u202e round"),))
    theirs.start()
    async with people_at(theirs.url) as people:
        said = await info(people.newcomer())
    assert (said["name"], said["guests_allowed"]) == ("As it was started", False)


async def test_an_administrator_is_shown_names_from_before_they_were_compared_by_their_looks(
    theirs: LanChat, guests: People, admin: Person
) -> None:
    ann, twin = await guests("ann", "twin")
    room, other = await ann.make_room(), await ann.make_room()
    path = "/api/admin/look-alikes"
    assert (await admin.get(path)).expect(200) == {"names": []}
    look = f"{ann.name}\ufe0f"
    with closing(sqlite3.connect(theirs.database, timeout=10)) as database, database:  # as the migration leaves them
        change = "UPDATE account SET username = ?, username_key = ?, username_skeleton = NULL WHERE id = ?"
        database.execute(change, (look, look, twin.id))
        change = "UPDATE room SET name = ?, name_key = ?, name_skeleton = NULL WHERE id = ?"
        database.execute(change, (f"{room['name']}  ", "x", other["id"]))
    user = {"kind": "user", "name": look, "other": ann.name}
    assert (await admin.get(path)).expect(200)["names"] == [
        user,
        {"kind": "room", "name": f"{room['name']}  ", "other": room["name"]},
    ]
    (await ann.put(f"/api/rooms/{other['id']}", {"name": f"quite another {other['id']}"})).expect(200)
    assert (await admin.get(path)).expect(200)["names"] == [user]
    assert (await ann.get(path)).code == "forbidden"
