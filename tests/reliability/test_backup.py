"""`lanchat backup` and `restore`: taken from a running server, put back as it was, and never anything else."""

import asyncio
import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lanchat.admin import backup as backups
from lanchat.config import SettingsError, load, prepare
from tests.files import fetch, share
from tests.people import PASSWORD, PATIENCE, Person, people_at
from tests.server import ENVIRONMENT, ROOT, LanChat

NAME = "0123456789abcdef0123456789abcdef"


def lanchat(*arguments: object, refuses: bool = False) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "lanchat", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **ENVIRONMENT, "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode != 0) is refuses, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr if refuses else done.stdout


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that no server has open, but for the lock."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def log_in(person: Person) -> None:
    form = {"username": person.name, "password": PASSWORD}
    person.token = (await person.post("/api/auth/login", data=form)).expect(200)["access_token"]


async def test_a_backup_taken_amid_messages_brings_all_of_them_back(own_server: LanChat, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room("the room")
        path = await share(ann, room, b"the minutes of the meeting")
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


# What is no backup, or a hostile one

Bend = Callable[[dict[str, bytes]], list[tuple[str, bytes]]]


def with_member(name: str, content: bytes = b"x") -> Bend:
    return lambda members: [*members.items(), (name, content)]


def with_database(change: Callable[[bytes], bytes]) -> Bend:
    """Another database, with a manifest that is right about it."""

    def bend(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
        database = change(members["lanchat.db"])
        digest = hashlib.sha256(database).hexdigest()
        return with_manifest(database_sha256=digest)({**members, "lanchat.db": database})

    return bend


def with_manifest(**values: object) -> Bend:
    def bend(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
        manifest = json.dumps({**json.loads(members["manifest.json"]), **values}).encode()
        return [
            *((name, data) for name, data in members.items() if name != "manifest.json"),
            ("manifest.json", manifest),
        ]

    return bend


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one account, whose server has been stopped."""
    folder = tmp_path_factory.mktemp("made") / "data"
    subprocess.run(
        [sys.executable, "-m", "lanchat", "admin", "create", "anna", "--data-dir", str(folder)],
        cwd=ROOT,
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return folder


@pytest.fixture(scope="module")
def good(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The members of a good backup."""
    file = tmp_path_factory.mktemp("good") / "good.zip"
    lanchat("backup", file, "--data-dir", made)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "bend",
    [
        with_member("../evil.txt"),
        with_member("/etc/evil.txt"),
        with_member("keys/../../evil.txt"),
        with_member("uploads/../evil.txt"),
        with_member("uploads\\..\\evil.txt"),
        with_member("C:evil.txt"),
        with_member("keys/.ssh"),
        with_member("uploads/ff/" + NAME),
        with_member("uploads/01/" + NAME + "/x"),
        with_member("lanchat.toml", b"allow_registration = true"),
        with_member("lanchat.db"),
        with_member("uploads/"),
        with_database(lambda data: b"no database at all"),
        with_database(lambda data: data[: len(data) // 2]),
        with_database(lambda data: data[:100] + bytes(4000) + data[4100:]),
        with_manifest(database_sha256="0" * 64),
        with_manifest(format=99),
        with_manifest(format="x"),
        lambda members: [(name, data) for name, data in members.items() if name != "lanchat.db"],
        lambda members: [(name, data) for name, data in members.items() if name != "manifest.json"],
        lambda members: [],
    ],
)
def test_what_is_no_backup_of_ours_changes_nothing(
    made: Path, good: dict[str, bytes], tmp_path: Path, bend: Bend
) -> None:
    file = tmp_path / "bent.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in bend(good):
            archive.writestr(name, data)
    before = snapshot(made)
    line = lanchat("restore", file, "--data-dir", made, refuses=True)
    assert "bent.zip" in line
    assert snapshot(made) == before
    assert not list(tmp_path.rglob("evil*"))
    assert not list(made.parent.rglob("evil*"))


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: b"PK\x03\x04 and nothing more",
        lambda data: data[:-30],
        lambda data: data[: len(data) // 3] + b"\x00\xff" * 40 + data[len(data) // 3 + 80 :],
    ],
)
def test_a_backup_that_was_harmed_on_its_way_changes_nothing(
    made: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "harmed.zip"
    lanchat("backup", file, "--data-dir", made)
    file.write_bytes(harm(file.read_bytes()))
    before = snapshot(made)
    lanchat("restore", file, "--data-dir", made, refuses=True)
    assert snapshot(made) == before


def test_a_newer_database_in_a_backup_is_refused(made: Path, good: dict[str, bytes], tmp_path: Path) -> None:
    database = tmp_path / "newer.db"
    database.write_bytes(good["lanchat.db"])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    file = tmp_path / "newer.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in with_database(lambda _: database.read_bytes())(good):
            archive.writestr(name, data)
    assert "newer" in lanchat("restore", file, "--data-dir", made, refuses=True)


# Every day, by itself


def forget_backups(folder: Path) -> None:
    """Of other tests, maybe of this very second."""
    for path in folder.glob("lanchat-*.zip"):
        path.unlink()


def test_daily_backups_are_rotated_and_can_be_restored(made: Path, tmp_path: Path) -> None:
    settings = prepare(load(data_dir=made, daily_backups=3, disk_reserve_bytes=0))
    settings.backups_dir.mkdir(mode=0o700)
    for day in range(1, 7):
        (settings.backups_dir / f"lanchat-2026-01-0{day}-000000.zip").write_bytes(b"old")
    (settings.backups_dir / "my own.zip").write_bytes(b"not yours to remove")

    newest = backups.back_up_daily(settings, lambda _: None)

    kept = sorted(path.name for path in settings.backups_dir.iterdir())
    assert kept == ["lanchat-2026-01-05-000000.zip", "lanchat-2026-01-06-000000.zip", newest.name, "my own.zip"]
    assert stat.S_IMODE(newest.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.backups_dir.stat().st_mode) == 0o700
    upload = settings.uploads_dir / NAME[:2] / NAME
    upload.parent.mkdir()
    upload.write_bytes(b"stays")
    lanchat("restore", newest, "--data-dir", made)
    assert upload.read_bytes() == b"stays"
    assert "anna" in lanchat("admin", "list", "--data-dir", made)


def test_a_backup_by_a_clock_gone_wrong_is_not_the_one_to_go(made: Path) -> None:
    settings = prepare(load(data_dir=made, daily_backups=2, disk_reserve_bytes=0))
    settings.backups_dir.mkdir(mode=0o700, exist_ok=True)
    forget_backups(settings.backups_dir)
    for year in (2096, 2097, 2098):
        (settings.backups_dir / f"lanchat-{year}-01-01-000000.zip").write_bytes(b"future")
    newest = backups.back_up_daily(settings, lambda _: None)
    assert newest.exists()
    assert len(list(settings.backups_dir.glob("lanchat-*.zip"))) == 2


def test_a_full_disk_stops_a_daily_backup_and_leaves_nothing(made: Path) -> None:
    settings = prepare(load(data_dir=made, disk_reserve_bytes=1 << 60))
    with pytest.raises(SettingsError) as refusal:
        backups.back_up_daily(settings, lambda _: None)
    assert refusal.value.code == "backup_no_space"
    assert not list(settings.backups_dir.glob("*.part")) + list(settings.backups_dir.glob("*.db"))


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_server_that_was_cut_while_restoring_finishes_it_at_its_start(made: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "lanchat.db").write_bytes(b"the old one")
    (data / "lanchat.db.restored").write_bytes((made / "lanchat.db").read_bytes())
    moves = [[str(data / "lanchat.db.restored"), str(data / "lanchat.db"), str(data / "aside.db")]]
    (data / "replacing.json").write_text(json.dumps(moves))
    assert "anna" in lanchat("admin", "list", "--data-dir", data)
    assert (data / "aside.db").read_bytes() == b"the old one"


async def test_a_stop_does_not_wait_for_a_backup(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = prepare(load(data_dir=made, disk_reserve_bytes=0))
    has_begun, may_go_on = threading.Event(), threading.Event()
    cleaned = threading.Event()
    write = backups._write

    def slow(settings, target, progress, **how):
        def waiting(size: int) -> None:
            has_begun.set()
            may_go_on.wait(PATIENCE)
            progress(size)

        try:
            write(settings, target, waiting, **how)
        finally:
            cleaned.set()

    monkeypatch.setattr(backups, "_write", slow)
    forget_backups(settings.backups_dir)
    before = snapshot(settings.backups_dir)
    backing_up = asyncio.create_task(backups._back_up_in_thread(settings))
    await asyncio.to_thread(has_begun.wait, PATIENCE)
    backing_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await backing_up
    may_go_on.set()
    await asyncio.to_thread(cleaned.wait, PATIENCE)
    assert snapshot(settings.backups_dir) == before
