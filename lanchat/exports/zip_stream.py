"""Owns a zip that is handed on while it is written: nothing of it lies on a disk, and little of it in memory.

Python's own `zipfile` writes onto what can't be sought in; those made for streaming either bring a library of
cryptography along or may not be bundled. What stays in memory is the directory at its end, about 500 bytes a file.
"""

import zipfile
from pathlib import Path
from typing import IO, BinaryIO

READ_AT_ONCE = 256 * 1024  # bytes
LEVEL = 3  # of 9: twice as fast as the usual 6, and a tenth larger


class _Outlet:
    """What a ZipFile takes for a file: without `tell`, it knows that it can't go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class ZipStream:
    """One entry after the other. Methods block, and return what the archive grew by; used by one thread at a time."""

    def __init__(self) -> None:
        self._outlet = _Outlet()
        self._zip = zipfile.ZipFile(
            self._outlet,  # pyright: ignore[reportArgumentType, reportCallIssue], it needs no more
            "w",
            zipfile.ZIP_DEFLATED,
            compresslevel=LEVEL,
        )
        self._entry: IO[bytes] | None = None
        self._file: BinaryIO | None = None

    def begin(self, name: str, *, is_huge: bool = False) -> bytes:
        """An entry of text, which `write` fills. `is_huge`: it may become larger than 2 GB."""
        self._end()
        self._entry = self._zip.open(name, "w", force_zip64=is_huge)
        return self._outlet.take()

    def write(self, text: str | bytes) -> bytes:
        assert self._entry is not None
        self._entry.write(text.encode() if isinstance(text, str) else text)
        return self._outlet.take()

    def begin_file(self, name: str, path: Path) -> bytes | None:
        """An entry as it lies on the disk, which `pass_on` fills; None where it isn't there any more."""
        self._end()
        try:
            self._file = path.open("rb", buffering=0)
        except FileNotFoundError:
            return None
        info = zipfile.ZipInfo(name)
        info.file_size = path.stat().st_size
        info.external_attr = 0o644 << 16
        self._entry = self._zip.open(info, "w")
        return self._outlet.take()

    def pass_on(self) -> bytes:
        """A piece of the file; nothing at its end."""
        assert self._file is not None
        data = self._file.read(READ_AT_ONCE)
        return self.write(data) if data else b""

    def finish(self) -> bytes:
        """The directory, without which it is no archive: whoever was cut off sees that they were."""
        self._end()
        self._zip.close()
        return self._outlet.take()

    def discard(self) -> None:
        """However it ended."""
        self.finish()

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._entry is not None:
            self._entry.close()
            self._entry = None
