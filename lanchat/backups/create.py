"""Makes backups: one when asked, all in a file; one a day by itself, with the uploads as links beside it."""

import asyncio
import logging
import shutil
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import lanchat
from lanchat.backups import archive, linked_uploads
from lanchat.backups.archive import Manifest, Progress
from lanchat.config import Settings, SettingsError
from lanchat.core.base.clock import Clock
from lanchat.core.base.fair_turns import Apart, Brief
from lanchat.core.chat import Chat
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.engines.snapshots import copy_database
from lanchat.files.models import Attachment
from lanchat.files.storage import path_of

DAY = 24 * 3600.0  # s
FIRST_AFTER = 60.0  # s from the start, which has enough to do
RETRY_AFTER = 3600.0  # s
DAILY = "lanchat-????-??-??-??????"
LOOKING = Brief("backups_looked_at", "one look at each backup that is kept")
BACKING_UP = Apart("daily_backup", "once a day, as long as the disk takes for the database; uploads are linked")

log = logging.getLogger(__name__)


class GivenUp(Exception):
    """Nobody waits for this backup any more."""


def size_of(settings: Settings) -> int:
    """About how many bytes a full backup is going to copy."""
    uploads = sum(path.stat().st_size for path in settings.uploads_dir.glob("??/*"))
    return settings.database_path.stat().st_size + uploads


def back_up(settings: Settings, target: Path, progress: Progress) -> None:
    """Everything, as it is at one moment; the server may be running. Raises SettingsError.

    First the database, then the files that it knows: nothing removes those while somebody may read them.
    """
    _write(settings, target, progress, is_daily=False)
    archive.verify(target, progress)


def back_up_daily(settings: Settings, progress: Progress) -> Path:
    """Database and keys in a file, and links to the uploads beside it: seven copies of them would fill the disk."""
    settings.backups_dir.mkdir(mode=0o700, exist_ok=True)
    target = settings.backups_dir / f"lanchat-{time.strftime('%Y-%m-%d-%H%M%S', time.gmtime())}.zip"
    size = settings.database_path.stat().st_size
    if shutil.disk_usage(settings.backups_dir).free < 2 * size + settings.disk_reserve_bytes:
        raise SettingsError("backup_no_space", path=settings.backups_dir)
    _write(settings, target, progress, is_daily=True)
    archive.verify(target, progress)
    _forget_old(settings, target)
    return target


async def keep_backing_up(chat: Chat) -> None:
    """Every day, where the settings want any."""
    settings = chat.settings
    if settings.daily_backups == 0:
        return
    await asyncio.sleep(max(FIRST_AFTER, DAY - await LOOKING.run(_age_of_newest, settings)))
    while True:
        try:
            log.info("backed up to %s", await _back_up_in_thread(settings))
            pause = DAY
        except (SettingsError, OSError, *ENGINE.ERRORS) as error:
            log.warning("no backup could be made, next try in an hour: %s", error)
            pause = RETRY_AFTER
        await asyncio.sleep(pause)


async def _back_up_in_thread(settings: Settings) -> Path:
    """Given up when this is cancelled: a stop must not wait for it."""
    is_given_up = threading.Event()

    def progress(_: int) -> None:
        if is_given_up.is_set():
            raise GivenUp

    try:
        return await BACKING_UP.run(back_up_daily, settings, progress)
    finally:
        is_given_up.set()


def _write(settings: Settings, target: Path, progress: Progress, *, is_daily: bool) -> None:
    copy, folder = target.with_name(f"{target.name}.db"), linked_uploads.folder_of(target)
    try:
        with archive.writing(target) as draft:
            copy.unlink(missing_ok=True)
            copy_database(settings.database_path, copy, progress)
            names = Attachment.names_in(copy)
            linked = linked_uploads.link_all(settings.uploads_dir, names, folder, progress) if is_daily else None
            digest = archive.add(draft, archive.DATABASE, copy, progress)
            for path in sorted(settings.keys_dir.iterdir()):
                archive.add(draft, f"keys/{path.name}", path, progress)
            count = 0 if is_daily else sum(1 for _ in _add_uploads(draft, settings.uploads_dir, names, progress))
            manifest = Manifest(
                format=archive.FORMAT,
                version=lanchat.__version__,
                created_at=Clock().now(),
                has_uploads=not is_daily,
                uploads=count,
                linked=linked,
                database_sha256=digest,
            )
            archive.add_manifest(draft, manifest)
    except (OSError, *ENGINE.ERRORS) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SettingsError("backup_failed", path=target, reason=reason) from error
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        if is_daily and not target.exists():
            linked_uploads.discard(folder)


def _add_uploads(draft: zipfile.ZipFile, uploads: Path, names: Iterable[str], progress: Progress) -> Iterator[str]:
    for name in names:
        path = path_of(uploads, name)
        if path.exists():  # else it was lost before, and a backup of the rest is still wanted
            archive.add(draft, f"uploads/{name[:2]}/{name}", path, progress)
            yield name


def _age_of_newest(settings: Settings) -> float:
    """In seconds; a day where there is none, or where the clock says nonsense."""
    ages = [time.time() - path.stat().st_mtime for path in settings.backups_dir.glob(f"{DAILY}.zip")]
    return min((age for age in ages if age >= 0), default=DAY)


def _forget_old(settings: Settings, newest: Path) -> None:
    """Keep as many as the settings say; whatever the clock did, never drop the one just made."""
    others = sorted(path for path in settings.backups_dir.glob(f"{DAILY}.zip") if path != newest)
    for path in others[: max(0, len(others) - settings.daily_backups + 1)]:
        path.unlink()
    linked_uploads.discard_orphans(settings.backups_dir, DAILY)
