"""Takes a WebSocket over from Hypercorn and Engine.IO after the handshake.

The only module that reaches into them; pyproject.toml pins their releases. On HTTP/2, on another server, or where
they are built differently, everything goes its ordinary way, only slower.
"""

import asyncio
import base64
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from engineio import AsyncServer, packet
from engineio.async_drivers.asgi import WebSocket
from engineio.async_socket import AsyncSocket

from lanchat.core.delivery.sockets.connection import Connection
from lanchat.core.delivery.sockets.poll_requests import PollRequests
from lanchat.core.delivery.sockets.polling import PacketQueue

Handler: TypeAlias = Callable[[WebSocket], Any]
WhenGone: TypeAlias = Callable[[], None]
Connect: TypeAlias = Callable[[AsyncSocket, asyncio.Transport, WhenGone], Connection]

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_ANSWER = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"X-Content-Type-Options: nosniff\r\nSec-WebSocket-Accept: %b\r\n\r\n"
)


@dataclass(frozen=True)
class _Grip:
    """What Hypercorn has built below one WebSocket: ASGI `send` → WSStream → H11Protocol → TCPServer → transport."""

    stream: Any
    protocol: Any
    server: Any
    transport: asyncio.Transport
    when_gone: WhenGone  # only ours has it: another server's connection can't be taken

    @classmethod
    def below(cls, send: Any) -> "_Grip | None":
        try:
            stream = send.__self__
            # Declines permessage-deflate: 20 µs a delivery, 90 KB a connection. A setting for it is asked for in
            # https://github.com/pgjones/hypercorn/issues/307
            stream.handshake.extensions = None
            protocol = stream.send.__self__
            server = protocol.send.__self__
            grip = cls(stream, protocol, server, server.writer.transport, server.when_gone)
            is_http1 = protocol.connection.h11_connection is not None and stream.handshake.key is not None
        except AttributeError:
            return None
        return grip if is_http1 else None

    def answer(self) -> bytes:
        """The end of the handshake that Hypercorn has found valid (RFC 6455, 4.2.2)."""
        digest = hashlib.sha1(self.stream.handshake.key + _GUID, usedforsecurity=False).digest()
        return _ANSWER % base64.b64encode(digest)

    def let_go(self) -> bytes:
        """Hypercorn's part is over, and nothing of it may look at the request again.

        Returns what the client sent ahead of our answer, and Hypercorn hasn't looked at yet.
        """
        waiting = self.server.reader._buffer  # noqa: SLF001
        unread = bytes(self.protocol.connection.buffer) + bytes(waiting)
        self.protocol.connection.buffer.clear()
        waiting.clear()
        self.server.give_away()
        self.stream.closed = True
        self.protocol.stream = None
        self.protocol.connection.h11_connection = None
        self.protocol.connection.is_accepted = _never  # asked the stream, with its request and a queue
        return unread


def _never() -> bool:
    """Hypercorn hasn't answered the handshake: we have."""
    return False


def _take(grip: _Grip, connection: Connection) -> None:
    """Without an `await`: no byte of the client can come in between, and be read by others."""
    unread = grip.let_go()
    try:
        connection.open(grip.answer())
        connection.data_received(unread)
    except BaseException:
        grip.transport.abort()  # nobody else would end it
        raise


