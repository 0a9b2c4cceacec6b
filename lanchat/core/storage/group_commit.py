"""Owns group commit: many writes in one transaction, none of which takes another down with it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.engines.base import Connection

T = TypeVar("T")
Item = TypeVar("Item")

# Gets the result of a write, or why there is none.
Answer: TypeAlias = Callable[[T | BaseException], object]

log = logging.getLogger(__name__)


class Job(Protocol):
    """Something that waits for its turn to write."""

    error: BaseException | None

    def __len__(self) -> int: ...
    def run(self) -> None: ...
    def apart(self) -> Sequence["Job"]: ...
    def settle(self, for_users: Callable[[BaseException], BaseException]) -> None: ...


class Write(Generic[T]):
    """One call, and a future for whoever asked."""

    __slots__ = ("_args", "_fn", "_result", "_then", "error", "future")

    def __init__(
        self,
        fn: Callable[..., T],
        args: tuple[Any, ...],
        then: Callable[[T], object] | None,
        future: "asyncio.Future[T]",
    ) -> None:
        self._fn, self._args, self._then, self.future = fn, args, then, future
        self._result: Any = None
        self.error: BaseException | None = None

    def __len__(self) -> int:
        return 1

    def run(self) -> None:
        self._result = self._fn(*self._args)

    def apart(self) -> "Sequence[Write[T]]":
        return [self]

    def settle(self, for_users: Callable[[BaseException], BaseException]) -> None:
        """Tell, then answer whoever still waits; runs on the loop, after the commit."""
        error = self.error
        if error is None and self._then is not None:
            _call(self._then, self._result)
        if self.future.cancelled():
            return
        if error is None:
            self.future.set_result(self._result)
        else:
            self.future.set_exception(for_users(error))


class Batch(Generic[Item, T]):
    """Writes of one kind that were asked for in a row: one call for all of them, and neither futures nor tasks.

    Most of what a message costs besides its `INSERT` is what this does once for many.
    """

    __slots__ = ("_answers", "_items", "_results", "error", "fn")

    def __init__(self, fn: Callable[[list[Item]], list[T | BaseException]]) -> None:
        self.fn = fn
        self._items: list[Item] = []
        self._answers: list[Answer[T]] = []
        self._results: list[T | BaseException] = []
        self.error: BaseException | None = None

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Item, answer: Answer[T]) -> None:
        self._items.append(item)
        self._answers.append(answer)

    def run(self) -> None:
        self._results = self.fn(self._items)

    def apart(self) -> "list[Batch[Item, T]]":
        alone: list[Batch[Item, T]] = []
        for item, answer in zip(self._items, self._answers, strict=True):
            batch = Batch(self.fn)
            batch.add(item, answer)
            alone.append(batch)
        return alone

    def settle(self, for_users: Callable[[BaseException], BaseException]) -> None:
        """Answer each, in the order in which they came; runs on the loop, after the commit."""
        if self.error is not None:
            error = for_users(self.error)
            for answer in self._answers:
                _call(answer, error)
            return
        for answer, result in zip(self._answers, self._results, strict=True):
            _call(answer, result)


def _call(tell: Callable[[Any], object], result: object) -> None:
    try:
        tell(result)
    except Exception:
        log.exception("telling of a write failed: %s", tell)


class _GroupRolledBack(Exception):
    """The database gave up the whole transaction (disk full, I/O error), savepoints and all."""


class _HalfDone(Exception):
    """A job failed after it had written something: the group runs again, each job in a savepoint."""


Attempt = Callable[[Connection, Job], None]


def commit(connection: Connection, group: Sequence[Job], *, has_begun: bool = False) -> Sequence[Job]:
    """Make a group durable; returns its jobs, each with its results or its error, in the same order.

    `has_begun` where its transaction is there already. Should the database give the whole group up, every job runs
    again alone, so that only the one at fault fails. A COMMIT that fails, fails everybody.
    """
    cause = _try(connection, group, _attempt, has_begun=has_begun)
    if isinstance(cause, _HalfDone):
        group = [alone for job in group for alone in job.apart()]
        cause = _try(connection, group, _attempt_apart)
    if cause is None:
        return group
    group = [alone for job in group for alone in job.apart()]
    if len(group) == 1 or not isinstance(cause, _GroupRolledBack):
        for job in group:
            job.error = cause.__cause__ or cause
        return group
    return [done for job in group for done in commit(connection, [job])]


def _try(
    connection: Connection, group: Sequence[Job], attempt: Attempt, *, has_begun: bool = False
) -> Exception | None:
    """Run and commit a group; returns why nothing of it was committed, if so."""
    try:
        if not has_begun:
            ENGINE.begin_writing(connection)
        for job in group:
            attempt(connection, job)
        connection.execute("COMMIT")
    except (_GroupRolledBack, _HalfDone, *ENGINE.ERRORS) as error:
        if ENGINE.is_under_way(connection):
            connection.execute("ROLLBACK")
        return error
    return None


def _attempt(connection: Connection, job: Job) -> None:
    """Run one job of a group. Most that fail are refused before they write anything, and leave nothing to undo."""
    before = ENGINE.writes(connection)
    try:
        job.run()
        job.error = None
    except Exception as error:
        if not ENGINE.is_under_way(connection):
            raise _GroupRolledBack from error
        if ENGINE.writes(connection) != before or len(job) > 1:
            raise _HalfDone from error
        job.error = error


def _attempt_apart(connection: Connection, job: Job) -> None:
    """Run one job in a savepoint of its own, so that its failure takes nobody else's work along.

    Not the rule, because savepoints cost as much as the rest of storing a message.
    """
    connection.execute("SAVEPOINT job")
    try:
        job.run()
        job.error = None
    except Exception as error:
        if not ENGINE.is_under_way(connection):
            raise _GroupRolledBack from error
        connection.execute("ROLLBACK TO job")
        job.error = error
    connection.execute("RELEASE job")
