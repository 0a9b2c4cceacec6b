"""Owns the files on the disk: one on its way in, one in its place, and those that nobody knows any more."""

import logging
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from lanchat.core.base.errors import StorageFull
from lanchat.core.base.private_file import sync_folder
from lanchat.files.images.clean import Picture, clean

# Beside the folders of what is stored: what is on its way in, and what goes on after an interruption.
INCOMING = "incoming"
UNFINISHED = "unfinished"
T = TypeVar("T")
NAME_BYTES = 16  # 128 bits: nobody guesses one

log = logging.getLogger(__name__)


def new_name() -> str:
    return secrets.token_hex(NAME_BYTES)


def path_of(uploads: Path, name: str) -> Path:
    """Where a stored file lies; spread over 256 folders, which some file systems need."""
    return uploads / name[:2] / name


class GivenUp(Exception):
    """The upload was discarded while a thread was about to work on it; nobody waits for that any more."""


class Upload:
    """A file on its way in: aside until it is whole, then in its place, and gone unless it is kept.

    Its methods block and raise StorageFull; they may be called from any thread, even while another one
    still works for a request that was given up.
    """

    def __init__(self, uploads: Path, reserve: int, unfinished: str | None = None) -> None:
        """`unfinished` is the name of one that is begun already, or goes on when it has been interrupted."""
        self.name = unfinished or new_name()
        self.is_kept = False
        self._uploads, self._reserve = uploads, reserve
        self._goes_on = unfinished is not None
        self._path = uploads / (UNFINISHED if unfinished else INCOMING) / self.name
        self._cleaned = self._path.with_suffix(".cleaned")
        self._placed: Path | None = None
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._is_discarded = False

    def open(self) -> None:
        with self._working():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = _create(self._path)

    def go_on(self) -> int | None:
        """Open what has arrived of an unfinished one, to write behind it; its size, None where nothing is there."""
        with self._working():
            try:
                self._file = self._path.open("r+b")
            except FileNotFoundError:
                return None
            return self._file.seek(0, os.SEEK_END)

    def head(self, size: int) -> bytes:
        """The first bytes of what has arrived and is closed."""
        with self._working(), self._path.open("rb") as file:
            return file.read(size)

    def write(self, data: bytes) -> None:
        """Leaves the disk its reserve: the database must be able to go on."""
        with self._working():
            assert self._file is not None
            require_space(self._uploads, self._reserve + len(data))
            self._file.write(data)
            if self._goes_on:
                self._file.flush()  # what the client is told to have arrived outlives a crash of ours

    def close(self) -> None:
        with self._working():
            self._close()

    def clean(self, content_type: str) -> Picture | None:
        """Put a cleaned copy in the place of an image; None if the file is no image after all.

        Of an unfinished one it stands beside: with another process that begins anew, the bytes must be those that came.
        """
        with self._working():
            self._cleaned.unlink(missing_ok=True)
            with _create(self._cleaned) as target:
                picture = clean(self._path, target, content_type)
            if picture is None:
                self._cleaned.unlink()
            elif not self._goes_on:
                self._cleaned.replace(self._path)
            return picture

    def draw(self, draw: Callable[[Path, str], T | None], content_type: str) -> T | None:
        """What `draw` makes of the cleaned image; None if it is none."""
        if self.clean(content_type) is None:
            return None
        with self._working():
            return draw(self._path, content_type)

    def place(self) -> int:
        """Move the file where its name says, durably; returns its size in bytes. An unfinished one stays as well."""
        with self._working():
            source = self._cleaned if self._goes_on and self._cleaned.exists() else self._path
            with source.open("r+b") as file:
                os.fsync(file.fileno())
                size = os.fstat(file.fileno()).st_size
            target = path_of(self._uploads, self.name)
            if not target.parent.exists():
                target.parent.mkdir(mode=0o700, exist_ok=True)
                sync_folder(self._uploads)
            if source is self._path and self._goes_on:
                _link(source, target)
            else:
                source.replace(target)
            self._placed = target
            sync_folder(target.parent)
            return size

    def tidy(self) -> None:
        """Of an unfinished one that is a file now, remove what it was made from; of one that isn't, what was made."""
        with self._lock:
            remove((self._path, self._cleaned) if self.is_kept else (self._cleaned, self._placed))

    def discard(self) -> None:
        with self._lock:
            self._is_discarded = True
            with suppress(OSError):  # of what a full disk left in the buffer
                self._close()
            remove((self._path, self._cleaned, self._placed))

    @contextmanager
    def _working(self) -> Generator[None]:
        with self._lock, _disk_trouble():
            if self._is_discarded:
                raise GivenUp
            yield

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            file.close()


def require_space(uploads: Path, size: int) -> None:
    """Raises StorageFull unless so many bytes are free."""
    if shutil.disk_usage(uploads).free < size:
        raise StorageFull


def discard_incoming(uploads: Path) -> None:
    """Remove what a former run left unfinished; only before anything comes in."""
    folder = uploads / INCOMING
    if folder.is_dir():
        remove(folder.iterdir())


def old_files(uploads: Path, age: float) -> dict[str, Path]:
    """What has been in its place for `age` seconds, by name."""
    aside = {INCOMING, UNFINISHED}
    folders = [folder for folder in uploads.iterdir() if folder.name not in aside]
    return {name: path for folder in folders for name, path in aged(folder, age).items()}


def missing(folder: Path, names: Iterable[str]) -> list[str]:
    """Those of the names under which nothing lies in a folder."""
    return [name for name in names if not (folder / name).exists()]


def aged(folder: Path, age: float) -> dict[str, Path]:
    """What has lain in a folder, where there is one, for `age` seconds, by name."""
    latest = time.time() - age
    old: dict[str, Path] = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # gone in between
            if path.stat().st_mtime < latest:
                old[path.name] = path
    return old


def remove(paths: Iterable[Path | None]) -> None:
    """Remove files; one that can't be is left to the next sweep."""
    for path in filter(None, paths):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("could not remove %s: %s", path, error)


def _link(source: Path, target: Path) -> None:
    """The same file under both names; a file system that knows no such thing gets a move."""
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        source.replace(target)


def _create(path: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "w+b")


@contextmanager
def _disk_trouble() -> Generator[None]:
    try:
        yield
    except OSError as error:
        log.error("an upload could not be stored: %s", error)  # noqa: TRY400, its cause is outside
        raise StorageFull from error
