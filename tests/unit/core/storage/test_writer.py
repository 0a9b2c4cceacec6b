"""Who commits: the event loop what is small and alone, the thread everything else."""

import asyncio
import resource
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lanchat.core.base.errors import StorageFull
from lanchat.core.storage.database import Database
from lanchat.core.storage.writer import QUICK

from .test_database import Held, add, db, notes, path

__all__ = ["db", "path"]  # fixtures

Outcome = str | BaseException


def add_all(texts: list[str]) -> list[Outcome]:
    return [add(text) for text in texts]


def where(_: list[str]) -> list[str | BaseException]:
    return [threading.current_thread().name]


def where_after_a_while(texts: list[str]) -> list[str | BaseException]:
    time.sleep(QUICK * 20)
    return where(texts)


def ask(db: Database, fn: Callable[[list[str]], list[Outcome]], text: str = "") -> "asyncio.Future[Outcome]":
    answered: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    db.write_batch(fn, text, answered.set_result)
    return answered


HERE = threading.current_thread().name


async def test_a_batch_that_is_alone_is_committed_by_the_loop(db: Database, path: Path):
    assert await ask(db, where) == HERE
    assert await ask(db, add_all, "durable") == "durable"
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT text FROM note").fetchall() == [("durable",)]


async def test_a_call_of_its_own_is_the_thread_s(db: Database):
    assert await db.write(lambda: threading.current_thread().name) == "db-writer"


async def test_what_comes_behind_the_thread_s_work_is_the_thread_s(db: Database):
    async with Held(db):
        behind = ask(db, where)
    assert await behind == "db-writer"
    assert await ask(db, where) == HERE


async def test_order_holds_from_the_one_to_the_other(db: Database):
    told: list[object] = []
    writes: list[asyncio.Future[str]] = []
    for number in range(60):
        if number % 4 == 3:
            writes.append(db.write(add, str(number), then=told.append))
        else:
            db.write_batch(add_all, str(number), told.append)
        if number % 3 == 0:
            await asyncio.sleep(0)
    await asyncio.gather(*writes)
    await db.write(lambda: None)
    assert told == await db.read(notes) == [str(number) for number in range(60)]


async def test_a_slow_disk_is_waited_for_by_the_thread_until_it_is_quick_again(db: Database):
    await ask(db, where_after_a_while)
    assert await ask(db, where) == "db-writer"
    async with asyncio.timeout(10):
        while await ask(db, where) != HERE:
            pass


async def test_the_loop_does_not_wait_for_another_program(db: Database, path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lanchat.core.storage.engines.sqlite.BUSY_TIMEOUT", 5)
    begun = time.monotonic()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = ask(db, add_all, "patient")
        assert await db.read(notes) == []
        assert not waiting.done()
        other.execute("COMMIT")
    assert await waiting == "patient"
    assert time.monotonic() - begun < 4


async def test_the_loop_cannot_query_by_itself_afterwards(db: Database):
    assert await ask(db, add_all, "stored") == "stored"
    with pytest.raises(AttributeError):
        notes()


async def test_who_speaks_among_many_waits_a_turn_for_the_others(db: Database):
    sizes: list[int] = []

    def count(texts: list[str]) -> list[Outcome]:
        sizes.append(len(texts))
        return list(texts)

    async def say(*texts: str) -> list[asyncio.Future[Outcome]]:
        answers: list[asyncio.Future[Outcome]] = []
        for text in texts:
            answers.append(ask(db, count, text))
            await asyncio.sleep(0)
        return answers

    await asyncio.gather(*await say("alone"), *await say("alone"))
    assert sizes == [1, 1]
    await asyncio.gather(ask(db, count, "two"), ask(db, count, "at once"))
    await asyncio.gather(*await say("a", "b", "c", "d"))
    assert sizes == [1, 1, 2, 4]


async def test_a_full_disk_is_told_to_each_and_writing_resumes_by_itself(db: Database, path: Path):
    """By the limit of file sizes: the system refuses to let the write-ahead log grow."""
    assert await ask(db, add_all, "before") == "before"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 10, hard))
    try:
        outcomes = await asyncio.gather(*[ask(db, add_all, f"{number} " + "x" * 60_000) for number in range(12)])
        assert any(isinstance(outcome, StorageFull) for outcome in outcomes)
        assert await db.read(notes) == ["before", *(outcome for outcome in outcomes if isinstance(outcome, str))]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await ask(db, add_all, "room again") == "room again"
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_what_fails_half_done_is_undone_on_the_loop_too(db: Database):
    def add_and_fail(texts: list[str]) -> list[Outcome]:
        add_all(texts)
        raise KeyError

    assert isinstance(await ask(db, add_and_fail, "undone"), KeyError)
    assert await db.read(notes) == []


async def test_a_failure_that_nobody_foresaw_is_answered_and_we_go_on(
    db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(connection: sqlite3.Connection, _group: object, **_: object) -> None:
        connection.execute("INSERT INTO note(text) VALUES ('half')")
        raise RuntimeError("of ours")

    with monkeypatch.context() as patch:
        patch.setattr("lanchat.core.storage.writer.commit", fail)
        assert repr(await ask(db, add_all, "lost")) == "RuntimeError('of ours')"
    assert await db.read(notes) == []
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert await ask(db, add_all, "on the loop") == "on the loop"
    assert await db.write(add, "on the thread") == "on the thread"
    async with asyncio.timeout(20):
        while await ask(db, where) != HERE:  # a commit that was slow leaves the next ones to the thread
            pass
