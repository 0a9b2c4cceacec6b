"""The writer: order, groups, savepoints, and what happens when SQLite fails."""

import asyncio
import resource
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import peewee
import pytest

from lanchat.core.base.errors import StorageBusy, StorageFull
from lanchat.core.storage.database import Database, Table

SCHEMA = """
CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES note(id) DEFERRABLE INITIALLY DEFERRED);
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = wal")  # as a migration leaves it
        connection.executescript(SCHEMA)
    return path


@pytest.fixture
async def db(path: Path) -> AsyncIterator[Database]:
    db = Database(path)
    db.open()
    yield db
    await db.close()


def add(text: str, parent: int | None = None) -> str:
    Table.run_sql("INSERT INTO note(text, parent) VALUES (?, ?)", text, parent)
    return text


def notes() -> list[str]:
    return [text for (text,) in Table.run_sql("SELECT text FROM note ORDER BY id")]


class Held:
    """Keeps the writer busy, so that what is written meanwhile becomes one group."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._started, self._release = threading.Event(), threading.Event()

    async def __aenter__(self) -> None:
        self._job = self._db.write(self._hold)
        assert await asyncio.to_thread(self._started.wait, 20)

    async def __aexit__(self, *_: object) -> None:
        self._release.set()
        await self._job

    def _hold(self) -> None:
        self._started.set()
        assert self._release.wait(20)


async def test_what_is_committed_survives_a_power_cut(db: Database):
    """As far as SQLite can see to that: its log is on the disk before a commit returns."""
    for work in (db.write, db.read):
        assert await work(lambda: Table.run_sql("PRAGMA journal_mode").fetchone()) == ("wal",)
        assert await work(lambda: Table.run_sql("PRAGMA synchronous").fetchone()) == (2,)  # FULL


async def test_writes_keep_the_order_in_which_they_were_asked_for(db: Database):
    told: list[str] = []
    async with Held(db):
        writes = [db.write(add, str(number), then=told.append) for number in range(1000)]
    await asyncio.gather(*writes)
    assert await db.read(notes) == told == [str(number) for number in range(1000)]


async def test_what_fails_takes_nothing_else_of_its_group_along(db: Database):
    def add_and_fail(text: str) -> None:
        add(text)
        raise KeyError(text)

    told: list[object] = []
    async with Held(db):
        writes = [
            db.write(add, "first"),
            db.write(add_and_fail, "undone", then=told.append),
            db.write(add, "first", then=told.append),
            db.write(add, "last"),
        ]
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(result) for result in results] == [str, KeyError, sqlite3.IntegrityError, str]
    assert await db.read(notes) == ["first", "last"]
    assert told == []


async def test_nothing_is_told_before_others_can_read_it(db: Database, path: Path):
    seen: list[str] = []

    def look(_: str) -> None:
        with closing(sqlite3.connect(path)) as other:
            seen.extend(text for (text,) in other.execute("SELECT text FROM note"))

    await db.write(add, "durable", then=look)
    assert seen == ["durable"]


async def test_a_write_whose_caller_has_gone_is_told_all_the_same(db: Database):
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with Held(db):
        caller = asyncio.ensure_future(db.write(add, "kept", then=told.set_result))
        caller.cancel()
    async with asyncio.timeout(10):
        assert await told == "kept"
    assert await db.read(notes) == ["kept"]


async def test_a_failing_commit_fails_everybody_and_tells_nobody(db: Database):
    told: list[str] = []
    async with Held(db):
        orphan = db.write(add, "orphan", 999, then=told.append)
        innocent = db.write(add, "innocent", then=told.append)
    results = await asyncio.gather(orphan, innocent, return_exceptions=True)
    assert [type(result) for result in results] == [sqlite3.IntegrityError] * 2
    assert told == []
    assert await db.read(notes) == []
    assert await db.write(add, "afterwards") == "afterwards"


