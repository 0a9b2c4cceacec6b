"""Puts a backup in the place of what is there: all of it or nothing, and what was there is kept aside."""

import shutil
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from lanchat.accounts.models import DeviceCode, Session
from lanchat.backups import archive, linked_uploads
from lanchat.backups.archive import Manifest, Progress
from lanchat.config import Settings, SettingsError
from lanchat.core.base.clock import Clock
from lanchat.core.storage.atomic_replace import Move, replace_all
from lanchat.core.storage.database import write_once
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.engines.snapshots import check_copy
from lanchat.core.storage.installation import begin_new_epoch
from lanchat.core.storage.migrator import DamagedDatabase, NewerDatabase, migrate
from lanchat.files.models import Attachment
from lanchat.files.storage import path_of
from lanchat.invites.models import Invite

STAGED = ".restored"


def size_of(path: Path) -> int:
    """How many bytes restoring is going to write, or to link. Raises SettingsError."""
    with archive.reading(path) as (backup, manifest):
        linked = 0 if manifest.linked is None else linked_uploads.size_of(linked_uploads.folder_of(path))
        return archive.size_of(backup) + linked


def restore(settings: Settings, path: Path, progress: Progress) -> int | None:
    """Needs the data folder for itself. Raises SettingsError, having changed nothing.

    Everybody has to log in again, and links and codes have ended: what was ended since the backup must not live
    again. Passwords that were changed since do. And clients start over with the rooms: the numbers of later messages
    will be given out once more.

    Returns how many uploads the backup lacks; None for all: those that are there stay.
    """
    staged = _staged(settings)
    try:
        with archive.reading(path) as (backup, manifest):
            _discard(staged)
            _require_space(settings, archive.size_of(backup))
            _extract(backup, manifest, staged, progress)
            _prepare(staged[0], path)
            missing = _stage_uploads(manifest, path, staged, progress)
        replace_all(settings.data_dir, _moves(settings, staged))
    except ENGINE.ERRORS as error:
        raise SettingsError("backup_damaged", path=path) from error
    finally:
        _discard(staged)
    return missing


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
        migrate(database, keeps_backup=False)  # the archive is one; what follows is written for today's tables
    except NewerDatabase:
        raise SettingsError("backup_newer", path=path) from None
    except DamagedDatabase:
        raise SettingsError("backup_damaged", path=path) from None
    if not all(linked_uploads.NAME.fullmatch(name) for name in write_once(database, Attachment.names)):
        raise SettingsError("backup_damaged", path=path)  # the chat would sweep up files outside its folder
    write_once(database, Session.revoke_all, Clock().now())
    write_once(database, DeviceCode.withdraw_all)
    write_once(database, Invite.revoke_all)
    write_once(database, begin_new_epoch)


def _stage_uploads(manifest: Manifest, path: Path, staged: tuple[Path, Path, Path], progress: Progress) -> int | None:
    """Those from beside the archive; returns how many are missing of all that the database knows, None for all."""
    database, _, uploads = staged
    folder = linked_uploads.folder_of(path)
    names = write_once(database, Attachment.names)
    if manifest.has_uploads:
        return sum(not path_of(uploads, name).exists() for name in names)
    if manifest.linked is None or not folder.is_dir():
        return None
    uploads.mkdir(mode=0o700)
    return linked_uploads.take_out(folder, names, uploads, progress)


def _moves(settings: Settings, staged: tuple[Path, Path, Path]) -> list[Move]:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    database, keys, uploads = staged

    def aside(place: Path) -> Path:
        return place.with_name(f"{place.stem}-before-restore-{stamp}{place.suffix}")

    place = settings.database_path
    kept = aside(place)
    # The log of the old database must never be read into the new one; beside the old one it still counts.
    moves = [Move(None, Path(f"{place}{end}"), Path(f"{kept}{end}")) for end in ("-wal", "-shm")]
    moves.append(Move(database, place, kept))
    if keys.exists():
        moves.append(Move(keys, settings.keys_dir, aside(settings.keys_dir)))
    if uploads.exists():
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
