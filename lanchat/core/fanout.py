"""Delivers one encoded event to many sockets; knows socket ids and channels (opaque strings), no feature."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson
import socketio
from engineio import packet as eio_packet
from engineio.async_socket import AsyncSocket
from engineio.payload import Payload

from lanchat.core.packets import MAX_EVENT, RESERVED, EventHead, ack_packet, event_packet, read_event_head
from lanchat.core.queued import QueuedSocket, empty_queue

NAMESPACE = "/"
SLOW_GRACE = 5.0  # s a client may lag before it is dropped; it syncs when it returns
TICK = 1.0  # s
# The library refuses a poll of more than 16 packets, and loses them: an outbox sent on return holds more.
MAX_PACKETS_A_POLL = 10_000

HotHandler = Callable[[str, object, int | None], None]
RefusalHandler = Callable[[str, str, str | None, int | None], None]


@dataclass
class FanoutStats:
    """Counters for the metrics page."""

    events_left_out: int = 0
    resyncs: int = 0
    slow_sockets_dropped: int = 0
    fast_sockets: int = 0
    queued_sockets: int = 0
    queued_bytes: int = 0


class Fanout:
    """Keeps order per socket: whatever was published first arrives first, answers included."""

    def __init__(self) -> None:
        self._sio: socketio.AsyncServer
        self._stock_receive: Callable[[str, str | bytes], Awaitable[None]]
        self._stock_disconnect: Callable[[str, str], Awaitable[None]]
        self._sockets: dict[str, QueuedSocket] = {}  # by Socket.IO sid
        self._channels: dict[str, dict[QueuedSocket, None]] = {}
        self._hot: dict[bytes, HotHandler] = {}
        self._refuse: RefusalHandler = self._say_refused
        self._timer: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._counters = FanoutStats()

    def attach(self, sio: socketio.AsyncServer) -> None:
        """Must come before the first client."""
        Payload.max_decode_packets = MAX_PACKETS_A_POLL
        self._sio = sio
        self._stock_receive = sio.eio.handlers["message"]
        self._stock_disconnect = sio.eio.handlers["disconnect"]
        sio.eio.on("message", self._receive)
        sio.eio.on("disconnect", self._disconnect)

    @property
    def stats(self) -> FanoutStats:
        self._counters.queued_sockets = len(self._sockets)
        self._counters.queued_bytes = sum(socket.queued for socket in self._sockets.values())
        return self._counters

    # Channels

    def join(self, sid: str, channel: str) -> None:
        """Nothing happens if the socket is gone already."""
        socket = self._find(sid)
        if socket is not None:
            socket.channels.add(channel)
            self._channels.setdefault(channel, {})[socket] = None

    def leave(self, sid: str, channel: str) -> None:
        socket = self._sockets.get(sid)
        if socket is not None and channel in socket.channels:
            self._remove(socket, channel)

    def members(self, channel: str) -> Collection[str]:
        return [socket.sid for socket in self._channels.get(channel, ())]

    def is_open(self, sid: str) -> bool:
        """Whether the connection behind a socket id is still there."""
        return self._find_eio(sid) is not None

    def drop(self, sid: str) -> None:
        """Forget this socket; call it on disconnect."""
        socket = self._sockets.pop(sid, None)
        if socket is not None:
            for channel in tuple(socket.channels):
                self._remove(socket, channel)

    def _remove(self, socket: QueuedSocket, channel: str) -> None:
        socket.channels.discard(channel)
        members = self._channels[channel]
        del members[socket]
        if not members:
            del self._channels[channel]

    def _find(self, sid: str) -> QueuedSocket | None:
        socket = self._sockets.get(sid)
        if socket is not None:
            return socket
        eio_socket = self._find_eio(sid)
        if eio_socket is None:
            return None
        self._start_timer()
        return self._sockets.setdefault(sid, QueuedSocket(sid, eio_socket))

    def _find_eio(self, sid: str) -> AsyncSocket | None:
        eio_socket = self._sio.eio.sockets.get(self._sio.manager.eio_sid_from_sid(sid, NAMESPACE))
        return None if eio_socket is None or eio_socket.closed else eio_socket

    # Outwards

    def publish(self, channel: str, event: str, payload: object, *, skip: str | None = None) -> None:
        """Encodes `payload` once, with orjson."""
        members = self._channels.get(channel)
        if members:
            packet = _message(event_packet(event, payload))
            for socket in members:
                if socket.sid != skip:
                    self._put(socket, packet)

    def publish_to(self, sids: Iterable[str], event: str, payload: object) -> None:
        """Each socket gets it once, however often its id is named."""
        packet = _message(event_packet(event, payload))
        for sid in dict.fromkeys(sids):
            socket = self._find(sid)
            if socket is not None:
                self._put(socket, packet)

    def send(self, sid: str, event: str, payload: object) -> None:
        self._answer(sid, event_packet(event, payload))

    def acknowledge(self, sid: str, ack_id: int, payload: object) -> None:
        self._answer(sid, ack_packet(ack_id, payload))

    def _answer(self, sid: str, text: bytes) -> None:
        socket = self._find(sid)
        if socket is not None:
            self._put(socket, _message(text), droppable=False)

    def _put(self, socket: QueuedSocket, packet: eio_packet.Packet, *, droppable: bool = True) -> None:
        if not socket.put(packet, droppable=droppable):
            self._counters.events_left_out += 1

    # Inwards

    def on_hot(self, event: str, handler: HotHandler) -> None:
        """`handler(sid, payload, ack_id)` runs inline, in arrival order, and answers by `acknowledge`."""
        self._hot[event.encode()] = handler

    def on_refused(self, handler: RefusalHandler) -> None:
        """`handler(sid, code, event, ack_id)` tells a client about an event that reached nobody.

        `code` is `invalid_input` or `too_large`.
        """
        self._refuse = handler

    def _say_refused(self, sid: str, code: str, event: str | None, ack_id: int | None) -> None:
        error: dict[str, object] = {"code": code, "message": code, "details": {}}
        if ack_id is None:
            self.send(sid, "error", {**error, "event": event})
        else:
            self.acknowledge(sid, ack_id, {"ok": False, "error": error})

    async def _receive(self, eio_sid: str, data: str | bytes) -> None:
        """Stands in front of python-socketio's own reader, which answers malformed events with silence."""
        if isinstance(data, bytes) or data[:1] not in {"2", "3", "5", "6"}:
            await self._stock_receive(eio_sid, data)
            return
        sid = self._sio.manager.sid_from_eio_sid(eio_sid, NAMESPACE)
        if sid is None or not self._sio.manager.is_connected(sid, NAMESPACE):
            return
        text = data.encode("utf-8", "surrogatepass")
        if not self._handle_hot(sid, text):
            try:
                await self._stock_receive(eio_sid, data)
            except (ValueError, TypeError, LookupError, AttributeError):
                self._refuse(sid, "invalid_input", None, None)

    def _handle_hot(self, sid: str, text: bytes) -> bool:
        """True if nothing is left to do: the event was handled here, or refused."""
        head = read_event_head(text)
        fault = _fault(head, text)
        if fault is not None:
            self._refuse(sid, fault, _name(head), head and head.ack_id)
            return True
        if head is None or head.name not in self._hot:
            return False
        try:
            arguments = orjson.loads(text[head.start :])
        except orjson.JSONDecodeError:
            self._refuse(sid, "invalid_input", _name(head), head.ack_id)
        else:
            self._hot[head.name](sid, arguments[1] if len(arguments) > 1 else None, head.ack_id)
        return True

    # The end of a socket

    async def close(self, sid: str) -> None:
        """Disconnect this client; what was published before is on its way first."""
        eio_socket = self._find_eio(sid)
        await self._sio.disconnect(sid)
        self.drop(sid)
        if eio_socket is not None:
            self._start(self._close_socket(eio_socket), f"close {eio_socket.sid}")

    async def _close_socket(self, eio_socket: AsyncSocket) -> None:
        """A polling client needs a moment to fetch the news that it was disconnected."""
        with suppress(TimeoutError):
            await asyncio.wait_for(eio_socket.queue.join(), SLOW_GRACE)
        await eio_socket.close(wait=False)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _disconnect(self, eio_sid: str, reason: str) -> None:
        sid = self._sio.manager.sid_from_eio_sid(eio_sid, NAMESPACE)
        try:
            await self._stock_disconnect(eio_sid, reason)
        finally:
            if sid is not None:
                self.drop(sid)
            eio_socket = self._sio.eio.sockets.get(eio_sid)
            if eio_socket is not None:
                if reason != self._sio.reason.SERVER_DISCONNECT:
                    empty_queue(eio_socket)
                # Behind the library's last packet: without it a waiting poll is held until it times out.
                asyncio.get_running_loop().call_soon(eio_socket.queue.put_nowait, None)

    async def shutdown(self) -> None:
        """Disconnect everybody."""
        for sid in tuple(self._sockets):
            await self.close(sid)
        if self._closing:
            await asyncio.wait(self._closing)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK, self._tick)

    def _tick(self) -> None:
        self._timer = None
        too_long_ago = time.monotonic() - SLOW_GRACE
        for socket in tuple(self._sockets.values()):
            if socket.lagging_since is None:
                continue
            if socket.catch_up():
                self._counters.resyncs += 1
            elif socket.lagging_since < too_long_ago:
                self._drop_slow(socket)
        if self._sockets:
            self._start_timer()

    def _drop_slow(self, socket: QueuedSocket) -> None:
        self._counters.slow_sockets_dropped += 1
        empty_queue(socket.socket)
        self._start(self.close(socket.sid), f"drop slow {socket.sid}")


def _fault(head: EventHead | None, text: bytes) -> str | None:
    """The code of what is wrong with an incoming packet, as far as can be seen without reading its JSON."""
    if len(text) > MAX_EVENT:
        return "too_large"
    if head is None:
        is_event_here = text.startswith(b"2") and not text.startswith(b"2/")
        return "invalid_input" if is_event_here else None
    return "invalid_input" if head.name in RESERVED else None


def _name(head: EventHead | None) -> str | None:
    return head.name.decode("utf-8", "replace") if head else None


def _message(text: bytes) -> eio_packet.Packet:
    return eio_packet.Packet(eio_packet.MESSAGE, text.decode())
