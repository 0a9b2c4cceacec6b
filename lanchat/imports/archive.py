"""Owns reading a zip that anybody may have made: nothing of it is unpacked, and nothing is believed to be small."""

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

import orjson

from lanchat.config import SettingsError

MB = 1 << 20
MAX_ENTRIES = 2_000_000
MAX_DOCUMENT = 256 * MB  # a list of users, a channel's day
MAX_LINE = 64 * MB  # of JSON: a post with all its replies
MAX_RATIO = 200  # of an entry larger than that, to what it takes in the archive: text comes to 20
SUSPICIOUS = 64 * MB


class Archive:
    """Raises SettingsError with where something is wrong."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.path = path
        self._zip = opened
        self._sizes = {info.filename: info.file_size for info in opened.infolist() if not info.is_dir()}
        self._check()

    def names(self) -> list[str]:
        return list(self._sizes)

    def has(self, name: str) -> bool:
        return name in self._sizes

    def size_of(self, name: str) -> int:
        """In bytes, as the archive says."""
        return self._sizes[name]

    def document(self, name: str) -> Any:
        """A whole JSON document."""
        with self.opened(name) as file:
            content = file.read(MAX_DOCUMENT + 1)
        if len(content) > MAX_DOCUMENT:
            raise self.damaged(name, "too large")
        return self.parsed(content, name)

    def lines(self, name: str) -> Iterator[tuple[int, Any]]:
        """Number and content of each line of JSON."""
        with self.opened(name) as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise self.damaged(f"{name}:{number}", "too long")
                if line.strip():
                    yield number, self.parsed(line, f"{name}:{number}")

    @contextmanager
    def opened(self, name: str) -> Generator[IO[bytes]]:
        try:
            with self._zip.open(name) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise self.damaged(name, str(error)) from None

    def parsed(self, content: bytes, where: str) -> Any:
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise self.damaged(where, str(error)) from None

    def damaged(self, where: str, reason: str) -> SettingsError:
        return SettingsError("import_damaged", path=self.path, where=where[:200], reason=reason[:200])

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES or len({info.filename for info in infos}) != len(infos):
            raise self.damaged("", "too many entries, or two of one name")
        for info in infos:
            parts = PurePosixPath(info.filename).parts
            if info.filename.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:|.*\\", info.filename):
                raise self.damaged(info.filename, "leads out of the archive")
            if info.file_size > SUSPICIOUS and info.file_size > MAX_RATIO * max(1, info.compress_size):
                raise self.damaged(info.filename, "packed too well to be true")
            if info.flag_bits & 1:
                raise self.damaged(info.filename, "encrypted")


@contextmanager
def reading(path: Path) -> Generator[Archive]:
    """Raises SettingsError."""
    try:
        with zipfile.ZipFile(path) as opened:
            yield Archive(path, opened)
    except (zipfile.BadZipFile, OSError) as error:
        raise SettingsError("import_damaged", path=path, where="", reason=str(error)) from None
