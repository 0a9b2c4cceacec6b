"""Owns what a backup is: a ZIP file of the database, the keys and the uploads, and what may be in one."""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from lanchat.config import SettingsError
from lanchat.core.base.schemas import Payload

MANIFEST, DATABASE = "manifest.json", "lanchat.db"
# Nothing else is ever taken out of an archive, and so nothing lands anywhere else.
MEMBER = re.compile(
    r"manifest\.json|lanchat\.db|keys/[A-Za-z0-9][A-Za-z0-9._-]{0,63}|uploads/([0-9a-f]{2})/\1[0-9a-f]{30}"
)
MAX_MANIFEST = 1 << 20  # bytes
PIECE = 1 << 20  # bytes
FORMAT = 1
# How `zipfile` and its manifest say that they can't be read.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValidationError, ValueError)

Progress = Callable[[int], object]
"""Hears how many bytes more are done."""


class Manifest(Payload):
    """`uploads` are in the archive, `linked` in the folder beside it; None where it has no such folder."""

    format: int
    version: str
    created_at: str
    has_uploads: bool
    uploads: int
    linked: int | None = None
    database_sha256: str


@contextmanager
def writing(target: Path) -> Generator[zipfile.ZipFile]:
    """An archive that appears under its name only when it is whole and on the disk. Raises SettingsError."""
    draft = target.with_name(f"{target.name}.part")
    if target.exists():
        raise SettingsError("backup_exists", path=target)
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def add(archive: zipfile.ZipFile, name: str, path: Path, progress: Progress) -> str:
    """Returns the file's SHA-256. Uploads are mostly compressed already."""
    method = zipfile.ZIP_STORED if name.startswith("uploads/") else zipfile.ZIP_DEFLATED
    info = zipfile.ZipInfo.from_file(path, name)
    info.compress_type, info.external_attr = method, 0o600 << 16
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        return _copy(source, target.write, progress)


def add_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))


@contextmanager
def reading(path: Path) -> Generator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive whose names and manifest are in order. Raises SettingsError, of its content as well."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _checked(archive)
    except DAMAGE as error:
        raise SettingsError("backup_damaged", path=path) from error
    except OSError as error:
        raise SettingsError("file_unreadable", path=error.filename or path, reason=error.strerror) from None


def extract(archive: zipfile.ZipFile, name: str, target: Path, progress: Progress) -> str:
    """Write one member to a new private file; returns its SHA-256."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    limit = archive.getinfo(name).file_size
    with (
        archive.open(name) as source,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
    ):

        def write(data: bytes) -> None:
            if file.tell() + len(data) > limit:
                raise zipfile.BadZipFile("more than it says")
            file.write(data)

        digest = _copy(source, write, progress)
        file.flush()
        os.fsync(file.fileno())
        return digest


def verify(path: Path, progress: Progress) -> None:
    """Read a finished archive again, every byte against its checksum. Raises SettingsError."""
    with reading(path) as (archive, _):
        for name in members(archive):
            with archive.open(name) as source:
                _copy(source, lambda _: None, progress)


def members(archive: zipfile.ZipFile) -> Iterator[str]:
    """The names of what it holds, but for the manifest."""
    return (name for name in archive.namelist() if name != MANIFEST)


def size_of(archive: zipfile.ZipFile) -> int:
    """In bytes, unpacked."""
    return sum(archive.getinfo(name).file_size for name in members(archive))


def _checked(archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    if len(set(names)) != len(names) or not all(MEMBER.fullmatch(name) for name in names):
        raise zipfile.BadZipFile("names that no backup has")
    if DATABASE not in names or MANIFEST not in names or archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
        raise zipfile.BadZipFile("not a backup")
    manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    if manifest.format > FORMAT:
        raise SettingsError("backup_newer", path=archive.filename)
    return manifest


def _copy(source: IO[bytes], write: Callable[[bytes], object], progress: Progress) -> str:
    digest = hashlib.sha256()
    while data := source.read(PIECE):
        digest.update(data)
        write(data)
        progress(len(data))
    return digest.hexdigest()