def install(engine: AsyncServer, connect: Connect) -> None:
    """From now on `connect` gets every new WebSocket that can be taken over."""
    drivers = getattr(engine, "_async", None)
    if not isinstance(drivers, dict):
        return

    class Driver(WebSocket):
        def __init__(self, handler: Handler, server: AsyncServer) -> None:
            super().__init__(handler, server)
            self._socket: AsyncSocket = handler.__self__  # type: ignore[attr-defined]

        async def __call__(self, environ: dict[str, Any]) -> Literal[""]:
            grip = _Grip.below(environ["asgi.send"])
            if grip is None:
                return await self._go_the_ordinary_way(environ)
            if grip.transport.is_closing() or grip.stream.closed:  # the client has gone meanwhile
                await self._end_session(engine.reason.TRANSPORT_CLOSE)
                grip.stream.closed = True  # there is nobody to whom Hypercorn could answer
                return ""
            _take(grip, connect(self._socket, grip.transport, grip.when_gone))
            return ""

        async def _go_the_ordinary_way(self, environ: dict[str, Any]) -> Literal[""]:
            _start_pings(self._socket)
            try:
                return await super().__call__(environ)
            except Exception:  # noqa: BLE001, a packet that is none, in one of many ways
                await self._end_session(engine.reason.TRANSPORT_ERROR)
                return ""

        async def _end_session(self, reason: str) -> None:
            """Unless it is still in the hands of polling."""
            if self._socket.upgraded or not self._socket.connected:
                await self._socket.close(wait=False, abort=True, reason=reason)
            else:
                self._socket.upgrading = False

    drivers = {**drivers, "websocket": Driver, "translate_request": _translate_request}
    setattr(engine, "_async", drivers)  # noqa: B010, private


class _Body:
    """What the library reads a polling client's packets from; nothing is waited for until it does."""

    def __init__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        self._scope, self._receive = scope, receive

    async def read(self, length: int) -> bytes:
        if say_continue := self._scope.get("say_continue"):  # to a client that waits for it
            await say_continue()
        body, has_more = bytearray(), True
        while has_more and len(body) < length:
            event = await self._receive()
            body += event.get("body", b"")
            has_more = event.get("more_body", False)
        return bytes(body[:length])


async def _translate_request(scope: dict[str, Any], receive: Any, send: Any) -> dict[str, Any]:
    """The library's own costs 30 µs a request, says 127.0.0.1 for every client and believes X-Forwarded-Proto.

    It also waits for the beginning of a body, which may never come.
    """
    if scope["type"] == "websocket":
        await receive()  # `websocket.connect`
    client = scope.get("client")
    environ = {
        "REQUEST_METHOD": scope.get("method", "GET"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.input": _Body(scope, receive),
        "wsgi.url_scheme": "https" if scope.get("scheme") in {"https", "wss"} else "http",
        "asgi.receive": receive,
        "asgi.send": send,
        "asgi.scope": scope,
    }
    for name, value in scope["headers"]:
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    return environ


def postpone_pings(socket: AsyncSocket) -> None:
    """The library would start a task for each client; it does without while there is no ping to be answered."""
    socket.last_ping = None


def _start_pings(socket: AsyncSocket) -> None:
    if not socket.connected:
        socket.last_ping = time.time()
        socket.schedule_ping()


def take_requests(socket: AsyncSocket, requests: PollRequests) -> None:
    """From now on they are ours, in the place of the library's own."""
    socket.receive = requests.receive  # pyright: ignore[reportAttributeAccessIssue]
    socket.handle_get_request = requests.get  # pyright: ignore[reportAttributeAccessIssue]
    socket.handle_post_request = requests.post  # pyright: ignore[reportAttributeAccessIssue]


def let_go(socket: AsyncSocket) -> None:
    """After its end: what stands in for the library's methods would hold it, and it that, until somebody collects."""
    for name in ("receive", "handle_get_request", "handle_post_request"):
        vars(socket).pop(name, None)
    socket.send = _say_nothing  # pyright: ignore[reportAttributeAccessIssue]


async def _say_nothing(_: packet.Packet) -> None:
    pass


def divert(socket: AsyncSocket, connection: Connection) -> list[packet.Packet]:
    """From now on the library's packets go to `connection`; returns those that were still waiting."""
    waiting = socket.queue.drain()
    socket.send = connection.send_packet  # pyright: ignore[reportAttributeAccessIssue]
    socket.queue = _EMPTY
    return waiting


# An unused queue costs 2.5 KB; nothing is ever put into this one.
_EMPTY = PacketQueue()