async def test_trouble_while_telling_is_not_the_writer_s(db: Database):
    def fail(_: str) -> None:
        raise RuntimeError("the hub broke")

    assert await db.write(add, "stored", then=fail) == "stored"
    assert await db.read(notes) == ["stored"]


async def test_a_full_disk_is_reported_and_writing_resumes_by_itself(db: Database, path: Path):
    """By the limit of file sizes: the system refuses to let the write-ahead log grow."""
    await db.write(add, "before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    told: list[str] = []
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 10, hard))
    try:
        async with Held(db):
            writes = [db.write(add, f"{number} " + "x" * 60_000, then=told.append) for number in range(12)]
        results = await asyncio.gather(*writes, return_exceptions=True)
        assert any(isinstance(result, StorageFull) for result in results)
        stored = [result for result in results if isinstance(result, str)]
        assert await db.read(notes) == ["before", *stored]
        assert told == stored
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await db.write(add, "room again") == "room again"
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_when_the_whole_group_is_rolled_back_its_members_run_again_one_by_one(db: Database):
    """A statement may end the transaction, savepoints and all: here by ON CONFLICT ROLLBACK."""
    await db.write(add, "taken")

    def collide() -> None:
        Table.run_sql("INSERT OR ROLLBACK INTO note(text) VALUES ('taken')")

    async with Held(db):
        writes = [db.write(add, "first"), db.write(collide), db.write(add, "last")]
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(result) for result in results] == [str, sqlite3.IntegrityError, str]
    assert await db.read(notes) == ["taken", "first", "last"]


async def test_a_file_that_another_program_holds_is_busy_and_then_free_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("lanchat.core.storage.engines.sqlite.BUSY_TIMEOUT", 0.05)
    db = Database(path)
    db.open()
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageBusy):
                await db.write(add, "refused")
            assert await db.read(notes) == []
            other.execute("COMMIT")
        assert await db.write(add, "taken") == "taken"
    finally:
        await db.close()


async def test_a_file_that_cannot_be_opened_is_an_error_and_no_silence(tmp_path: Path):
    with pytest.raises(peewee.OperationalError, match="unable to open"):
        Database(tmp_path / "no such folder" / "notes.db").open()


async def test_readers_cannot_write(db: Database):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await db.read(add, "by a reader")


async def test_one_read_sees_one_moment(db: Database):
    await db.write(add, "one")
    began, go_on = threading.Event(), threading.Event()

    def look_twice() -> tuple[list[str], list[str]]:
        first = notes()
        began.set()
        go_on.wait(20)
        return first, notes()

    reading = asyncio.create_task(db.read(look_twice))
    await asyncio.to_thread(began.wait, 20)
    await db.write(add, "two")
    go_on.set()
    assert await reading == (["one"], ["one"])


async def test_closing_finishes_what_is_queued(path: Path):
    db = Database(path)
    db.open()
    writes = [db.write(partial(add, str(number))) for number in range(200)]
    await db.close()
    assert await asyncio.gather(*writes) == [str(number) for number in range(200)]


async def test_a_writer_that_fails_answers_everybody_and_goes_on(
    db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """With something that nobody foresaw, half way through a group: nobody waits for ever, and nothing is half done."""

    def fail(connection: sqlite3.Connection, _group: object, **_: object) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO note(text) VALUES ('half')")
        raise RuntimeError("of ours")

    with monkeypatch.context() as patch:
        async with Held(db):
            writes = [db.write(add, "lost"), db.write(add, "as well")]
            patch.setattr("lanchat.core.storage.writer.commit", fail)
        async with asyncio.timeout(20):
            failed = await asyncio.gather(*writes, return_exceptions=True)
    assert [repr(each) for each in failed] == ["RuntimeError('of ours')"] * 2
    assert await db.read(notes) == []
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert await asyncio.wait_for(db.write(add, "afterwards"), 20) == "afterwards"
