"""SQLite: how it is opened, what it says in words of its own, and what its errors mean. `base.py` explains each."""

import json
import sqlite3
import time
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import peewee

from lanchat.core.base.errors import StorageBusy, StorageDamaged, StorageFull

# s to wait for another program that holds the file. A request may come while an earlier one waits: both together
# take less than a second, and whoever is refused tries again.
BUSY_TIMEOUT = 0.45
BUSY_PAUSE = 0.005  # s

ERRORS = (sqlite3.Error, peewee.DatabaseError)
GREATEST, LEAST = "max", "min"


def handle_of(path: Path) -> peewee.SqliteDatabase:
    return peewee.SqliteDatabase(
        str(path),
        autoconnect=False,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT,
        pragmas={
            "journal_mode": "wal",
            "synchronous": "full",
            "foreign_keys": 1,
            "trusted_schema": 0,  # no function or table of SQLite acts from within a file that we were given
            "cache_size": -16_000,  # KiB
            "temp_store": "memory",
            "secure_delete": 1,  # what was taken back is overwritten
        },
    )


def among(column: str, values: Iterable[int] | Iterable[str]) -> tuple[str, object]:
    return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values))  # noqa: S608, ours


def insert(connection: Any, sql: str, parameters: tuple[object, ...]) -> int | None:
    """Not by RETURNING, which every message would pay for: 8 µs, where storing one of a group takes 20."""
    cursor = connection.execute(sql, parameters)
    return cursor.lastrowid if cursor.rowcount else None


def forbid_writing(connection: Any) -> None:
    connection.execute("PRAGMA query_only = 1")


def begin_reading(connection: Any) -> None:
    connection.execute("BEGIN")


def never_wait(connection: Any) -> None:
    connection.execute("PRAGMA busy_timeout = 0")


def begin_writing(connection: Any, *, may_wait: bool = True) -> None:
    until = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")  # else it would fail in its midst when another program writes
        except sqlite3.OperationalError as error:
            if not may_wait or time.monotonic() > until or not isinstance(trouble(error), StorageBusy):
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def is_under_way(connection: Any) -> bool:
    return connection.in_transaction


def writes(connection: Any) -> int:
    return connection.total_changes


def empty_journal(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT)) as connection:
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def version_outside(connection: Any) -> int:
    return connection.execute("PRAGMA data_version").fetchone()[0]


@contextmanager
def transaction_of(database: peewee.SqliteDatabase) -> Generator[None]:
    """Not Peewee's own: where SQLite has rolled back by itself, that hides why."""
    connection = database.connection()
    begin_writing(connection)
    database.push_transaction(database)  # its `atomic` makes savepoints within it
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        database.pop_transaction()


def is_forbidden(error: BaseException) -> bool:
    return "readonly" in str(error)


def is_disk_full(error: BaseException) -> bool:
    return "disk is full" in str(error) or "disk I/O" in str(error)


def trouble(error: BaseException) -> Exception | None:
    reason = str(error)
    if not isinstance(error, ERRORS):
        return None
    if "malformed" in reason or "not a database" in reason:
        return StorageDamaged()
    if not isinstance(error, sqlite3.OperationalError | peewee.OperationalError):
        return None
    if "locked" in reason or "busy" in reason:
        return StorageBusy(retry_after=1)
    if is_disk_full(error) or is_forbidden(error) or "unable to open" in reason:
        return StorageFull()
    return None


def is_sound(database: peewee.SqliteDatabase) -> bool:
    """O(pages), about 0.1 s per 100 MB."""
    return database.execute_sql("PRAGMA quick_check(1)").fetchone() == ("ok",)


def schema_version(database: peewee.SqliteDatabase) -> int:
    return database.execute_sql("PRAGMA user_version").fetchone()[0]


def set_schema_version(database: peewee.SqliteDatabase, version: int) -> None:
    database.execute_sql(f"PRAGMA user_version = {version:d}")


def back_up(database: peewee.SqliteDatabase, target: Path) -> None:
    target.touch(0o600)
    with closing(sqlite3.connect(target)) as copy:
        database.connection().backup(copy)
