"""Owns group commit: many writes in one transaction, none of which takes another down with it."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)


class Job(Generic[T]):
    """One write that waits for its turn."""

    __slots__ = ("args", "error", "fn", "future", "result", "then")

    def __init__(
        self,
        fn: Callable[..., T],
        args: tuple[Any, ...],
        then: Callable[[T], object] | None,
        future: "asyncio.Future[T]",
    ) -> None:
        self.fn, self.args, self.then, self.future = fn, args, then, future
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self, for_users: Callable[[BaseException], BaseException]) -> None:
        """Tell, then answer whoever still waits; runs on the loop, after the commit."""
        error = self.error
        if error is None and self.then is not None:
            try:
                self.then(self.result)
            except Exception:
                log.exception("telling of a committed write failed: %s", self.fn)
        if self.future.cancelled():
            return
        if error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(for_users(error))


class _GroupRolledBack(Exception):
    """SQLite gave up the whole transaction (disk full, I/O error), savepoints and all."""


class _HalfDone(Exception):
    """A job failed after it had written something: the group runs again, each job in a savepoint."""


Attempt = Callable[[sqlite3.Connection, Job[Any]], None]


def commit(connection: sqlite3.Connection, group: list[Job[Any]]) -> None:
    """Make a group durable; afterwards each job has its result or its error.

    Should SQLite give the whole group up, every job runs again alone, so that only the one at fault
    fails. A COMMIT that fails, fails everybody.
    """
    cause = _try(connection, group, _attempt)
    if isinstance(cause, _HalfDone):
        cause = _try(connection, group, _attempt_apart)
    if cause is None:
        return
    if len(group) == 1 or not isinstance(cause, _GroupRolledBack):
        for job in group:
            job.error = cause.__cause__ or cause
        return
    for job in group:
        commit(connection, [job])


def _try(connection: sqlite3.Connection, group: list[Job[Any]], attempt: Attempt) -> Exception | None:
    """Run and commit a group; returns why nothing of it was committed, if so."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in group:
            attempt(connection, job)
        connection.execute("COMMIT")
    except (_GroupRolledBack, _HalfDone, sqlite3.Error) as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return error
    return None


def _attempt(connection: sqlite3.Connection, job: Job[Any]) -> None:
    """Run one job of a group. Most that fail are refused before they write anything, and leave nothing to undo."""
    before = connection.total_changes
    try:
        job.result = job.fn(*job.args)
        job.error = None
    except Exception as error:
        if not connection.in_transaction:
            raise _GroupRolledBack from error
        if connection.total_changes != before:
            raise _HalfDone from error
        job.error = error


def _attempt_apart(connection: sqlite3.Connection, job: Job[Any]) -> None:
    """Run one job in a savepoint of its own, so that its failure takes nobody else's work along.

    Not the rule, because savepoints cost as much as the rest of storing a message.
    """
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.fn(*job.args)
        job.error = None
    except Exception as error:
        if not connection.in_transaction:
            raise _GroupRolledBack from error
        connection.execute("ROLLBACK TO job")
        job.error = error
    connection.execute("RELEASE job")
