"""Owns copies of the database as an SQLite file: taking one while the server writes, reading it, judging it.

A backup is such a file, whichever database it was taken of.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import peewee

from lanchat.core.storage.migrator import DamagedDatabase, NewerDatabase, steps

STEP = 1024  # pages between two reports of progress


def copy_database(source: Path, target: Path, progress: Callable[[int], object]) -> None:
    """Copy the database as it is at one moment; `progress` hears of every so many bytes.

    The source may be in use: an open snapshot keeps later writes out, and holds nobody up.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_open(source, "mode=rw")) as original, closing(sqlite3.connect(target)) as copy:
        original.execute("PRAGMA query_only = 1")  # and not `mode=ro`, which would leave files behind
        page_size = original.execute("PRAGMA page_size").fetchone()[0]
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_master").fetchone()
        done = 0

        def report(_status: int, remaining: int, total: int) -> None:
            nonlocal done
            copied = (total - remaining) * page_size
            progress(copied - done)
            done = copied

        original.backup(copy, pages=STEP, progress=report)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def check_copy(path: Path) -> None:
    """Look at its schema, every page and every reference. Raises DamagedDatabase or NewerDatabase.

    A trigger that somebody put into it would act in our name, at the next message or for ever.
    """
    try:
        with closing(_open(path, "immutable=1")) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version > steps()[-1].version:
                raise NewerDatabase
            if not version or _schema(database.execute) != _schema_of(version):
                raise DamagedDatabase
            (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            has_dangling = database.execute("PRAGMA foreign_key_check").fetchone() is not None
    except sqlite3.DatabaseError as error:
        raise DamagedDatabase from error
    if verdict != "ok" or has_dangling:
        raise DamagedDatabase


def _schema_of(version: int) -> set[tuple[object, ...]]:
    """As the migrations up to this version make it."""
    made = peewee.SqliteDatabase(":memory:", pragmas={"foreign_keys": 1})
    with made.connection_context():
        for step in steps()[:version]:
            step.up(made)
        return _schema(made.execute_sql)


def _schema(execute: Callable[[str], Any]) -> set[tuple[object, ...]]:
    """Everything in it, and how it was made; the quotes and blanks in that depend on SQLite's version."""
    return {
        (*what, re.sub(r'["`\[\]\s]', "", sql or "").lower())
        for *what, sql in execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    }


def first_column(path: Path, sql: str) -> list[Any]:
    """Of what a copy answers, on a connection of its own: the chat's may be in use in this process."""
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute(sql)]


def _open(path: Path, how: str) -> sqlite3.Connection:
    """Autocommit, so that a snapshot is what we say it is."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
