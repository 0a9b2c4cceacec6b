"""Owns the requests of a polling client: each is read within bounds, and none outlives its connection or its session.

The library's own wait for a poll that never comes, drop a body without an announced length, and run ten thousand
events without a break.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from engineio import packet as eio_packet
from engineio.async_socket import AsyncSocket
from engineio.exceptions import ContentTooLongError, EngineIOError, QueueEmpty, SocketIsClosedError

from lanchat.core.delivery.sockets.connection import WITHOUT_MEANING
from lanchat.core.delivery.sockets.load import EVENTS_A_TURN, MAX_UNFINISHED, Load
from lanchat.core.delivery.sockets.polling import QueuedSocket

MAX_POST = 1 << 20  # bytes
MAX_FIRST_POST = 1 << 16  # bytes, of who hasn't connected to Socket.IO yet and may be anybody
MAX_PACKETS = 10_000  # of a POST: an outbox sent on return holds many
BODY_TIMEOUT = 30.0  # s for a POST to arrive
SEPARATOR = b"\x1e"

Environ = dict[str, Any]


class Overlap(EngineIOError):
    """A second poll or POST while the first goes on, which no client sends."""


class Receiver(Protocol):
    """Who decides what packets mean."""

    def is_handled(self, eio_sid: str, text: bytes, load: Load) -> bool: ...
    async def receive(self, eio_sid: str, text: bytes, load: Load) -> None: ...
    def refuse_binary(self, eio_sid: str, load: Load) -> None: ...
    def report(self, name: str, error: BaseException) -> None: ...


class PollRequests:
    """Stands in for three methods of the library's socket, which answers 400 and ends the session if they raise."""

    def __init__(self, link: QueuedSocket, receiver: Receiver) -> None:
        self._link = link
        self._receiver = receiver
        self._stock_get: Callable[[Environ], Awaitable[Any]] = AsyncSocket.handle_get_request.__get__(link.socket)
        self._stock_receive: Callable[[eio_packet.Packet], Awaitable[None]] = AsyncSocket.receive.__get__(link.socket)
        self._is_polled = self._is_told = False

    async def get(self, environ: Environ) -> Any:
        socket = self._link.socket
        if environ.get("HTTP_UPGRADE") or socket.upgrading or socket.upgraded:
            return await self._stock_get(environ)
        if self._is_polled:
            raise Overlap
        self._is_polled = True
        try:
            return await self._poll(environ["asgi.receive"])
        except EngineIOError:
            raise
        except Exception as error:
            raise self._failed(error) from error
        finally:
            self._is_polled = False

    async def _poll(self, receive: Callable[[], Awaitable[Any]]) -> list[eio_packet.Packet]:
        socket = self._link.socket
        if not socket.queue.empty():
            return await socket.poll()
        poll = asyncio.ensure_future(socket.poll())
        hang_up = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait((poll, hang_up), return_when=asyncio.FIRST_COMPLETED)
        finally:
            hang_up.cancel()
            poll.cancel()  # after which the library's raises QueueEmpty, too
            await asyncio.wait((poll, hang_up))
        try:
            return poll.result()
        except (QueueEmpty, asyncio.CancelledError):
            await socket.close(wait=False, reason=socket.server.reason.TRANSPORT_ERROR)
            raise QueueEmpty from None

    async def receive(self, packet: eio_packet.Packet) -> None:
        """A packet that the library has read, from a WebSocket that we could not take over."""
        if packet.packet_type <= eio_packet.NOOP:
            await self._stock_receive(packet)
            return
        socket = self._link.socket
        await socket.close(wait=False, reason=socket.server.reason.TRANSPORT_ERROR)
        raise SocketIsClosedError

    async def post(self, environ: Environ) -> None:
        if self._is_told:
            raise Overlap
        self._is_told = True
        try:
            await self._take_all(await self._read(environ))
        except EngineIOError:
            raise
        except Exception as error:
            raise self._failed(error) from error
        finally:
            self._is_told = False

    def _failed(self, error: Exception) -> EngineIOError:
        self._receiver.report(f"poll of {self._link.socket.sid}", error)
        return EngineIOError()

    async def _read(self, environ: Environ) -> bytes:
        limit = MAX_FIRST_POST if self._link.sid is None else MAX_POST
        announced = int(environ.get("CONTENT_LENGTH") or 0)
        if announced > limit:
            raise ContentTooLongError
        try:
            async with asyncio.timeout(BODY_TIMEOUT):
                body = await environ["wsgi.input"].read(limit + 1)
        except TimeoutError:
            raise EngineIOError("too slow") from None
        if len(body) > limit:
            raise ContentTooLongError
        if len(body) < announced:
            raise EngineIOError("cut off")
        return body

    async def _take_all(self, body: bytes) -> None:
        packets = body.split(SEPARATOR, MAX_PACKETS) if body else []
        if len(packets) > MAX_PACKETS:
            raise ContentTooLongError
        for number, packet in enumerate(packets, start=1):
            await self._take(packet)
            if self._link.socket.closed:
                return
            if number % EVENTS_A_TURN == 0:
                await asyncio.sleep(0)  # everybody else's turn
            while self._link.load.unfinished >= MAX_UNFINISHED:
                await self._link.until_free()

    async def _take(self, packet: bytes) -> None:
        socket, load = self._link.socket, self._link.load
        kind, text = packet[:1], packet[1:]
        if kind == b"4":
            if not self._receiver.is_handled(socket.sid, text, load):
                await self._receiver.receive(socket.sid, text, load)
        elif kind == b"3":
            socket.schedule_ping()
        elif kind == b"1":
            await socket.close(wait=False, abort=True, reason=socket.server.reason.CLIENT_DISCONNECT)
        elif kind == b"b":
            self._receiver.refuse_binary(socket.sid, load)
        elif kind in WITHOUT_MEANING:
            load.refuse()
        else:
            raise EngineIOError("no packet")


async def _until_gone(receive: Callable[[], Awaitable[Any]]) -> None:
    """Ends when the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
