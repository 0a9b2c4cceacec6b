"""Takes a WebSocket over from Hypercorn and Engine.IO after the handshake.

The only module that reaches into them; pyproject.toml pins their releases. On HTTP/2, on another server, or where
they are built differently, everything goes its ordinary way, only slower.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from engineio import AsyncServer, packet
from engineio.async_drivers.asgi import WebSocket
from engineio.async_socket import AsyncSocket

from lanchat.core.connection import Connection
from lanchat.core.queued import PacketQueue

Handler: TypeAlias = Callable[[WebSocket], Any]
Connect: TypeAlias = Callable[[AsyncSocket, asyncio.Transport, asyncio.BaseProtocol], Connection]


@dataclass(frozen=True)
class _Grip:
    """What Hypercorn has built below one WebSocket: ASGI `send` → WSStream → H11Protocol → TCPServer → transport."""

    stream: Any
    protocol: Any
    server: Any
    transport: asyncio.Transport

    @classmethod
    def below(cls, send: Any) -> "_Grip | None":
        try:
            stream = send.__self__
            stream.handshake.extensions = None  # declines permessage-deflate: 20 µs a delivery, 90 KB a connection
            protocol = stream.send.__self__
            server = protocol.send.__self__
            grip = cls(stream, protocol, server, server.writer.transport)
            is_http1 = protocol.connection.h11_connection is not None
        except AttributeError:
            return None
        return grip if is_http1 else None

    def unread(self) -> bytes:
        """What the client sent ahead of our answer, and Hypercorn hasn't looked at yet."""
        waiting = self.server.reader._buffer  # noqa: SLF001
        data = bytes(waiting)
        waiting.clear()
        return data

    def let_go(self) -> None:
        """Hypercorn now only waits for the end of the connection: free what it kept for reading and writing."""
        self.stream.closed = True
        self.protocol.stream = None
        self.protocol.connection.h11_connection = None


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
            connection = connect(self._socket, grip.transport, grip.transport.get_protocol())
            connection.data_received(grip.unread())
            await environ["asgi.send"]({"type": "websocket.accept"})
            grip.let_go()
            connection.open()
            return ""

        async def _go_the_ordinary_way(self, environ: dict[str, Any]) -> Literal[""]:
            _start_pings(self._socket)
            try:
                return await super().__call__(environ)
            except ValueError:  # a packet that is none
                self._socket.upgrading = False
                if self._socket.upgraded:  # the library would forget to end the session
                    await self._socket.close(wait=False, abort=True, reason=engine.reason.TRANSPORT_ERROR)
                return ""

    setattr(engine, "_async", {**drivers, "websocket": Driver})  # noqa: B010, private


def postpone_pings(socket: AsyncSocket) -> None:
    """The library would start a task for each client; it does without while there is no ping to be answered."""
    socket.last_ping = None


def _start_pings(socket: AsyncSocket) -> None:
    if not socket.connected:
        socket.last_ping = time.time()
        socket.schedule_ping()


def divert(socket: AsyncSocket, connection: Connection) -> list[packet.Packet]:
    """From now on the library's packets go to `connection`; returns those that were still waiting."""
    waiting = socket.queue.drain()
    socket.send = connection.send_packet  # pyright: ignore[reportAttributeAccessIssue]
    socket.queue = _EMPTY
    return waiting


# An unused queue costs 2.5 KB; nothing is ever put into this one.
_EMPTY = PacketQueue()
