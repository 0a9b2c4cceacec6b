"""Owns the folder beside a daily backup: the uploads once more, as hard links, which take no space of their own.

An upload never changes, so a link holds it as it was, whatever becomes of the name that the chat knows it by.
"""

import errno
import logging
import os
import re
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from lanchat.backups.archive import Progress
from lanchat.core.base.private_file import sync_folder
from lanchat.files.storage import path_of

SUFFIX = ".files"
NAME = re.compile("[0-9a-f]{32}")
# How file systems say that they can't have one file under two names.
UNABLE = {errno.EPERM, errno.EXDEV, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}

log = logging.getLogger(__name__)


def folder_of(archive: Path) -> Path:
    return archive.with_suffix(SUFFIX)


def link_all(uploads: Path, names: Iterable[str], folder: Path, progress: Progress) -> int | None:
    """Durably; returns how many there were, None where the file system can't do that. `progress` may end it."""
    folder.mkdir(mode=0o700)
    count = 0
    try:
        for name in names:
            progress(0)
            count += _link(path_of(uploads, name), path_of(folder, name))
    except OSError as error:
        if error.errno not in UNABLE:
            raise
        log.warning("the daily backups hold no uploads, as the disk can't link them: %s", error.strerror)
        discard(folder)
        return None
    for place in (*folder.iterdir(), folder, folder.parent):
        sync_folder(place)
    return count


def take_out(folder: Path, names: Iterable[str], target: Path, progress: Progress) -> int:
    """Put what the folder holds of these into another; returns how many it lacks.

    Linked, or copied to another disk. Nothing but regular files: a folder may come from anybody.
    """
    missing = 0
    for name in names:
        source = path_of(folder, name)
        # The names are from the archive's own database: one of them may lead out of here.
        if not NAME.fullmatch(name) or not _is_file(source):
            missing += 1
            continue
        place = path_of(target, name)
        try:
            _link(source, place)
        except OSError as error:
            if error.errno not in UNABLE:
                raise
            _copy(source, place)
        progress(place.stat().st_size)
    return missing


def size_of(folder: Path) -> int:
    """In bytes, of everything in it."""
    return sum(path.lstat().st_size for path in folder.glob("??/*"))


def discard(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def discard_orphans(backups: Path, pattern: str) -> None:
    """Folders whose archive is gone, or never came to be because the power went."""
    for folder in backups.glob(pattern + SUFFIX):
        if not folder.with_suffix(".zip").exists():
            discard(folder)


def _link(source: Path, place: Path) -> bool:
    """False where the source is gone: it was lost before, and a backup of the rest is still wanted."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        os.link(source, place)
    except FileNotFoundError:
        return False
    return True


def _copy(source: Path, place: Path) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as copy, source.open("rb") as original:
        shutil.copyfileobj(original, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _is_file(path: Path) -> bool:
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode)
    return False
