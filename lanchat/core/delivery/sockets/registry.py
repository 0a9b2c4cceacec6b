"""Owns the live sockets, fast and queued: how they open, whether they keep up, and how they end."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import socketio
from engineio.async_socket import AsyncSocket

from lanchat.core.base.tasks import Tasks
from lanchat.core.delivery.sockets.channels import Channels
from lanchat.core.delivery.sockets.connection import RESYNC, Connection
from lanchat.core.delivery.sockets.dispatcher import Incoming
from lanchat.core.delivery.sockets.heartbeat import FanoutStats, Health
from lanchat.core.delivery.sockets.link import Link
from lanchat.core.delivery.sockets.load import Load
from lanchat.core.delivery.sockets.packets import NAMESPACE
from lanchat.core.delivery.sockets.poll_requests import PollRequests
from lanchat.core.delivery.sockets.polling import PacketQueue, QueuedSocket
from lanchat.core.delivery.sockets.takeover import divert, install, let_go, postpone_pings, take_requests
from lanchat.core.delivery.sockets.turn import Turn

SHUTDOWN_PATIENCE = 1.0  # s
REMEMBERED = ("REMOTE_ADDR", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT")  # of a handshake, for the connect handler


def _nobody(_: str) -> None:
    pass


class Links:
    """Every Engine.IO socket has one link: its connection where that was taken over, else its queue."""

    is_limited = True  # else nobody is shown out for sending nonsense
    on_flood: Callable[[str], object] = staticmethod(_nobody)  # gets the Socket.IO sid of who is shown out

    def __init__(
        self, sio: socketio.AsyncServer, incoming: Incoming, turn: Turn, channels: Channels, tasks: Tasks
    ) -> None:
        self._sio = sio
        self._incoming = incoming
        self._turn = turn
        self._channels = channels
        self._tasks = tasks
        self._links: dict[str, Link] = {}  # by Engine.IO sid
        self._by_sid: dict[str, Link] = {}  # by Socket.IO sid
        self.counters = FanoutStats()
        self._health = Health(sio, self._links, tasks, self.counters)
        self._stock_connect = sio.eio.handlers["connect"]
        self._stock_disconnect = sio.eio.handlers["disconnect"]
        sio.eio.on("connect", self._arrive)
        sio.eio.on("disconnect", self._leave)
        sio.eio.on("message", self._take_message)
        sio.eio.disconnect = self._end_session
        sio.eio.create_queue = PacketQueue
        install(sio.eio, lambda socket, transport, when_gone: Connection(socket, transport, when_gone, self))

    def stats(self) -> FanoutStats:
        connections = [link for link in self._links.values() if isinstance(link, Connection)]
        self.counters.fast_sockets = len(connections)
        self.counters.queued_sockets = len(self._links) - len(connections)
        self.counters.queued_bytes = sum(link.buffered() for link in self._links.values())
        return self.counters

    # Finding

    def find(self, sid: str) -> Link | None:
        """The link of a connected client."""
        link = self._by_sid.get(sid)
        if link is None and sid not in self._sio.manager.pending_disconnect.get(NAMESPACE, ()):
            socket = self._socket(sid)
            link = None if socket is None else self._links.get(socket.sid)
            if link is not None:
                self._by_sid[sid] = link
                link.sid = sid
                if isinstance(link, Connection):
                    link.let_in()
        return link

    def is_open(self, sid: str) -> bool:
        return self._socket(sid) is not None

    def _socket(self, sid: str) -> AsyncSocket | None:
        socket = self._sio.eio.sockets.get(self._sio.manager.eio_sid_from_sid(sid, NAMESPACE))
        return None if socket is None or socket.closed else socket

    def forget(self, sid: str) -> None:
        """It leaves all channels, and finds no more."""
        link = self._by_sid.pop(sid, None)
        if link is not None:
            self._channels.leave_all(link)
            link.sid = link.load.speaker = None

    # What the library tells

    async def _arrive(self, eio_sid: str, environ: dict[str, Any]) -> object:
        socket = self._sio.eio.sockets[eio_sid]
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            postpone_pings(socket)
        link = self._links[eio_sid] = QueuedSocket(
            socket, partial(self._show_out, socket), partial(self._dismiss, socket)
        )
        take_requests(socket, PollRequests(link, self))
        self._health.arrived(eio_sid)
        # Whole, it would keep the finished request in memory for as long as the client is connected.
        kept = {name: environ[name] for name in REMEMBERED if name in environ}
        return await self._stock_connect(eio_sid, kept)

    async def _take_message(self, eio_sid: str, data: object) -> None:
        """On the library's own path, which reads JSON where it can."""
        link = self._links.get(eio_sid)
        if link is None:
            return
        if not isinstance(data, str):
            self.refuse_binary(eio_sid, link.load)
            return
        try:
            await self.receive(eio_sid, data.encode("utf-8", "surrogatepass"), link.load)
        except Exception as error:  # noqa: BLE001, the library would go on as if nothing had been
            self.report(f"socket {eio_sid}", error)
            self._dismiss(link.socket)

    async def _end_session(self, eio_sid: str) -> None:
        """The library's own waits until the client has fetched everything: for ever, of one that has gone."""
        socket = self._sio.eio.sockets.pop(eio_sid, None)
        if socket is not None:
            await socket.close(wait=False)

    def _show_out(self, socket: AsyncSocket) -> None:
        """It sent too much that came to nothing."""
        if self.is_limited:
            self._tell_of(self._links.get(socket.sid))
            self._dismiss(socket)

    def _dismiss(self, socket: AsyncSocket) -> None:
        self.run(socket.close(wait=False), f"dismiss {socket.sid}")

    async def _leave(self, eio_sid: str, reason: str) -> None:
        try:
            await self._stock_disconnect(eio_sid, reason)
        finally:
            self._remove(eio_sid, has_gone=reason != self._sio.reason.SERVER_DISCONNECT)

    def _remove(self, eio_sid: str, *, has_gone: bool) -> None:
        self._health.left(eio_sid)
        link = self._links.pop(eio_sid, None)
        if link is None:
            return
        if link.sid is not None:
            self.forget(link.sid)
        link.load.shut()
        if isinstance(link, QueuedSocket):
            if has_gone:
                link.queue.drain()
            asyncio.get_running_loop().call_soon(self._end_polls, link)

    def _end_polls(self, link: QueuedSocket) -> None:
        """Behind the library's last packet: without one more a waiting poll is held until it times out."""
        link.queue.put_nowait(None)
        if link.socket.closed:  # no further request gets through to it
            let_go(link.socket)

    # What a connection tells

    def opened(self, connection: Connection) -> None:
        socket = connection.socket
        old = self._links.get(socket.sid)
        self._links[socket.sid] = connection
        connection.next_ping = time.monotonic() + self._sio.eio.ping_interval
        for packet in divert(socket, connection):
            connection.put(packet)
        if isinstance(old, QueuedSocket):
            old.load.shut()
            self._channels.move(old, connection)
            if old.sid is not None:
                connection.sid = old.sid
                connection.let_in()
                self._by_sid[old.sid] = connection
            if old.lagging_since is not None:
                self._turn.send(connection, RESYNC)

    def is_handled(self, eio_sid: str, text: bytes, load: Load) -> bool:
        if load.speaker is None:  # asked once, because the library needs 2 µs for it
            sid = self._incoming.sid_of(eio_sid)
            load.speaker = sid if sid is not None and self.find(sid) is not None else None
        return self._incoming.is_handled(eio_sid, text, load)

    async def receive(self, eio_sid: str, text: bytes, load: Load) -> None:
        await self._incoming.receive(eio_sid, text, load)

    def flooded(self, connection: Connection) -> None:
        if self.is_limited:
            self._tell_of(connection)
            connection.close()

    def _tell_of(self, link: Link | None) -> None:
        if link is not None and link.sid is not None:
            self.on_flood(link.sid)

    def refuse_binary(self, eio_sid: str, load: Load) -> None:
        self._incoming.refuse_binary(eio_sid, load)

    def send(self, connection: Connection, data: bytes) -> None:
        self._turn.send(connection, data)

    def flush(self) -> None:
        self._turn.flush()

    def paused(self, connection: Connection) -> None:
        self._health.paused(connection)

    def resumed(self, connection: Connection) -> None:
        self._health.resumed(connection)
        if connection.outlet.is_lagging:
            connection.outlet.is_lagging = False
            self.counters.resyncs += 1
            self._turn.send(connection, RESYNC)

    def left_out(self) -> None:
        self.counters.writes_left_out += 1

    def lost(self, connection: Connection) -> None:
        self._health.resumed(connection)
        self._channels.leave_all(connection)
        self.run(self._bury(connection), f"end of {connection.socket.sid}")

    async def _bury(self, connection: Connection) -> None:
        socket = connection.socket
        try:
            await socket.close(wait=False, abort=True, reason=connection.end_reason)
        finally:
            self._sio.eio.sockets.pop(socket.sid, None)
            let_go(socket)

    def run(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.run(work, name)

    def report(self, name: str, error: BaseException) -> None:
        self._tasks.report(name, error)

    # The end

    async def close(self, sid: str) -> None:
        """Disconnect a client after everything that was sent to it before."""
        socket = self._socket(sid)
        if (link := self._by_sid.get(sid)) is not None:
            link.load.speaker = None
        try:
            await self._sio.disconnect(sid)
        finally:
            self.forget(sid)
            if socket is not None:
                self.run(self._close_socket(socket), f"close {socket.sid}")

    async def _close_socket(self, socket: AsyncSocket) -> None:
        """A polling client needs a moment to fetch the news that it was disconnected."""
        if isinstance(self._links.get(socket.sid), QueuedSocket):
            await socket.queue.join()
        await socket.close(wait=False)

    async def shutdown(self) -> None:
        sids = [link.sid for link in self._links.values() if link.sid is not None]
        await asyncio.gather(*(self.close(sid) for sid in sids))
        await self._tasks.finish(SHUTDOWN_PATIENCE)
        self._health.stop()
