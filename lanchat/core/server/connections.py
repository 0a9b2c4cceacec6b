"""Owns one HTTP connection: Hypercorn's, mended where it would wait for ever or lose what a client sent."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import h11
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.events import Closed, Event, RawData
from hypercorn.protocol.events import Event as StreamEvent
from hypercorn.protocol.events import Response
from hypercorn.protocol.h11 import H11Protocol, H11WSConnection
from hypercorn.protocol.ws_stream import Handshake

from lanchat.core.server.asgi import SAY_CONTINUE

ABSOLUTE = re.compile(rb"https?://([^/?#@\s]+)([/?][^#\s]*)?", re.IGNORECASE)
MAX_EARLY = 1 << 16  # bytes behind a WebSocket handshake that wait for our answer to it


class Connection(TCPServer):
    """Ends when either side has gone, and speaks HTTP/1 only.

    Over HTTP/2 a header may take for ever, and Socket.IO never leaves polling. Hypercorn's setting only decides what is
    offered: https://github.com/pgjones/hypercorn/issues/38
    """

    is_given_away = False
    when_gone: Callable[[], None]

    async def _read_data(self) -> None:
        self.protocol.protocol = http = _Http1(
            self.app,
            self.config,
            self.context,
            self._task_group,
            self.protocol.state,
            self.protocol.ssl,
            self.protocol.client,
            self.protocol.server,
            self.protocol_send,
        )
        http.is_gone = self.writer.transport.is_closing
        try:
            await super()._read_data()
        finally:
            # Else it stays half open until it has been idle for long enough: a client's ports, and our descriptors.
            await self.idle_task.stop()

    def give_away(self) -> None:
        """Whoever has its transport from now on calls `when_gone` once that is lost; here all is over at once.

        What is left of Hypercorn and of asyncio's streams would take 7 KB of a client that only listens.
        """
        self.is_given_away = True
        self.reader.feed_eof()

    async def _close(self) -> None:
        if not self.is_given_away:
            await super()._close()

    def let_go(self) -> None:
        """Once it has ended: undo the circles, so that all of it is free at once and not when somebody collects.

        Of a thousand clients that return again and again each would leave some 5 KB, for hours.
        """
        if hasattr(self, "protocol"):
            http: Any = self.protocol.protocol
            http.connection = http.stream = None
            del self.protocol, self._task_group
        if self.is_given_away:
            writer: Any = self.writer
            writer._transport = _GIVEN_AWAY  # noqa: SLF001, a writer that isn't closed closes its own when it is freed


class _GivenAway:
    def is_closing(self) -> bool:
        return True


_GIVEN_AWAY = _GivenAway()


def free(transport: Any) -> None:
    """Of one that was lost: its own method, which only asyncio's next reading would call, holds it."""
    if hasattr(transport, "_read_ready_cb"):
        transport._read_ready_cb = None  # noqa: SLF001


class _Http1(H11Protocol):
    """`is_gone` says whether writing has failed: then nobody waits for the requests that came ahead."""

    is_gone: Callable[[], bool]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.connection = _Requests(h11.SERVER, max_incomplete_event_size=self.config.h11_max_incomplete_size)

    async def handle(self, event: Event) -> None:
        await super().handle(event)
        if isinstance(event, RawData) and isinstance(self.connection, _Early) and self.connection.is_too_much():
            await self.send(Closed())

    async def _check_protocol(self, event: h11.Request) -> None:
        """No way leads to HTTP/2."""

    async def _create_stream(self, request: h11.Request) -> None:
        if self.is_gone():
            self.connection = _Ended()
            await self.send(Closed())
            return
        if _asks_for_websocket(request) and not _handshake(request).is_valid():
            await self._refuse_handshake()
            return
        await super()._create_stream(_with_path(request))
        stream: Any = self.stream
        if isinstance(self.connection, H11WSConnection):
            self.connection = _Early(self.connection.h11_connection, lambda: stream.handshake.accepted)
        elif self.connection.client_is_waiting_for_100_continue:
            stream.scope[SAY_CONTINUE] = self._say_continue

    async def _say_continue(self) -> None:
        connection = self.connection
        if isinstance(connection, h11.Connection) and connection.client_is_waiting_for_100_continue:
            await self._send_h11_event(h11.InformationalResponse(status_code=HTTPStatus.CONTINUE, headers=[]))

    async def stream_send(self, event: StreamEvent) -> None:
        await super().stream_send(event)
        if isinstance(event, Response) and event.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            self.task_group.spawn(self._handle_events)  # not here: whoever sends may be whom they are for

    async def _refuse_handshake(self) -> None:
        """Hypercorn's own answer to one would leave the connection open for ever."""
        headers = [
            (b"content-length", b"0"),
            (b"connection", b"close"),
            (b"sec-websocket-version", b"13"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await self._send_h11_event(h11.Response(status_code=400, headers=headers))
        await self._send_h11_event(h11.EndOfMessage())
        self.connection = _Ended()
        await self.send(Closed())


class _Requests(h11.Connection):
    """A client's requests, of which those that wait for `100 Continue` get it when somebody reads them."""

    @property
    def they_are_waiting_for_100_continue(self) -> bool:
        """Not so that Hypercorn answers by itself, at once, and whoever is refused has sent everything."""
        return False

    def receive_data(self, data: bytes) -> None:
        """Without the empty lines that some clients send before a request (RFC 9112, 2.2)."""
        if data and self.their_state is h11.IDLE and not self.trailing_data[0]:
            data = data.lstrip(b"\r\n")
            if not data:
                return
        super().receive_data(data)


class _Early(H11WSConnection):
    """Keeps what comes right behind a handshake until that is answered: Hypercorn takes it for a mistake."""

    def __init__(self, handshake: h11.Connection, is_accepted: Callable[[], bool]) -> None:
        super().__init__(handshake)
        self.is_accepted = is_accepted

    def next_event(self) -> Any:
        return super().next_event() if self.is_accepted() else h11.NEED_DATA

    def is_too_much(self) -> bool:
        return len(self.buffer) > MAX_EARLY and not self.is_accepted()


class _Ended(H11WSConnection):
    """What still arrives is dropped."""

    def __init__(self) -> None:
        self.buffer = bytearray()

    def receive_data(self, data: bytes) -> None:
        pass


def _with_path(request: h11.Request) -> h11.Request:
    """The same in origin form: a target with a host in it stands for both, whatever `Host` says (RFC 9112, 3.2.2)."""
    found = ABSOLUTE.fullmatch(request.target)
    if found is None:
        return request
    others = [(name, value) for name, value in request.headers if name.lower() != b"host"]
    rest = found[2] or b""
    return h11.Request(
        method=request.method,
        target=rest if rest.startswith(b"/") else b"/" + rest,
        headers=[(b"host", found[1]), *others],
        http_version=request.http_version,
    )


def _asks_for_websocket(request: h11.Request) -> bool:
    """As Hypercorn decides it."""
    headers = {name.lower(): value.strip().lower() for name, value in request.headers}
    tokens = [token.strip() for token in headers.get(b"connection", b"").split(b",")]
    return request.method == b"GET" and b"upgrade" in tokens and headers.get(b"upgrade") == b"websocket"


def _handshake(request: h11.Request) -> Handshake:
    return Handshake(list(request.headers), request.http_version.decode())
