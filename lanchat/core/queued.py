"""Owns what LanChat puts into the queue of an Engine.IO socket.

So long-polling clients are served, and WebSockets on a server whose connections cannot be taken over.
"""

import time

from engineio import packet as eio_packet
from engineio.async_socket import AsyncSocket

from lanchat.core.packets import event_packet

MAX_QUEUED = 1 << 20  # bytes since the client last emptied its queue
RESYNC = eio_packet.Packet(eio_packet.MESSAGE, event_packet("resync", {}).decode())


class QueuedSocket:
    """Bounds the library's queue, which has no bound of its own: a phone in a pocket would fill our memory."""

    __slots__ = ("_queued", "channels", "lagging_since", "sid", "socket")

    def __init__(self, sid: str, socket: AsyncSocket) -> None:
        self.sid = sid
        self.socket = socket
        self.channels: set[str] = set()
        self.lagging_since: float | None = None  # monotonic s; set while events are being left out
        self._queued = 0

    def put(self, packet: eio_packet.Packet, *, droppable: bool = True) -> bool:
        """False if the packet was left out: first what a sync brings again, answers only at twice the bound."""
        queue = self.socket.queue
        if queue.empty():
            self._queued = 0
        size = len(str(packet.data))
        if self._queued + size > (MAX_QUEUED if droppable else 2 * MAX_QUEUED) or (droppable and self.lagging_since):
            self.lagging_since = self.lagging_since or time.monotonic()
            return False
        self._queued += size
        queue.put_nowait(packet)
        return True

    @property
    def queued(self) -> int:
        """Bytes waiting, at most."""
        return 0 if self.socket.queue.empty() else self._queued

    def catch_up(self) -> bool:
        """Once a lagging client has emptied its queue, tell it to ask for what it missed."""
        if self.lagging_since is None or not self.socket.queue.empty():
            return False
        self.lagging_since = None
        return self.put(RESYNC)


def empty_queue(socket: AsyncSocket) -> None:
    """Free what nobody will fetch any more."""
    while not socket.queue.empty():
        socket.queue.get_nowait()
        socket.queue.task_done()
