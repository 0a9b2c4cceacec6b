"""Writes of one kind that wait together: one call, an answer for each, and nobody pays for another's failure."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from lanchat.core.storage.database import Database, Table

from .test_database import Held, add, db, notes, path

__all__ = ["db", "path"]  # fixtures

calls: list[list[str]] = []


def add_all(texts: list[str]) -> list[str | BaseException]:
    calls.append(list(texts))
    return [ValueError(text) if text == "refused" else add(text) for text in texts]


def write_all(db: Database, *texts: str) -> "asyncio.Future[list[str | BaseException]]":
    """The answers, once the last of them is there."""
    calls.clear()
    all_of_them: asyncio.Future[list[str | BaseException]] = asyncio.get_running_loop().create_future()
    answers: list[str | BaseException] = []

    def answer(outcome: str | BaseException) -> None:
        answers.append(outcome)
        if len(answers) == len(texts):
            all_of_them.set_result(answers)

    for text in texts:
        db.write_batch(add_all, text, answer)
    return all_of_them


async def test_what_is_asked_for_in_one_turn_is_one_call(db: Database):
    assert await write_all(db, "a", "b", "c") == ["a", "b", "c"]
    assert calls == [["a", "b", "c"]]
    assert await db.read(notes) == ["a", "b", "c"]


async def test_a_write_in_between_keeps_its_place(db: Database):
    told: list[str] = []
    done = asyncio.Event()
    tell: Callable[[str | BaseException], None] = lambda outcome: told.append(str(outcome))  # noqa: E731
    db.write_batch(add_all, "a", tell)
    write = db.write(add, "b", then=told.append)
    db.write_batch(add_all, "c", lambda outcome: (tell(outcome), done.set()))
    async with asyncio.timeout(10):
        await asyncio.gather(write, done.wait())
    assert told == await db.read(notes) == ["a", "b", "c"]


async def test_a_refusal_is_its_own_answer_only(db: Database):
    first, refusal, last = await write_all(db, "a", "refused", "c")
    assert (first, last) == ("a", "c")
    assert isinstance(refusal, ValueError)
    assert len(calls) == 1
    assert await db.read(notes) == ["a", "c"]


async def test_one_that_fails_is_undone_and_the_others_run_again_without_it(db: Database):
    await db.write(add, "taken")
    async with Held(db):
        before = db.write(add, "before")
        answers = write_all(db, "a", "taken", "c")
        after = db.write(add, "after")
    first, failure, last = await answers
    assert (first, last) == ("a", "c")
    assert isinstance(failure, sqlite3.IntegrityError)
    assert calls == [["a", "taken", "c"], ["a"], ["taken"], ["c"]]
    assert (await before, await after) == ("before", "after")
    assert await db.read(notes) == ["taken", "before", "a", "c", "after"]


async def test_when_the_transaction_is_given_up_each_runs_alone(db: Database):
    await db.write(add, "taken")

    def collide() -> None:
        Table.run_sql("INSERT OR ROLLBACK INTO note(text) VALUES ('taken')")

    async with Held(db):
        answers = write_all(db, "a", "b")
        collision = db.write(collide)
    assert await answers == ["a", "b"]
    assert isinstance((await asyncio.gather(collision, return_exceptions=True))[0], sqlite3.IntegrityError)
    assert await db.read(notes) == ["taken", "a", "b"]


async def test_a_commit_that_fails_fails_all(db: Database):
    async with Held(db):
        orphan = db.write(add, "orphan", 999)
        answers = write_all(db, "a", "b")
    assert isinstance((await asyncio.gather(orphan, return_exceptions=True))[0], sqlite3.IntegrityError)
    assert [type(answer) for answer in await answers] == [sqlite3.IntegrityError] * 2
    assert await db.read(notes) == []


async def test_nothing_is_answered_before_others_can_read_it(db: Database, path: Path):
    seen: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()

    def look(_: str | BaseException) -> None:
        with closing(sqlite3.connect(path)) as other:
            seen.set_result([text for (text,) in other.execute("SELECT text FROM note")])

    db.write_batch(add_all, "durable", look)
    async with asyncio.timeout(10):
        assert await seen == ["durable"]


async def test_an_answer_that_fails_keeps_none_from_the_others(db: Database):
    def fail(_: str | BaseException) -> None:
        raise RuntimeError("the hub broke")

    db.write_batch(add_all, "a", fail)
    assert await write_all(db, "b") == ["b"]


async def test_what_was_asked_for_is_written_before_the_end(path: Path):
    db = Database(path)
    db.open()
    db.write_batch(add_all, "last words", lambda _: None)
    assert db.waiting() == 1
    await db.close()
    assert db.waiting() == 0
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT text FROM note").fetchall() == [("last words",)]
