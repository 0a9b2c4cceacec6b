"""Owns the one connection that writes, and who uses it: a thread of its own, or for a moment the event loop."""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeAlias

import peewee

from lanchat.core.base.bounds import Bound
from lanchat.core.base.fair_turns import Brief
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.group_commit import Answer, Batch, Job, commit

GROUP_LIMIT = 512  # writes in one transaction: bounds how long the first of them waits
AT_ONCE = 128  # writes at most that the loop commits itself
QUICK = 0.003  # s that such a group usually takes, for the loop to wait for it
WEIGHT = 0.2  # of the latest group in what is usual
ENOUGH, TURNS = 64, 8  # writes, and turns of the loop, after which no more company is waited for

log = logging.getLogger(__name__)

Tell: TypeAlias = Callable[[Callable[[], None]], None]


WRITES = Bound("writes", "512 a transaction; as many wait as requests and events are under way")


class Writer:
    """Commits in the order in which it was asked, and together what was asked for together.

    A batch that is alone, while nothing else is being written, is committed by the event loop itself: a thread that is
    woken and wakes the loop in turn costs more than storing a message. Everything else is the thread's, because calls
    may take long, and so may disks.
    """

    def __init__(self, handle: peewee.SqliteDatabase, for_users: Callable[[BaseException], BaseException]) -> None:
        """`for_users` makes of an error what may be shown."""
        self._handle = handle
        self._state: Any = handle._state  # pyright: ignore[reportAttributeAccessIssue] # noqa: SLF001
        self._for_users = for_users
        self._asked: list[Job] = []
        self._asked_writes = 0  # in these jobs
        self._found = self._turns = 0  # of them, when we last looked; and how often we have
        self._is_lively = False  # the last group was more than one write
        self._handed_over: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._writes_there = 0  # that the thread has, and the loop hasn't settled
        self._thread: threading.Thread | None = None
        self._usual = 0.0  # s
        self.tell: Tell = _tell

    def open(self) -> None:
        """Raises what keeps it from the file."""
        self._loop = asyncio.get_running_loop()
        connected: Future[None] = Future()
        thread = threading.Thread(target=self._run, args=(connected,), name="db-writer", daemon=True)
        thread.start()
        connected.result()
        self._thread = thread

    async def close(self, waiting: Brief) -> None:
        """Finish what was asked for."""
        if self._thread is None:
            return
        self._hand_over()
        thread, self._thread = self._thread, None
        self._handed_over.put(None)
        await waiting.run(thread.join)

    def waiting(self) -> int:
        """How many writes aren't durable yet."""
        return self._asked_writes + self._writes_there

    def ask(self, job: Job) -> None:
        """Begun at the end of the turn: a writer that begins with the first would leave out the rest."""
        if not self._asked:
            self._loop.call_soon(self._gather)
        self._asked.append(job)
        self._asked_writes += 1

    def ask_batch(self, fn: Callable[[list[Any]], list[Any]], item: object, answer: Answer[Any]) -> None:
        """One more item for a batch, that of the job before if it is one of `fn`."""
        batch = self._asked[-1] if self._asked else None
        if isinstance(batch, Batch) and batch.fn == fn:
            self._asked_writes += 1
        else:
            batch = Batch(fn)
            self.ask(batch)
        batch.add(item, answer)

    def _gather(self) -> None:
        """Where many talk, the next turn brings more, and ten messages together cost little more than one.

        A lone write, after another, waits for nobody.
        """
        writes = self._asked_writes
        is_growing = writes > self._found and (writes > 1 or self._is_lively)
        if is_growing and writes < ENOUGH and self._turns < TURNS:
            self._found = writes
            self._turns += 1
            self._loop.call_soon(self._gather)
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        asked, writes = self._asked, self._asked_writes
        self._asked, self._asked_writes, self._found, self._turns = [], 0, 0, 0
        self._is_lively = writes > 1
        if not asked or (self._is_for_the_loop(asked, writes) and self._commit_here(asked)):
            return
        self._writes_there += writes
        self._handed_over.put(asked)

    def _is_for_the_loop(self, asked: list[Job], writes: int) -> bool:
        """While it has nothing, the thread sleeps, and leaves the connection alone."""
        return (
            not self._writes_there
            and writes <= AT_ONCE
            and self._usual < QUICK
            and self._thread is not None
            and len(asked) == 1
            and isinstance(asked[0], Batch)
        )

    def _commit_here(self, group: list[Job]) -> bool:
        """False where that has to wait, for another program: the thread can. Errors are left to it as well."""
        try:
            ENGINE.begin_writing(self._connection, may_wait=False)
        except ENGINE.ERRORS:
            return False
        self.tell(partial(self._settle, self._commit(group, has_begun=True)))
        return True

    def _commit(self, group: list[Job], *, has_begun: bool = False) -> Sequence[Job]:
        """Whatever happens, each job is answered, and we go on, if need be on a new connection."""
        begun = time.perf_counter()
        self._state.set_connection(self._connection)  # on this thread
        self._handle.push_transaction(self)  # ours: Peewee's own `atomic` makes savepoints within it
        try:
            return commit(self._connection, group, has_begun=has_begun)
        except Exception as error:  # nothing of the group was committed
            log.exception("the writer failed, and begins anew")
            for job in group:
                job.error = error
            self._handle.pop_transaction()
            self._handle.close()
            self._connect()
            return group
        finally:
            self._state.reset()  # what is queried outside of a group fails
            if sum(map(len, group)) <= AT_ONCE:
                self._usual += (time.perf_counter() - begun - self._usual) * WEIGHT

    def _connect(self) -> None:
        self._handle.connect()
        self._connection = self._handle.connection()
        ENGINE.never_wait(self._connection)

    def _settle(self, group: Sequence[Job]) -> None:
        for job in group:
            job.settle(self._for_users)

    def _settle_theirs(self, group: Sequence[Job]) -> None:
        self._writes_there -= sum(map(len, group))
        self.tell(partial(self._settle, group))

    # -- the thread

    def _run(self, connected: Future[None]) -> None:
        try:
            self._connect()
        except Exception as error:  # noqa: BLE001, whoever opens gets it, instead of writes that nobody ever answers
            connected.set_exception(error)
            return
        connected.set_result(None)
        try:
            while group := self._next_group():
                self._loop.call_soon_threadsafe(self._settle_theirs, self._commit(group))
        finally:
            self._connection.close()

    def _next_group(self) -> list[Job]:
        """Whatever waits now, in order; empty at the end. Waits for nothing: a lone write commits at once."""
        asked = self._handed_over.get()
        group: list[Job] = []
        while asked is not None:
            group += asked
            if sum(map(len, group)) >= GROUP_LIMIT:
                return group
            try:
                asked = self._handed_over.get_nowait()
            except queue.Empty:
                return group
        if group:
            self._handed_over.put(None)  # found behind the last writes: comes up again next time
        return group


def _tell(tell: Callable[[], None]) -> None:
    tell()
