"""Owns being the only one who works on a data folder."""

import errno
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lanchat.config import Settings, SettingsError, load
from lanchat.core.base.errors import StorageFull
from lanchat.core.storage.atomic_replace import finish_replacing
from lanchat.core.storage.data_folder import prepare
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.migrator import DamagedDatabase, NewerDatabase, migrate

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@contextmanager
def alone_in(data_dir: Path) -> Generator[None]:
    """Two servers on one database would each believe they know who is online. Raises SettingsError."""
    from filelock import FileLock, Timeout

    lock = FileLock(data_dir / "lanchat.lock", blocking=False, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise SettingsError("already_running", path=data_dir) from None
    try:
        finish_replacing(data_dir)
        yield
    finally:
        lock.release()


@contextmanager
def own(**flags: object) -> Generator[Settings]:
    """The settings and the data folder, for a command that must be alone with it. Raises SettingsError."""
    os.umask(0o077)
    settings = prepare(load(**flags))
    with alone_in(settings.data_dir):
        yield settings


@contextmanager
def beside_the_server(*, is_made_current: bool = True, **flags: object) -> Generator[Settings]:
    """The settings, for a command that may work while a server runs. Raises SettingsError.

    The database is there and current, or else, without `is_made_current`, as it was left.
    """
    os.umask(0o077)
    settings = prepare(load(**flags))
    with ExitStack() as until_the_end, explained(settings):
        try:
            until_the_end.enter_context(alone_in(settings.data_dir))
        except SettingsError:
            pass  # its server has brought the database up to date
        else:
            if is_made_current:
                migrate(settings.database_path)
        if not settings.database_path.exists():
            raise SettingsError("no_data", path=settings.data_dir)
        yield settings


@contextmanager
def explained(settings: Settings) -> Generator[None]:
    """What is wrong with a database or its disk, as a SettingsError."""
    try:
        yield
    except NewerDatabase:
        raise SettingsError("newer_database", path=settings.database_path) from None
    except DamagedDatabase:
        raise SettingsError("damaged_database", path=settings.database_path) from None
    except StorageFull:
        raise SettingsError("disk_full", path=settings.data_dir) from None
    except ENGINE.ERRORS as error:
        if ENGINE.is_disk_full(error):
            raise SettingsError("disk_full", path=settings.data_dir) from None
        raise SettingsError("database_unusable", path=settings.database_path, reason=str(error)) from None
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise SettingsError("disk_full", path=settings.data_dir) from None
