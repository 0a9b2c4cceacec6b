"""`lanchat backup` and `restore`: taken from a running server, and put back as it was."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from tests.files import fetch, share
from tests.people import PASSWORD, Person, people_at
from tests.reliability.backups import lanchat
from tests.server import LanChat


async def log_in(person: Person) -> None:
    form = {"username": person.name, "password": PASSWORD}
    person.token = (await person.post("/api/auth/login", data=form)).expect(200)["access_token"]


async def test_a_backup_taken_amid_messages_brings_all_of_them_back(own_server: LanChat, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room("the room")
        path = await share(ann, room, b"the minutes of the meeting")
        code = (await ann.post(f"/api/rooms/{room['id']}/invites", {})).expect(200)["path"].partition("#")[2]
        (await ann.post("/api/auth/device-code")).expect(200)
        before = [await ann.say(room, f"message {number}") for number in range(20)]
        is_done = asyncio.Event()

        async def chatter() -> None:
            number = 0
            while not is_done.is_set() and number < 70:  # all fit on one page
                await ann.say(room, f"meanwhile {number}")
                number += 1

        chattering = asyncio.create_task(chatter())
        await asyncio.to_thread(lanchat, "backup", file, "--data-dir", own_server.data_dir)
        is_done.set()
        await chattering
        await ann.say(room, "after the backup")
        assert own_server.stop() == 0

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = LanChat(tmp_path / "elsewhere")
    said = await asyncio.to_thread(lanchat, "restore", file, "--data-dir", other.data_dir)
    assert "log in again" in said
    for left in other.data_dir.rglob("*"):
        assert left.stat().st_mode & 0o077 == 0, left
    other.start()
    try:
        async with people_at(other.url) as people:
            again = people.newcomer()
            again.name, again.token = ann.name, ann.token
            assert (await again.get("/api/auth/me")).status == 401  # a session that may have ended since
            assert (await again.post("/api/invites/read", {"code": code})).status == 410  # and a link, and a code
            with closing(sqlite3.connect(other.database)) as database:
                assert database.execute("SELECT count(*) FROM device_code").fetchone() == (0,)
            await log_in(again)
            found = await again.history(room, limit=100)
            assert [m["content"] for m in found if m["content"].startswith("message")] == [m["content"] for m in before]
            assert "after the backup" not in [m["content"] for m in found]
            assert [m["seq"] for m in found] == list(range(1, len(found) + 1))
            assert (await fetch(again, path)).content == b"the minutes of the meeting"
            await again.say(room, "and on it goes")
    finally:
        other.kill()


async def test_restoring_puts_aside_what_was_there_and_starts_a_new_epoch(own_server: LanChat, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room()
        await ann.say(room, "in the backup")
        ear = await ann.connect()
        epoch = (await ear.call("sync", {"rooms": {}}))["epoch"]
        await asyncio.to_thread(lanchat, "backup", file, "--data-dir", own_server.data_dir)
        await ann.say(room, "not in the backup")
        own_server.stop()
    lanchat("restore", file, "--data-dir", own_server.data_dir)
    kept = list(own_server.data_dir.glob("lanchat-before-restore-*.db"))
    with closing(sqlite3.connect(kept[0])) as database:
        assert database.execute("SELECT content FROM message ORDER BY id").fetchall()[-1] == ("not in the backup",)
    own_server.start()
    async with people_at(own_server.url) as people:
        again = people.newcomer()
        again.name = ann.name
        await log_in(again)
        assert [m["content"] for m in await again.history(room)] == ["in the backup"]
        ear = await again.connect()
        assert (await ear.call("sync", {"rooms": {}}))["epoch"] != epoch


async def test_a_running_server_is_not_restored_over(own_server: LanChat, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    await asyncio.to_thread(lanchat, "backup", file, "--data-dir", own_server.data_dir)
    line = await asyncio.to_thread(lanchat, "restore", file, "--data-dir", own_server.data_dir, refuses=True)
    assert "already running" in line


def test_a_backup_never_overwrites_and_leaves_nothing_half_done(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("my holiday photos")
    assert "exists" in lanchat("backup", file, "--data-dir", made, refuses=True)
    assert file.read_text() == "my holiday photos"
    assert "could not be written" in lanchat("backup", tmp_path / "no" / "x.zip", "--data-dir", made, refuses=True)
    assert "no data" in lanchat("backup", tmp_path / "y.zip", "--data-dir", tmp_path / "empty", refuses=True)
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["backup.zip"]
