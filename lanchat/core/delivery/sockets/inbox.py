"""Owns the packets of one client that need a task: handled one after the other, in the order of arrival."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from lanchat.core.base.bounds import Bound

MAX_WAITING = 64  # packets, before we stop reading from the client
MAX_WAITING_BYTES = 1 << 16  # of them together
A_TURN = 0.002  # s of handling, before all others have their turn
PACKETS = Bound("packets_waiting", f"{MAX_WAITING}, {MAX_WAITING_BYTES >> 10} KB; then nothing is read", "a socket")

Handle = Callable[[bytes], Awaitable[bool]]
"""Takes one packet; False if the session is over."""


class Inbox:
    """A packet stays in its place while it is handled, so that whatever follows it queues up behind it."""

    __slots__ = ("_handle", "_packets", "_size")

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._packets: deque[bytes] = deque()
        self._size = 0

    @property
    def is_full(self) -> bool:
        return len(self._packets) >= MAX_WAITING or self._size >= MAX_WAITING_BYTES

    def put(self, packet: bytes) -> None:
        self._packets.append(packet)
        self._size += len(packet)

    async def empty(self, when_free: Callable[[], object]) -> bool:
        """False if the session is over. Raises what handling raises.

        Handling rarely waits for anything, and `when_free` brings more: without turns this might never end.
        """
        turn_ends = time.monotonic() + A_TURN
        while self._packets:
            if not await self._handle(self._packets[0]):
                return False
            if time.monotonic() > turn_ends:
                await asyncio.sleep(0)
                turn_ends = time.monotonic() + A_TURN
            was_full = self.is_full
            self._size -= len(self._packets.popleft())
            if was_full and not self.is_full:
                when_free()
        return True
