"""What the system before this one got wrong, by number; each test would have caught its fault.

Where a fault has a whole file of tests, the test here is the shortest that shows it.
"""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.files import upload
from tests.people import PASSWORD, People, people_at
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
            database.execute("UPDATE user SET username = 'renamed', username_key = 'renamed' WHERE id = ?", [ann.id])
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


async def test_fault_7_whoever_was_away_catches_up_and_goes_on_listening(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear = await bob.connect()
    await ann.say(room, "before")
    last = (await ear.hears("new_message"))["seq"]
    await ear.disconnect()
    await ann.say(room, "meanwhile")
    again = await bob.connect()
    synced = await again.call("sync", {"rooms": {str(room["id"]): last}})
    assert [message["content"] for message in synced["rooms"][str(room["id"])]["messages"]] == ["meanwhile"]
    await ann.say(room, "afterwards")
    assert (await again.hears("new_message"))["content"] == "afterwards"


async def test_fault_8_the_documented_upload_exists_with_its_documented_fields(people: People):
    ann = await people.one("ann")
    body = (await upload(ann, b"x" * (11 << 20), "large.bin")).expect(201)
    assert {"filename", "file_path", "file_size", "content_type"} <= set(body)
    assert body["file_size"] == 11 << 20  # an old limit of 10 MB stood in the way of the documented 50


async def test_fault_9_hashing_stalls_nobody(people: People):
    ann, bob = await people("ann", "bob")
    loop = asyncio.get_running_loop()
    logins = [asyncio.create_task(ann.log_in()) for _ in range(8)]
    await asyncio.sleep(0)
    slowest = 0.0
    while not all(login.done() for login in logins):
        started = loop.time()
        (await bob.get("/api/auth/me")).expect(200)
        slowest = max(slowest, loop.time() - started)
    await asyncio.gather(*logins)
    assert slowest < 0.8


async def test_fault_10_races_end_in_one_success_and_conflicts(people: People):
    rivals = [people.newcomer("rival") for _ in range(20)]
    form = {"username": f"one_{rivals[0].name}"[:20], "password": PASSWORD, "password2": PASSWORD}
    registrations = await asyncio.gather(*(rival.post("/api/auth/register", form) for rival in rivals))
    assert Counter(answer.status for answer in registrations) == {201: 1, 409: 19}

    ann, bob = await people("ann", "bob")
    rooms = await asyncio.gather(*(ann.post("/api/rooms/", {"name": f"race {ann.name}"}) for _ in range(20)))
    assert Counter(answer.status for answer in rooms) == {201: 1, 409: 19}

    room = next(answer.body for answer in rooms if answer.status == 201)
    ear = await ann.connect()
    joins = await asyncio.gather(*(bob.post(f"/api/rooms/{room['id']}/join") for _ in range(20)))
    assert {(answer.status, answer.body["member_count"]) for answer in joins} == {(200, 2)}
    await ear.hears("user_joined", room_id=room["id"])
    await ear.catch_up()
    assert len(ear.all("user_joined", room_id=room["id"])) == 1


async def test_fault_10_a_message_sent_in_twenty_places_at_once_is_one(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    body = {"content": "once", "client_id": "the-same"}
    answers = await asyncio.gather(*(ann.post(f"/api/messages/{room['id']}", body) for _ in range(20)))
    assert Counter(answer.status for answer in answers) == {201: 1, 200: 19}
    assert len({answer.text for answer in answers}) == 1


async def test_fault_11_system_messages_cannot_be_forged_and_content_must_be_text(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    for forged in ({"content": "x", "message_type": "system"}, {"content": {"a": 1}}, {"content": 5}):
        assert (await ann.post(f"/api/messages/{room['id']}", forged)).status == 400
        assert (await ear.call("send_message", {"room_id": room["id"], **forged}))["ok"] is False
    assert await ann.history(room) == []


async def test_fault_11_a_flood_is_stopped(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    for number in range(100):
        await ear.emit("send_message", {"room_id": room["id"], "content": str(number)})
    assert (await ear.hears_refusal("too_many"))["details"]["retry_after"] >= 1
    await ear.hears("new_message", content="59")
    await ear.catch_up()
    assert len(ear.all("new_message", room_id=room["id"])) == 60


async def test_fault_12_pages_by_sequence_do_not_drift_while_messages_arrive(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    said = [await ann.say(room, str(number)) for number in range(30)]
    newest = await ann.history(room, limit=10)
    for number in range(5):
        await ann.say(room, f"meanwhile {number}")
    older = await ann.history(room, before_seq=newest[0]["seq"], limit=10)
    assert older + newest == said[10:]


async def test_fault_13_times_are_utc_and_the_log_is_where_it_should_be(server: LanChat, people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    assert (await ann.say(room, "when?"))["timestamp"].endswith("Z")
    (await ann.get("/api/rooms/")).expect(200)
    assert '"path": "/api/rooms/"' in server.log


@pytest.mark.parametrize("path", ["/nothing", "/rooms.php", "/api/nothing", "/api", "/docs/nothing", "/static/x.js"])
async def test_fault_14_an_unknown_path_is_a_404(people: People, path: str):
    assert (await people.newcomer().get(path)).status == 404


async def test_no_password_token_or_message_text_is_ever_logged(server: LanChat, people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="door-password-5")
    await bob.join(room, "door-password-5")
    ear = await bob.connect()
    await ear.call("join_room", {"room_id": room["id"], "password": "door-password-5"})
    await ear.call("send_message", {"room_id": room["id"], "content": "text-of-a-message-5"})
    await ear.emit("send_message", {"room_id": room["id"], "content": {"a": "odd-text-5"}})
    await ear.hears("error")
    (await ann.post("/api/auth/login", data={"username": ann.name, "password": "wrong-password-5"})).expect(401)
    written = server.log + "".join(server.output)
    for secret in ("door-password-5", "text-of-a-message-5", "odd-text-5", "wrong-password-5", PASSWORD, bob.token):
        assert secret not in written
