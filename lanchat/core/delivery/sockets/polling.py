"""Owns what waits in the queue of an Engine.IO socket.

So long-polling clients are served, and WebSockets on a server whose connections cannot be taken over.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from engineio import packet as eio_packet
from engineio.async_socket import AsyncSocket

from lanchat.core.base.bounds import Bound
from lanchat.core.delivery.sockets.link import Channel
from lanchat.core.delivery.sockets.load import Load
from lanchat.core.delivery.sockets.packets import event_packet

MAX_QUEUED = 1 << 20  # bytes
QUEUED = Bound("packets_to_fetch", f"{MAX_QUEUED >> 20} MB, and answers as much; then it is cut off", "a client")
FAREWELL_TIMEOUT = 5.0  # s for a client to fetch its last packets
PACKETS_A_POLL = 16  # python-socketio's client loses all of them if there are more
RESYNC = eio_packet.Packet(eio_packet.MESSAGE, event_packet("resync", {}).decode())


class PacketQueue(asyncio.Queue[eio_packet.Packet | None]):
    """The library's queue, which knows its size in bytes and fills a poll with no more than a client can read."""

    size = 0  # bytes
    _rest_of_poll = 0

    async def get(self) -> eio_packet.Packet | None:
        """The first packet of a poll; the library takes the others by `get_nowait`."""
        self._rest_of_poll = PACKETS_A_POLL
        return await super().get()

    def get_nowait(self) -> eio_packet.Packet | None:
        if not self._rest_of_poll:
            raise asyncio.QueueEmpty
        return super().get_nowait()

    async def join(self) -> None:
        """Until everything was fetched, but not for ever: a client that has gone fetches nothing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_TIMEOUT):
                await super().join()

    def drain(self) -> list[eio_packet.Packet]:
        """Take out everything."""
        packets: list[eio_packet.Packet] = []
        while not self.empty():
            self._rest_of_poll = 1
            packet = self.get_nowait()
            self.task_done()
            if packet is not None:
                packets.append(packet)
        return packets

    def _put(self, item: eio_packet.Packet | None) -> None:
        self.size += _size(item)
        super()._put(item)

    def _get(self) -> eio_packet.Packet | None:
        item = super()._get()
        self.size -= _size(item)
        self._rest_of_poll -= 1
        return item


class QueuedSocket:
    """Bounds a queue that the library doesn't bound: a phone in a pocket would fill our memory."""

    __slots__ = ("_waiter", "channels", "lagging_since", "load", "sid", "socket")

    def __init__(self, socket: AsyncSocket, on_flood: Callable[[], object], on_failure: Callable[[], object]) -> None:
        self.socket = socket
        self.load = Load(self._set_free, on_flood, on_failure)
        self._waiter: asyncio.Future[None] | None = None
        self.sid: str | None = None  # of Socket.IO, once it is connected
        self.channels: set[Channel] = set()
        self.lagging_since: float | None = None  # monotonic s; set while events are being left out

    async def until_free(self) -> None:
        """Until one of the unfinished events has ended."""
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter

    def _set_free(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    @property
    def queue(self) -> PacketQueue:
        return self.socket.queue

    def buffered(self) -> int:
        """Bytes that wait for this client."""
        return self.queue.size

    def put(self, packet: eio_packet.Packet, *, droppable: bool = True) -> bool:
        """False if the packet was left out: first what a sync brings again, answers only at twice the bound."""
        is_full = self.queue.size + _size(packet) > (MAX_QUEUED if droppable else 2 * MAX_QUEUED)
        if is_full or (droppable and self.lagging_since is not None):
            self.lagging_since = self.lagging_since or time.monotonic()
            return False
        self.queue.put_nowait(packet)
        return True

    def catch_up(self) -> bool:
        """Once a lagging client has emptied its queue, tell it to ask for what it missed."""
        if self.lagging_since is None or not self.queue.empty():
            return False
        self.lagging_since = None
        return self.put(RESYNC)


def _size(packet: eio_packet.Packet | None) -> int:
    return 0 if packet is None else len(str(packet.encode()))
