"""Owns one WebSocket that was taken over from the HTTP server: its bytes in and out, and its end."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from enum import Enum, auto
from itertools import chain
from typing import Any, Protocol

from engineio import packet as eio_packet
from engineio.async_socket import AsyncSocket

from lanchat.core.base.bounds import Bound
from lanchat.core.delivery.sockets.frames import (
    INTERNAL_ERROR,
    NORMAL_CLOSURE,
    PROTOCOL_ERROR,
    FrameReader,
    Message,
    Opcode,
    ProtocolViolation,
    close_frame,
    frame,
)
from lanchat.core.delivery.sockets.inbox import Inbox
from lanchat.core.delivery.sockets.link import Channel
from lanchat.core.delivery.sockets.load import EVENTS_A_TURN, MAX_UNFINISHED, Load
from lanchat.core.delivery.sockets.outlet import Outlet
from lanchat.core.delivery.sockets.packets import event_packet

MAX_MESSAGE = 1 << 20  # bytes; a client that sends more is cut off
MAX_FIRST_MESSAGE = 1 << 16  # bytes, of who hasn't connected to Socket.IO yet and may be anybody
MESSAGE = Bound("socket_message", f"{MAX_MESSAGE >> 20} MB, {MAX_FIRST_MESSAGE >> 10} KB before it is in", "a socket")
PROBE_TIMEOUT = 10.0  # s from the handshake to the end of an upgrade
CLOSE_TIMEOUT = 1.0  # s for the client to answer our goodbye
PING = frame(b"2")
# Engine.IO's packets by their first byte. A client ends or speaks; of the others none means anything from it here.
PACKETS = frozenset((b"0", b"1", b"2", b"3", b"4", b"5", b"6"))
WITHOUT_MEANING = PACKETS - {b"1", b"4"}
RESYNC = frame(b"4" + event_packet("resync", {}))
_TEXT = int(Opcode.TEXT)


class Owner(Protocol):
    """Who decides what a connection's packets mean."""

    def opened(self, connection: "Connection") -> None: ...
    def is_handled(self, eio_sid: str, text: bytes, load: Load) -> bool: ...
    async def receive(self, eio_sid: str, text: bytes, load: Load) -> None: ...
    def refuse_binary(self, eio_sid: str, load: Load) -> None: ...
    def send(self, connection: "Connection", data: bytes) -> None: ...
    def flush(self) -> None: ...
    def paused(self, connection: "Connection") -> None: ...
    def resumed(self, connection: "Connection") -> None: ...
    def left_out(self) -> None: ...
    def lost(self, connection: "Connection") -> None: ...
    def flooded(self, connection: "Connection") -> None: ...
    def run(self, work: Coroutine[Any, Any, None], name: str) -> object: ...
    def report(self, name: str, error: BaseException) -> None: ...


class Phase(Enum):
    PROBING = auto()  # a second transport of a polling client, which tries it before it moves
    OPEN = auto()
    CLOSING = auto()
    LOST = auto()


_OPEN = Phase.OPEN  # to look a member of an enum up costs 0.2 µs, and this one is asked for with each message


