"""Owns how a stored file leaves: whole or in part, shown or saved, and never as a page of ours."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from quart import Request, Response
from quart.wrappers.response import ResponseBody
from werkzeug.datastructures import ContentRange
from werkzeug.http import dump_options_header

from lanchat.core.errors import RangeNotSatisfiable
from lanchat.files.images import FORMATS
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


def send_file(request: Request, stored: StoredFile) -> Response:
    """Answer a GET or HEAD; raises RangeNotSatisfiable."""
    file, etag = stored.payload, stored.path.name
    if request.if_none_match.contains(etag):
        return _with_headers(Response(status=HTTPStatus.NOT_MODIFIED), etag)
    part = _wanted_part(request, etag, file.file_size)
    start, end = part or (0, file.file_size)
    response = Response(b"" if request.method == "HEAD" else FileBody(stored.path, start, end))
    response.content_length = end - start
    response.content_type = file.content_type
    response.headers["Content-Disposition"] = disposition(file.content_type in FORMATS, file.filename)
    if part is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.content_range = ContentRange("bytes", start, end, file.file_size)
    return _with_headers(response, etag)


def disposition(is_shown: bool, filename: str) -> str:
    """RFC 6266: the name in full, and an ASCII one for who can't read that."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode().strip() or "file"
    names = {"filename": plain}
    if plain != filename:
        names["filename*"] = f"UTF-8''{quote(filename, safe='')}"
    return dump_options_header("inline" if is_shown else "attachment", names)


class FileBody(ResponseBody):
    """Bytes of a file from `start` up to `end`, read off the loop and only as fast as they are taken."""

    def __init__(self, path: Path, start: int, end: int) -> None:
        self._path, self._start, self._end = path, start, end
        self._file: BinaryIO | None = None

    async def __aenter__(self) -> AsyncIterator[bytes]:
        self._file = await asyncio.to_thread(self._open)
        return self._pieces(self._file)

    async def __aexit__(self, *_: object) -> None:
        if self._file is not None:
            await asyncio.to_thread(self._file.close)

    async def _pieces(self, file: BinaryIO) -> AsyncIterator[bytes]:
        left = self._end - self._start
        while left > 0 and (data := await asyncio.to_thread(file.read, min(left, READ_AT_ONCE))):
            left -= len(data)
            yield data

    def _open(self) -> BinaryIO:
        file = self._path.open("rb", buffering=0)
        file.seek(self._start)
        return file


def _wanted_part(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    """None for the whole, which also answers what can't be understood, or several parts (RFC 9110, 14.2)."""
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return None
    if "If-Range" in request.headers and request.if_range.etag != etag:
        return None
    part = wanted.range_for_length(size)
    if part is None:
        raise RangeNotSatisfiable(size=size)
    return max(part[0], 0), part[1]


def _with_headers(response: Response, etag: str) -> Response:
    response.headers.update(HEADERS)
    response.set_etag(etag)
    return response
