"""Owns the schema's version: runs the `migrations/` that are missing, after a backup, in one transaction."""

import importlib
import logging
import pkgutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import peewee

from lanchat import migrations
from lanchat.core.storage.database import sqlite_at

log = logging.getLogger(__name__)


class NewerDatabase(Exception):
    """The data folder was written by a newer LanChat than this one."""


class DamagedDatabase(Exception):
    """The file isn't a database, or is broken; it was left as it is."""


@dataclass(frozen=True)
class Step:
    version: int
    name: str
    up: Callable[[peewee.SqliteDatabase], None]


def steps() -> list[Step]:
    """Every migration that ships with this version, oldest first (`0001_initial` is version 1)."""
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    modules = [importlib.import_module(f"{migrations.__name__}.{name}") for name in names]
    return [Step(int(name.split("_")[0]), name, module.up) for name, module in zip(names, modules, strict=True)]


def migrate(path: Path, wanted: list[Step] | None = None, *, keeps_backup: bool = True) -> None:
    """Bring the database at `path` to this program's version, making it where there is none.

    Should one step fail, none was taken: the program that wrote the file can still use it, and no half-way version
    is left that neither of the two knows.

    Raises NewerDatabase or DamagedDatabase, having changed nothing.
    """
    wanted = steps() if wanted is None else wanted
    database = sqlite_at(path)
    try:
        database.connect()
        path.chmod(0o600)
        _check(database)
        version = _version(database)
        if version > wanted[-1].version:
            raise NewerDatabase
        missing = [step for step in wanted if step.version > version]
        if missing and version > 0 and keeps_backup:
            _back_up(database, path, version)
        _take(database, missing)
    except (sqlite3.DatabaseError, peewee.DatabaseError) as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise DamagedDatabase from error
        raise
    finally:
        database.close()


def backup_path(path: Path, version: int) -> Path:
    return path.with_name(f"{path.stem}-before-{version + 1:04}.db")


def _check(database: peewee.SqliteDatabase) -> None:
    """A quick look at the file's structure: O(pages), about 0.1 s per 100 MB."""
    (verdict,) = database.execute_sql("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedDatabase


def _version(database: peewee.SqliteDatabase) -> int:
    return database.execute_sql("PRAGMA user_version").fetchone()[0]


def _back_up(database: peewee.SqliteDatabase, path: Path, version: int) -> None:
    target = backup_path(path, version)
    target.touch(0o600)
    copy = sqlite3.connect(target)
    try:
        database.connection().backup(copy)
    finally:
        copy.close()
    log.info("database backed up to %s", target)


def _take(database: peewee.SqliteDatabase, missing: list[Step]) -> None:
    if not missing:
        return
    with database.atomic("IMMEDIATE"):
        for step in missing:
            step.up(database)
        database.execute_sql(f"PRAGMA user_version = {missing[-1].version:d}")
    log.info("database migrated: %s", ", ".join(step.name for step in missing))
