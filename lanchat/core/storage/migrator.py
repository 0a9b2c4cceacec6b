"""Owns the schema's version: runs the `migrations/` that are missing, after a backup, in one transaction."""

import importlib
import logging
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import peewee

from lanchat import migrations
from lanchat.core.base.errors import StorageDamaged
from lanchat.core.storage.engines import ENGINE

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
    database = ENGINE.handle_of(path)
    try:
        database.connect()
        path.chmod(0o600)
        if not ENGINE.is_sound(database):
            raise DamagedDatabase
        version = ENGINE.schema_version(database)
        if version > wanted[-1].version:
            raise NewerDatabase
        missing = [step for step in wanted if step.version > version]
        if missing and version > 0 and keeps_backup:
            ENGINE.back_up(database, copy := backup_path(path, version))
            log.info("database backed up to %s", copy)
        _take(database, missing)
    except ENGINE.ERRORS as error:
        if isinstance(ENGINE.trouble(error), StorageDamaged):
            raise DamagedDatabase from error
        raise
    finally:
        database.close()


def backup_path(path: Path, version: int) -> Path:
    return path.with_name(f"{path.stem}-before-{version + 1:04}.db")


def _take(database: peewee.SqliteDatabase, missing: list[Step]) -> None:
    if not missing:
        return
    with ENGINE.transaction_of(database):
        for step in missing:
            step.up(database)
        ENGINE.set_schema_version(database, missing[-1].version)
    log.info("database migrated: %s", ", ".join(step.name for step in missing))
