"""What the system before this one got wrong about who may do what, by number.

Each test would have caught its fault. Where a fault has a whole file of tests, the test here is the
shortest that shows it.
"""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.files import upload
from tests.people import People, people_at
from tests.server import LanChat

ESCAPES = [
    "//etc/passwd",
    "/../../lanchat.db",
    "/..%2f..%2flanchat.db",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%5c..%5clanchat.db",
    "/assets/../../config.py",
    "/files/../lanchat.db",
    "/files/%2e%2e%2flanchat.db",
    "/files//etc/passwd",
    "/etc/passwd%00.png",
    "/assets/" + "x" * 5000,
]


async def ask_raw(server: LanChat, path: str) -> tuple[int, bytes]:
    """As written: clients tidy paths up before they send them."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nConnection: close\r\n\r\n".encode())
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize("path", ESCAPES)
async def test_fault_1_no_path_reads_a_file_of_the_host(server: LanChat, path: str):
    status, answer = await ask_raw(server, path)
    assert status in {400, 401, 404}
    assert b"root:" not in answer
    assert b"SQLite format" not in answer
    assert b"class Settings" not in answer


async def test_fault_1_nobody_deletes_files_by_url(people: People):
    ann = await people.one("ann")
    for path in ("/files/" + "a" * 32, "/files/x", "/api/upload/x"):
        assert (await ann.delete(path)).status in {404, 405}


async def test_fault_2_a_token_names_the_account_and_not_its_name(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        with closing(sqlite3.connect(own_server.database)) as database, database:
            names = "username = 'renamed', username_key = 'renamed', username_skeleton = 'renamed'"
            database.execute(f"UPDATE account SET {names} WHERE id = ?", [ann.id])
        heir = people.newcomer()
        heir.name = ann.name
        await heir.register()
        assert (await ann.get("/api/auth/me")).expect(200)["id"] == ann.id != heir.id


async def test_fault_2_a_token_dies_with_its_session_for_sockets_too(people: People):
    ann = await people.one("ann")
    ear = await ann.connect()
    (await ann.post("/api/auth/logout")).expect(200)
    await ear.until_gone()
    assert (await ann.get("/api/rooms/")).status == 401
    with pytest.raises(Refused):
        await ann.connect()


async def test_fault_2_each_installation_has_a_secret_of_its_own(server: LanChat, own_server: LanChat):
    async with people_at(server.url) as here, people_at(own_server.url) as there:
        ann, bob = await here.one("ann"), await there.one("bob")
        assert (await bob.get("/api/auth/me", headers={"Authorization": f"Bearer {ann.token}"})).status == 401
    key = own_server.data_dir / "keys" / "secret.key"
    assert key.stat().st_mode & 0o077 == 0
    assert key.read_text() != (server.data_dir / "keys" / "secret.key").read_text()


async def test_fault_3_a_file_of_a_private_room_is_for_its_members(people: People):
    ann, bob, stranger = await people("ann", "bob", "stranger")
    room = await ann.make_room(password="secret")
    await bob.join(room, "secret")
    uploaded = (await upload(ann, b"only for us", "ours.txt")).expect(201)
    path = uploaded["file_path"]
    await ann.say(room, path, message_type="file")
    assert (await bob.get(path)).text == "only for us"
    assert (await stranger.get(path)).status == 404
    assert (await people.newcomer().get(path)).status == 401
    await bob.leave(room["id"])
    assert (await bob.get(path)).status == 404


async def test_fault_4_a_public_room_is_neither_read_nor_posted_to_without_joining(people: People):
    ann, stranger = await people("ann", "stranger")
    room = await ann.make_room()
    ear, inside = await stranger.connect(), await ann.connect()
    assert (await stranger.get(f"/api/messages/{room['id']}")).status == 403
    assert (await stranger.post(f"/api/messages/{room['id']}", {"content": "x"})).status == 403
    assert (await ear.call("typing_start", {"room_id": room["id"]}))["ok"] is False
    await ann.say(room, "members only")
    await inside.hears("new_message")
    await ear.catch_up()
    assert ear.all("new_message", room_id=room["id"]) == []


async def test_fault_5_leaving_by_rest_silences_the_socket_and_a_deleted_room_is_announced(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    of_bob, of_ann = await bob.connect(), await ann.connect()
    await bob.leave(room["id"])
    await ann.say(room, "not for bob")
    await of_ann.hears("new_message", room_id=room["id"])
    await of_bob.catch_up()
    assert of_bob.all("new_message", room_id=room["id"]) == []
    (await ann.delete(f"/api/rooms/{room['id']}")).expect(200)
    for ear in (of_ann, of_bob):
        await ear.hears("room_deleted", room_id=room["id"])


async def test_fault_5_a_message_posted_over_rest_is_broadcast(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear = await bob.connect()
    said = await ann.say(room, "by REST")
    assert await ear.hears("new_message") == said


async def test_fault_6_a_crash_leaves_nobody_online(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann, bob = await people("ann", "bob")
        await bob.connect()
        lobby = (await ann.lobby())["id"]
        assert (await ann.get(f"/api/rooms/{lobby}")).expect(200)["online_count"] == 1
        own_server.kill()
        own_server.start()
        assert (await ann.get(f"/api/rooms/{lobby}")).expect(200)["online_count"] == 0
        members = (await ann.get(f"/api/rooms/{lobby}/members")).expect(200)["members"]
        assert [member["is_online"] for member in members] == [False, False]