class Connection(asyncio.Protocol):
    """Stands between the transport and an Engine.IO socket, without tasks or queues while nothing is slow."""

    __slots__ = (
        "_deadline",
        "_has_probed",
        "_has_session",
        "_inbox",
        "_owner",
        "_phase",
        "_reader",
        "_transport",
        "_unread",
        "_when_gone",
        "channels",
        "end_reason",
        "load",
        "next_ping",
        "outlet",
        "pong_due",
        "sid",
        "socket",
    )

    def __init__(
        self, socket: AsyncSocket, transport: asyncio.Transport, when_gone: Callable[[], object], owner: Owner
    ) -> None:
        self.socket = socket
        self.sid: str | None = None  # of Socket.IO, once it is connected
        self.channels: set[Channel] = set()
        self.outlet = Outlet(transport, self)
        self.next_ping = self.pong_due = float("inf")  # monotonic s
        self.end_reason: str = socket.server.reason.TRANSPORT_CLOSE
        self._owner = owner
        self._transport = transport
        self._when_gone = when_gone
        self._phase = Phase.PROBING
        self._has_session = not socket.connected  # else polling has it, until the upgrade is complete
        self._has_probed = False
        self.load = Load(self._read_on, self._flood, self.close)
        self._reader = FrameReader(MAX_FIRST_MESSAGE)
        self._unread: Iterator[Message] | None = None  # of what has arrived, while we don't read on
        self._inbox: Inbox | None = None  # while something waits in it
        self._deadline: asyncio.TimerHandle | None = None
        transport.set_protocol(self)

    # The beginning

    def open(self, answer: bytes) -> None:
        """`answer` completes the WebSocket handshake."""
        self._owner.send(self, answer)
        if self._has_session:
            self.socket.connected = True
            self._start()
        else:
            self._end_in(PROBE_TIMEOUT)

    def _probe(self, text: bytes) -> None:
        """The upgrade from polling: `2probe`, `3probe`, and at last `5`."""
        if text == b"2probe" and not self.socket.upgrading:
            self._has_probed = self.socket.upgrading = True
            self.write(frame(b"3probe"))
            self.socket.queue.put_nowait(eio_packet.Packet(eio_packet.NOOP))  # lets go of the waiting poll
        elif text == b"5" and self._has_probed and not self.socket.closed:
            self._start()
        else:
            self.close()

    def _start(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._phase = Phase.OPEN
        self.outlet.open()
        self._has_session = True
        self.socket.upgraded, self.socket.upgrading = True, False
        self._owner.opened(self)

    # What asyncio calls

    def data_received(self, data: bytes) -> None:
        messages = self._reader.feed(data)
        if self._unread is None:
            self._read(messages)
        else:  # a transport that doesn't know how to pause
            self._unread = chain(self._unread, messages)

    def _read(self, messages: Iterator[Message]) -> None:
        """No more than its share of a turn: the rest waits until everybody else had theirs."""
        left, load = EVENTS_A_TURN, self.load
        try:
            for opcode, payload in messages:
                self._take(opcode, payload)
                left -= 1
                if not left or load.unfinished >= MAX_UNFINISHED or (self._inbox is not None and self._inbox.is_full):
                    self._stop_reading(messages)
                    return
        except ProtocolViolation as violation:
            self.close(violation.close_code)
        except Exception as error:  # noqa: BLE001, a socket that can't be served is closed
            self.fail(error)

    def _is_busy(self) -> bool:
        return self.load.unfinished >= MAX_UNFINISHED or (self._inbox is not None and self._inbox.is_full)

    def _stop_reading(self, messages: Iterator[Message]) -> None:
        self._unread = messages
        self._transport.pause_reading()
        if not self._is_busy():
            asyncio.get_running_loop().call_soon(self._read_on)

    def _read_on(self) -> None:
        """Also called by whatever kept us busy, once it doesn't any more."""
        if self._unread is None or self._is_busy() or self._phase is Phase.LOST:
            return
        messages, self._unread = self._unread, None
        self._read(messages)
        if self._unread is None and not self._transport.is_closing():
            self._transport.resume_reading()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self.outlet.clogged()

    def resume_writing(self) -> None:
        self.outlet.cleared()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002, asyncio names it
        if self._deadline is not None:
            self._deadline.cancel()
        self._phase = Phase.LOST
        self._unread = self._deadline = None
        self.load.shut()
        self.outlet.shut()
        try:
            if self._has_session:
                self._owner.lost(self)
            elif self._has_probed:
                self.socket.upgrading = False
        finally:
            self.outlet.let_go()
            self._when_gone()

    # Inwards

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == _TEXT:
            self._take_text(payload)
        elif opcode == Opcode.CLOSE:
            self._answer_close(payload)
        elif self._phase is not Phase.CLOSING:
            if opcode == Opcode.BINARY:
                self._owner.refuse_binary(self.socket.sid, self.load)
            elif opcode == Opcode.PING:
                self.write(frame(payload, Opcode.PONG))

    def _take_text(self, text: bytes) -> None:
        if self._phase is not _OPEN:
            if self._phase is Phase.PROBING:
                self._probe(text)
        elif text[:1] == b"4" and self._inbox is None:
            if not self._owner.is_handled(self.socket.sid, text[1:], self.load):
                self._enqueue(text)
        elif text == b"3":
            self.pong_due = float("inf")
            self.socket.last_ping = None
        elif text[:1] not in PACKETS:
            self.close(PROTOCOL_ERROR)
        elif text[:1] in WITHOUT_MEANING:
            self.load.refuse()
        else:
            self._enqueue(text)

    def let_in(self) -> None:
        """It has connected to Socket.IO."""
        self._reader.max_size = MAX_MESSAGE

    def _enqueue(self, packet: bytes) -> None:
        if self._inbox is not None:
            self._inbox.put(packet)
            return
        self._inbox = Inbox(self._handle)
        self._inbox.put(packet)
        self._owner.run(self._empty(self._inbox), f"packets of {self.socket.sid}")

    async def _empty(self, inbox: Inbox) -> None:
        """Nothing would empty it again: whatever happens here, the connection goes on or ends."""
        try:
            goes_on = await inbox.empty(self._read_on)
        except Exception as error:  # noqa: BLE001
            self.fail(error)
            return
        except asyncio.CancelledError:
            self.close(INTERNAL_ERROR)
            raise
        self._inbox = None
        if goes_on:
            self._read_on()
        else:
            self.close()

    async def _handle(self, packet: bytes) -> bool:
        if packet[:1] == b"1":
            reason = self.socket.server.reason.CLIENT_DISCONNECT
            await self.socket.close(wait=False, abort=True, reason=reason)
        else:
            await self._owner.receive(self.socket.sid, packet[1:], self.load)
        return not self.socket.closed

    def _flood(self) -> None:
        self._owner.flooded(self)

    def fail(self, error: Exception) -> None:
        """End what can't be served any more, and say why once."""
        self._owner.report(f"socket {self.socket.sid}", error)
        self.close(INTERNAL_ERROR)

    # Outwards

    def write(self, data: bytes) -> None:
        if self._phase in {Phase.PROBING, Phase.OPEN}:
            self.outlet.write(data)

    def buffered(self) -> int:
        return self.outlet.buffered()

    def fell_behind(self) -> None:
        self._owner.paused(self)

    def caught_up(self) -> None:
        self._owner.resumed(self)

    def missed(self) -> None:
        self._owner.left_out()

    async def send_packet(self, pkt: eio_packet.Packet) -> None:
        """Stands in for the Engine.IO socket's own `send`."""
        self.put(pkt)

    def put(self, packet: eio_packet.Packet) -> None:
        encoded: Any = packet.encode()
        data = frame(encoded.encode()) if isinstance(encoded, str) else frame(encoded, Opcode.BINARY)
        self._owner.send(self, data)
        if packet.packet_type == eio_packet.CLOSE:
            self.close()

    def ping(self, now: float) -> None:
        if self._phase is not Phase.OPEN:
            return
        self.next_ping = now + self.socket.server.ping_interval
        self.pong_due = now + self.socket.server.ping_timeout
        self._transport.write(PING)

    # The end

    def close(self, code: int = NORMAL_CLOSURE) -> None:
        """Say goodbye after everything that was sent before, and give the client a moment to answer."""
        if self._phase in {Phase.CLOSING, Phase.LOST}:
            return
        self._owner.flush()
        self._phase = Phase.CLOSING
        self.outlet.shut()
        self._transport.write(close_frame(code))
        self._end_in(CLOSE_TIMEOUT)

    def _answer_close(self, payload: bytes) -> None:
        if self._phase is not Phase.CLOSING:
            self._owner.flush()
            self._phase = Phase.CLOSING
            self.outlet.shut()
            self._transport.write(frame(payload[:2], Opcode.CLOSE))
            self._end_in(CLOSE_TIMEOUT)
        self._transport.close()

    def _end_in(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = asyncio.get_running_loop().call_later(seconds, self.abort)

    def abort(self, reason: str | None = None) -> None:
        self.end_reason = reason or self.end_reason
        self.outlet.reset()
