"""Owns the database: one writer, a few readers, and the Table base class."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import peewee

from lanchat.core.base.bounds import Bound
from lanchat.core.base.errors import StorageDamaged
from lanchat.core.base.fair_turns import Brief
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.engines.base import Connection
from lanchat.core.storage.group_commit import Answer, Write
from lanchat.core.storage.writer import Tell, Writer

T = TypeVar("T")
Item = TypeVar("Item")

ENDING = Brief("database_end", "at the stop, after the last request")
READERS = 3
READS = Bound("small_reads", f"{READERS} at once; as many wait as requests and events are under way")

log = logging.getLogger(__name__)
database = peewee.DatabaseProxy()


class Table(peewee.Model):
    """Base of every table. Instances never leave a database thread: queries return payloads."""

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def run_sql(cls, sql: str, *parameters: object) -> Any:
        """Run prepared SQL on this thread's connection: for the few paths where the ORM costs too much."""
        # What `connection()` returns, without its four look-ups: on the send path they cost more than SQLite.
        return database.obj._state.conn.execute(sql, parameters)  # noqa: SLF001

    @classmethod
    def connection(cls) -> Connection:
        """This thread's, for the engine's own ways."""
        return database.obj._state.conn  # noqa: SLF001

    @classmethod
    def run_many(cls, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """The same statement for each of the rows."""
        database.connection().executemany(sql, rows)


class Database:
    """All access to the database at `path`; opened and used on one event loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = ENGINE.handle_of(path)
        self._writer = Writer(self._handle, _for_users)
        self._readers: ThreadPoolExecutor | None = None
        self._reader_connections: list[Connection] = []
        self._version: int | None = None  # of the file, as the writer sees it

    def open(self) -> None:
        """Start the threads; the schema must be current (`migrator.py`). Raises what keeps the writer from the file."""
        database.initialize(self._handle)
        self._loop = asyncio.get_running_loop()
        self._readers = ThreadPoolExecutor(READERS, "db-reader", initializer=self._connect_reader)
        self._writer.open()

    async def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        if self._readers is None:
            return
        await self._writer.close(ENDING)
        await ENDING.run(self._readers.shutdown)
        for connection in self._reader_connections:
            connection.close()
        self._readers = None
        await asyncio.sleep(0)  # lets the last group settle

    def write(
        self, fn: Callable[..., T], *args: object, then: Callable[[T], object] | None = None
    ) -> "asyncio.Future[T]":
        """Queue `fn(*args)` for the writer thread; the result comes once it is durable.

        Queued before this returns, so writes keep the order in which they were asked for. `then`
        gets the result on the loop, in commit order, even when nobody waits any more: that is the
        place to tell others. `fn` may run twice (when another of its group failed).

        Raises what `fn` raises, StorageFull or StorageBusy.
        """
        write = Write(fn, args, then, self._loop.create_future())
        self._writer.ask(write)
        return write.future

    def write_batch(self, fn: Callable[[list[Item]], list[T | BaseException]], item: Item, answer: Answer[T]) -> None:
        """Queue an item for `fn`, which gets all that came in a row in one call, and returns a result for each.

        For what comes often: about half the cost of `write`. Otherwise the same, `answer` for `then`, except
        that it also gets what `fn` returned as an exception, or raised. An exception of one item is nobody
        else's: `fn` then runs again, for each alone.
        """
        self._writer.ask_batch(fn, item, answer)

    async def read(self, fn: Callable[..., T], *args: object) -> T:
        """Run `fn(*args)` on a reader thread, within one snapshot of what is committed."""
        assert self._readers is not None
        try:
            return await self._loop.run_in_executor(self._readers, self._snapshot, fn, args)
        except ENGINE.ERRORS as error:
            if ENGINE.is_forbidden(error):
                raise  # a slip of ours: a reader that writes
            raise _for_users(error) from error

    async def forget_former(self) -> bool:
        """Leave nothing of what was deleted or overwritten in the files; False where that must wait."""
        assert self._readers is not None
        try:
            return await self._loop.run_in_executor(self._readers, ENGINE.empty_journal, self._path)
        except ENGINE.ERRORS as error:
            raise _for_users(error) from error

    async def was_changed_outside(self) -> bool:
        """Whether another program has written to the file since this was last asked."""
        before, self._version = self._version, await self.write(_version_outside)
        return before not in {None, self._version}

    def tell_by(self, tell: Tell) -> None:
        """`tell` calls what tells of a group of writes."""
        self._writer.tell = tell

    def waiting(self) -> int:
        """How many writes aren't durable yet."""
        return self._writer.waiting()

    # -- threads

    def _connect_reader(self) -> None:
        self._handle.connect()
        connection = self._handle.connection()
        ENGINE.forbid_writing(connection)
        self._handle.push_transaction(self)
        self._reader_connections.append(connection)

    def _snapshot(self, fn: Callable[..., T], args: tuple[Any, ...]) -> T:
        connection = self._handle.connection()
        ENGINE.begin_reading(connection)
        try:
            return fn(*args)
        finally:
            if ENGINE.is_under_way(connection):
                connection.execute("COMMIT")


def write_once(path: Path, fn: Callable[..., T], *args: object) -> T:
    """Run `fn(*args)` in one transaction on a connection of its own: for a program beside the server, never inside it.

    Raises what `fn` raises, StorageFull or StorageBusy.
    """
    handle = ENGINE.handle_of(path)
    database.initialize(handle)
    try:
        with handle.connection_context(), ENGINE.transaction_of(handle):
            return fn(*args)
    except ENGINE.ERRORS as error:
        raise _for_users(error) from error


def _version_outside() -> int:
    return ENGINE.version_outside(database.connection())


def _for_users(error: BaseException) -> BaseException:
    """Storage trouble in words a person can act on; anything else as it is."""
    trouble = ENGINE.trouble(error)
    if isinstance(trouble, StorageDamaged):
        log.critical("the database is damaged: %s. Stop LanChat and restore a backup.", error)
    elif trouble is not None:
        log.error("the database refused: %s", error)
    return trouble or error
