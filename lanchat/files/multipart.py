"""Owns reading the one file out of a form, as a stream: no more than a piece of it is ever in memory."""

import asyncio
import re
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, File, MultipartDecoder, NeedData

from lanchat.core.base.errors import InvalidInput, TooLarge, UnsupportedMediaType
from lanchat.core.base.refusals import invalid_input
from lanchat.files.errors import TooSlow

FIELD = "file"
MAX_PARTS = 20
MAX_BUFFERED = 1 << 20  # bytes of a piece or of a part's header
MAX_HELD = 1024  # bytes, see `_unbroken`
END_OF_HEADER = re.compile(rb"\r\n\r\n|\r\r|\n\n")
OVERHEAD = 256 * 1024  # bytes that a form may take beside the file
PIECE_TIMEOUT = 30.0  # s without anything arriving
SLOWEST = 4096  # bytes/s on average: who trickles would hold a connection for hours


@dataclass(frozen=True)
class Incoming:
    """A file that is being sent; nothing that its sender claims is true yet."""

    filename: str
    claimed_type: str
    content: AsyncIterator[bytes]


async def read_file(body: AsyncIterable[bytes], content_type: str, limit: int) -> Incoming:
    """Find the form's file; its content then reads the form to the end.

    Both raise InvalidInput for a form that is broken, has no file or has several; TooSlow; and TooLarge,
    with `limit`, when the body itself has had enough.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not boundary.isascii() or not boundary:
        raise UnsupportedMediaType(expected="multipart/form-data")
    events = _events(body, boundary.encode(), limit)
    async for event in events:
        if isinstance(event, File) and event.name == FIELD:
            claimed_type = parse_options_header(event.headers.get("content-type"))[0]
            return Incoming(event.filename, claimed_type, _content(events))
    raise invalid_input(FIELD, "missing")


async def _content(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    is_ours = True
    async for event in events:
        if isinstance(event, Data):
            if is_ours and event.data:
                yield event.data
        elif isinstance(event, File) and event.name == FIELD:
            raise invalid_input(FIELD, "one_file")
        else:
            is_ours = False


async def _events(body: AsyncIterable[bytes], boundary: bytes, limit: int) -> AsyncIterator[Event]:
    decoder = MultipartDecoder(boundary, MAX_BUFFERED, max_parts=MAX_PARTS)
    try:
        async for data in _unbroken(steadily(body)):
            decoder.receive_data(data)
            while not isinstance(event := _next_event(decoder), NeedData):
                yield event
        decoder.receive_data(None)
        while not isinstance(event := _next_event(decoder), Epilogue):
            yield event
    except RequestEntityTooLarge:
        raise TooLarge(limit=limit) from None
    except ValueError:
        raise _broken() from None


def _next_event(decoder: MultipartDecoder) -> Event:
    """A part's header that isn't UTF-8 is read as Latin-1, where every byte is a letter (RFC 7578, 5.1)."""
    try:
        return decoder.next_event()
    except UnicodeDecodeError:
        header = END_OF_HEADER.split(decoder.buffer, 1)[0]
        decoder.buffer[: len(header)] = header.decode("latin-1").encode()
        return decoder.next_event()


async def _unbroken(body: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Let no piece end within the end of a form.

    Werkzeug takes the line break before the last boundary for content when of the two dashes behind it only
    one has arrived: files would grow by a byte.
    """
    held = b""
    async for piece in body:
        data = held + piece
        end = max(len(data.rstrip(b"- \t")), len(data) - MAX_HELD)
        held = data[end:]
        if end:
            yield data[:end]
    if held:
        yield held


async def steadily(body: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """A body as it comes; raises TooSlow where it stops or trickles."""
    clock = asyncio.get_running_loop()
    pieces = aiter(body)
    deadline = clock.time() + PIECE_TIMEOUT
    while True:
        try:
            async with asyncio.timeout_at(min(deadline, clock.time() + PIECE_TIMEOUT)):
                data = await anext(pieces, b"")
        except TimeoutError:
            raise TooSlow from None
        if not data:
            return
        deadline += len(data) / SLOWEST
        yield data


def _broken() -> InvalidInput:
    return invalid_input("body", "multipart_invalid")
