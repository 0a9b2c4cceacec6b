"""Puts a backup in the place of what is there: all of it or nothing, and what was there is kept aside."""

import shutil
import sqlite3
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from lanchat.accounts.models import Session
from lanchat.admin import archive
from lanchat.admin.archive import Manifest, Progress
from lanchat.config import Settings, SettingsError
from lanchat.core.clock import Clock
from lanchat.core.copies import check_copy
from lanchat.core.db import write_once
from lanchat.core.installation import begin_new_epoch
from lanchat.core.migrate import DamagedDatabase, NewerDatabase
from lanchat.core.swap import Move, replace_all

STAGED = ".restored"


def size_of(path: Path) -> int:
    """How many bytes restoring is going to write. Raises SettingsError."""
    with archive.reading(path) as (backup, _):
        return archive.size_of(backup)


def restore(settings: Settings, path: Path, progress: Progress) -> None:
    """Needs the data folder for itself. Raises SettingsError, having changed nothing.

    Everybody has to log in again: sessions that have ended since the backup must not live again. And
    clients start over with the rooms: the numbers of later messages will be given out once more.
    """
    staged = _staged(settings)
    try:
        with archive.reading(path) as (backup, manifest):
            _discard(staged)
            _require_space(settings, archive.size_of(backup))
            _extract(backup, manifest, staged, progress)
            _prepare(staged[0], path)
            has_keys = staged[1].exists()
        replace_all(settings.data_dir, _moves(settings, staged, manifest.has_uploads, has_keys))
    except sqlite3.Error as error:
        raise SettingsError("backup_damaged", path=path) from error
    finally:
        _discard(staged)


def _staged(settings: Settings) -> tuple[Path, Path, Path]:
    """Where database, keys and uploads wait, each on the disk where it belongs."""
    places = (settings.database_path, settings.keys_dir, settings.uploads_dir)
    database, keys, uploads = (place.with_name(place.name + STAGED) for place in places)
    return database, keys, uploads


def _extract(backup: zipfile.ZipFile, manifest: Manifest, staged: tuple[Path, Path, Path], progress: Progress) -> None:
    database, keys, uploads = staged
    folders = {"keys": keys, "uploads": uploads}
    if archive.extract(backup, archive.DATABASE, database, progress) != manifest.database_sha256:
        raise zipfile.BadZipFile("another database")
    if manifest.has_uploads:
        uploads.mkdir(mode=0o700)
    for name in archive.members(backup):
        folder, _, rest = name.partition("/")
        if folder in folders:
            archive.extract(backup, name, folders[folder] / rest, progress)


def _prepare(database: Path, path: Path) -> None:
    try:
        check_copy(database)
    except NewerDatabase:
        raise SettingsError("backup_newer", path=path) from None
    except DamagedDatabase:
        raise SettingsError("backup_damaged", path=path) from None
    write_once(database, Session.revoke_all, Clock().now())
    write_once(database, begin_new_epoch)


def _moves(settings: Settings, staged: tuple[Path, Path, Path], has_uploads: bool, has_keys: bool) -> list[Move]:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    database, keys, uploads = staged

    def aside(place: Path) -> Path:
        return place.with_name(f"{place.stem}-before-restore-{stamp}{place.suffix}")

    place = settings.database_path
    kept = aside(place)
    # The log of the old database must never be read into the new one; beside the old one it still counts.
    moves = [Move(None, Path(f"{place}{end}"), Path(f"{kept}{end}")) for end in ("-wal", "-shm")]
    moves.append(Move(database, place, kept))
    if has_keys:
        moves.append(Move(keys, settings.keys_dir, aside(settings.keys_dir)))
    if has_uploads:
        moves.append(Move(uploads, settings.uploads_dir, aside(settings.uploads_dir)))
    return moves


def _require_space(settings: Settings, size: int) -> None:
    if shutil.disk_usage(settings.data_dir).free < size + settings.disk_reserve_bytes:
        raise SettingsError("backup_no_space", path=settings.data_dir)


def _discard(staged: tuple[Path, Path, Path]) -> None:
    database, keys, uploads = staged
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{database}{end}").unlink()
    for folder in (keys, uploads):
        shutil.rmtree(folder, ignore_errors=True)
