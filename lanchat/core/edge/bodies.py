"""Owns how bodies flow: a request is never piled up in memory, and an answer reaches whoever still sends."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from typing import Any, cast

from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent
from quart import Request
from quart.asgi import ASGIHTTPConnection
from quart.typing import ResponseTypes
from quart.wrappers.request import Body
from werkzeug.exceptions import RequestEntityTooLarge

from lanchat.core.server.asgi import LINGER_BYTES, LINGER_TIME, SAY_CONTINUE, UNASKED_LINGER_TIME

HIGH_WATER = 256 * 1024  # bytes that wait for a reader before the sender has to
SEND_TIMEOUT = 60.0  # s for one piece of an answer to be taken

Pieces = Generator[Any, None, Any]


class PacedBody(Body):
    """A request body that makes its sender wait while nobody reads it.

    The stock one takes in whatever arrives, as fast as it arrives. `limit` (bytes) counts what arrived
    altogether, not what waits, and may be changed until the first read.
    """

    def __init__(self, expected_content_length: int | None, max_content_length: int | None) -> None:
        super().__init__(expected_content_length, None)
        self.limit = max_content_length
        self.has_ended = asyncio.Event()  # nothing more will come, or be taken
        self.say_continue: Callable[[], Awaitable[None]] | None = None  # once, to a sender who waits for it
        self._announced = expected_content_length or 0
        self._arrived = 0
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._wants_all = False
        self._is_discarded = False

    async def __anext__(self) -> bytes:
        self._require_within_limit()
        await self._begin()
        data = await super().__anext__()
        self._has_room.set()
        self._require_within_limit()
        return data

    def __await__(self) -> Pieces:
        self._require_within_limit()
        self._wants_all = True
        self._has_room.set()
        yield from self._begin().__await__()
        data = yield from super().__await__()
        self._require_within_limit()
        return data

    async def _begin(self) -> None:
        """Somebody reads: only now a sender who waits for that is told to go on."""
        if self.say_continue is not None:
            say, self.say_continue = self.say_continue, None
            await say()

    async def wait_for_room(self) -> None:
        await self._has_room.wait()

    def append(self, data: bytes) -> None:
        self._arrived += len(data)
        if self._is_discarded:
            if self._arrived > LINGER_BYTES:
                self.has_ended.set()
            return
        super().append(data)
        if self._wants_all and self._is_too_large():
            super().set_complete()  # whoever waits gets to know at once
        elif len(self._data) >= HIGH_WATER and not self._wants_all:
            self._has_room.clear()

    def set_complete(self) -> None:
        super().set_complete()
        self.has_ended.set()

    def discard(self) -> None:
        """Drop what waits and what is still to come."""
        self._is_discarded = True
        self.clear()
        self._has_room.set()

    def _is_too_large(self) -> bool:
        return self.limit is not None and max(self._announced, self._arrived) > self.limit

    def _require_within_limit(self) -> None:
        if self._is_too_large():
            raise RequestEntityTooLarge


class PacedConnection(ASGIHTTPConnection):
    """One request and its answer, each no faster than the other side takes it."""

    async def handle_messages(self, request: Request, receive: ASGIReceiveCallable) -> None:
        body = cast(PacedBody, request.body)
        while True:
            await body.wait_for_room()
            message = await receive()
            if message["type"] == "http.request":
                body.append(message.get("body", b""))
                if not message.get("more_body", False):
                    body.set_complete()
            elif message["type"] == "http.disconnect":
                return

    async def handle_request(self, request: Request, send: ASGISendCallable) -> None:
        self._body = cast(PacedBody, request.body)
        self._body.say_continue = cast("dict[str, Any]", self.scope).get(SAY_CONTINUE)
        await super().handle_request(request, send)

    async def _send_response(self, send: ASGISendCallable, response: ResponseTypes) -> None:
        async def send_paced(message: ASGISendEvent) -> None:
            if message["type"] == "http.response.body" and not message["more_body"]:
                await self._linger()
            async with asyncio.timeout(SEND_TIMEOUT):
                await send(message)

        await super()._send_response(send_paced, response)

    async def _linger(self) -> None:
        """What `linger` does, while our own task receives."""
        self._body.discard()
        is_unasked = self._body.say_continue is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(UNASKED_LINGER_TIME if is_unasked else LINGER_TIME):
                await self._body.has_ended.wait()
