"""Owns the one timer of all sockets: pings, readers that are too slow, and sockets that never connect."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

import socketio

from lanchat.core.base.tasks import Tasks
from lanchat.core.delivery.sockets.connection import Connection
from lanchat.core.delivery.sockets.link import Link
from lanchat.core.delivery.sockets.packets import NAMESPACE
from lanchat.core.delivery.sockets.polling import QueuedSocket

SLOW_GRACE = 5.0  # s a client may lag before it is dropped; it syncs when it returns
CONNECT_TIMEOUT = 10.0  # s from the transport's handshake to Socket.IO's
TICK = 1.0  # s


@dataclass
class FanoutStats:
    """Counters for the metrics page."""

    writes_left_out: int = 0  # to clients that were too slow
    resyncs: int = 0
    slow_sockets_dropped: int = 0
    fast_sockets: int = 0
    queued_sockets: int = 0
    queued_bytes: int = 0


class Health:
    def __init__(
        self, sio: socketio.AsyncServer, links: Mapping[str, Link], tasks: Tasks, counters: FanoutStats
    ) -> None:
        """`links` by Engine.IO sid."""
        self._eio = sio.eio
        self._has_connected = sio.manager.sid_from_eio_sid
        self._links = links
        self._tasks = tasks
        self._counters = counters
        self._newcomers: dict[str, float] = {}  # Engine.IO sid -> monotonic s until it must have connected; in order
        self._slow: set[Connection] = set()
        self._timer: asyncio.TimerHandle | None = None

    def arrived(self, eio_sid: str) -> None:
        self._newcomers[eio_sid] = time.monotonic() + CONNECT_TIMEOUT
        self._start()

    def left(self, eio_sid: str) -> None:
        self._newcomers.pop(eio_sid, None)

    def paused(self, connection: Connection) -> None:
        self._slow.add(connection)

    def resumed(self, connection: Connection) -> None:
        self._slow.discard(connection)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK, self._tick)

    def _tick(self) -> None:
        self._timer = None
        now = time.monotonic()
        for link in tuple(self._links.values()):
            try:
                self._look_at(link, now)
            except Exception as error:  # noqa: BLE001, it must not stop the clock of all others
                self._tasks.report(f"heartbeat of {link.socket.sid}", error)
                self._give_up(link)
        self._dismiss_silent(now)
        if self._links:
            self._start()

    def _look_at(self, link: Link, now: float) -> None:
        if isinstance(link, QueuedSocket):
            if link.lagging_since is not None:
                self._look_after(link, now)
            return
        self._ping(link, now)
        paused_since = link.outlet.paused_since
        if link in self._slow and paused_since is not None and now - paused_since > SLOW_GRACE:
            self._counters.slow_sockets_dropped += 1
            link.abort(self._eio.reason.TRANSPORT_ERROR)

    def _give_up(self, link: Link) -> None:
        reason = self._eio.reason.TRANSPORT_ERROR
        if isinstance(link, Connection):
            link.abort(reason)
        else:
            link.queue.drain()
            self._tasks.run(link.socket.close(wait=False, abort=True, reason=reason), f"drop {link.socket.sid}")

    def _ping(self, connection: Connection, now: float) -> None:
        if now > connection.pong_due:
            connection.abort(self._eio.reason.PING_TIMEOUT)
        elif now > connection.next_ping:
            connection.ping(now)

    def _look_after(self, link: QueuedSocket, now: float) -> None:
        if link.catch_up():
            self._counters.resyncs += 1
        elif link.lagging_since is not None and now - link.lagging_since > SLOW_GRACE:
            self._counters.slow_sockets_dropped += 1
            self._give_up(link)

    def _dismiss_silent(self, now: float) -> None:
        """A socket that never asks to connect to Socket.IO would cost us memory, and its owner nothing."""
        for eio_sid, deadline in tuple(self._newcomers.items()):
            if deadline > now:
                return
            del self._newcomers[eio_sid]
            link = self._links.get(eio_sid)
            if link is not None and self._has_connected(eio_sid, NAMESPACE) is None:
                self._tasks.run(link.socket.close(wait=False), f"dismiss {eio_sid}")
