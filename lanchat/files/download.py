"""Owns how a stored file leaves: whole or in part, shown or saved, and never as a page of ours."""

import re
import threading
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from quart import Request, Response
from quart.wrappers.response import ResponseBody
from werkzeug.datastructures import ContentRange
from werkzeug.http import dump_options_header

from lanchat.core.base.fair_turns import Pool
from lanchat.core.edge.conditions import has_it, wants_nothing, wants_part
from lanchat.files.errors import RangeNotSatisfiable
from lanchat.files.images.formats import FORMATS
from lanchat.files.names import served_type
from lanchat.files.service import StoredFile

READ_AT_ONCE = 256 * 1024  # bytes; more is no faster

HEADERS = {
    "Accept-Ranges": "bytes",
    # A name is never used twice, so what it stands for never changes; and nobody else may keep it.
    "Cache-Control": "private, max-age=31536000, immutable",
    # An SVG or HTML that somebody sent must not act as one of our pages.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Reader(NamedTuple):
    """Who reads, and on which threads."""

    user_id: int
    threads: Pool


def send_file(request: Request, stored: StoredFile, reader: Reader) -> Response:
    """Answer a GET or HEAD; raises RangeNotSatisfiable and PreconditionFailed."""
    file, etag = stored.payload, stored.path.name
    if has_it(request, etag):
        return with_headers(Response(status=HTTPStatus.NOT_MODIFIED), etag)
    part = _wanted_part(request, etag, file.file_size)
    start, end = part or (0, file.file_size)
    response = Response(b"" if request.method == "HEAD" else FileBody(stored.path, start, end, reader))
    response.content_length = end - start
    response.content_type = served_type(file.content_type)
    response.headers["Content-Disposition"] = disposition(file.content_type in FORMATS, file.filename)
    if part is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.content_range = ContentRange("bytes", start, end, file.file_size)
    return with_headers(response, etag)


def disposition(is_shown: bool, filename: str) -> str:
    """RFC 6266: the name in full, and an ASCII one for who can't read that."""
    plain = re.sub(r"[^ !#-\[\]-~]", "_", filename)
    names = {"filename": plain}
    if plain != filename:
        names["filename*"] = f"UTF-8''{quote(filename, safe='')}"
    return dump_options_header("inline" if is_shown else "attachment", names)


class FileBody(ResponseBody):
    """Bytes of a file from `start` up to `end`, read off the loop and only as fast as they are taken."""

    def __init__(self, path: Path, start: int, end: int, reader: Reader) -> None:
        self._path, self._start, self._left = path, start, end - start
        self._reader = reader
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._is_closed = False

    async def __aenter__(self) -> AsyncIterator[bytes]:
        return self._pieces()

    async def __aexit__(self, *_: object) -> None:
        # Whoever hangs up cancels us, maybe twice; a thread may still be reading, and closes behind it.
        await self._reader.threads.clean_up(self._close)

    async def _pieces(self) -> AsyncIterator[bytes]:
        user_id, threads = self._reader
        while data := await threads.run(user_id, self._read):
            yield data

    def _read(self) -> bytes:
        with self._lock:
            if self._is_closed:
                return b""
            if self._file is None:
                self._file = self._path.open("rb", buffering=0)
                self._file.seek(self._start)
            data = self._file.read(min(self._left, READ_AT_ONCE))
            self._left -= len(data)
            return data

    def _close(self) -> None:
        with self._lock:
            self._is_closed = True
            if self._file is not None:
                self._file.close()


def _wanted_part(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    """None for the whole, which also answers what can't be understood, or several parts (RFC 9110, 14.2)."""
    if wants_nothing(request) and wants_part(request, etag):
        raise RangeNotSatisfiable(size=size)
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not wants_part(request, etag):
        return None
    if wanted.ranges[0][0] < -size:
        return 0, size  # the last so many bytes, of fewer
    part = wanted.range_for_length(size)
    if part is None:
        raise RangeNotSatisfiable(size=size)
    return part


def with_headers(response: Response, etag: str) -> Response:
    response.headers.update(HEADERS)
    response.set_etag(etag)
    return response
