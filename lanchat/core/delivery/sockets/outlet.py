"""Owns what goes out to one client: straight into the kernel while that takes all of it, else bounded in our memory."""

import asyncio
import socket
import struct
import sys
import time
from asyncio import selector_events
from collections.abc import Callable
from typing import Protocol, TypeAlias

HIGH_WATER, LOW_WATER = 1 << 20, 1 << 18  # bytes that wait in our memory for one client
NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)

# As a socket's own: takes what it can, and returns how many bytes that was; raises OSError if none.
Send: TypeAlias = Callable[[bytes], int]


class Watcher(Protocol):
    """Who must know whether a client keeps up."""

    def fell_behind(self) -> None: ...
    def caught_up(self) -> None: ...
    def missed(self) -> None: ...


class _Nobody:
    def fell_behind(self) -> None:
        pass

    def caught_up(self) -> None:
        pass

    def missed(self) -> None:
        pass


_NOBODY = _Nobody()


class Outlet:
    """While nothing waits, `send` is the socket's own, because calling it is most of what LanChat does.

    asyncio's `write` would do the same, at twice the cost for each receiver of each message. Whatever the
    kernel doesn't take goes to `write`, and so does everything after it, until that has nothing left.
    """

    __slots__ = ("_direct", "_transport", "_watcher", "is_lagging", "paused_since", "send")

    def __init__(self, transport: asyncio.Transport, watcher: Watcher) -> None:
        self._transport = transport
        self._watcher: Watcher = watcher
        self._direct: Send = _socket_of(transport) or self._hand_over
        self.send: Send = _drop  # until it is opened, and again after the end
        self.is_lagging = False  # it was left out of something
        self.paused_since: float | None = None  # monotonic s
        if self._direct == self._hand_over:
            transport.set_write_buffer_limits(HIGH_WATER, LOW_WATER)
        else:
            transport.set_write_buffer_limits(0)  # so that asyncio says when something waits, and when nothing does

    @property
    def is_direct(self) -> bool:
        """Whether what is sent now reaches the kernel without a detour."""
        return self.send is self._direct and self._direct != self._hand_over

    def open(self) -> None:
        self.send = self._direct

    def shut(self) -> None:
        self.send = _drop

    def let_go(self) -> None:
        """After the end: hold nobody who holds us."""
        self.send = self._direct = _drop
        self._watcher = _NOBODY

    def clogged(self) -> None:
        """asyncio has begun to keep something."""
        if self.send is self._direct:
            self.send = self._queue
        self._look_at_size()

    def cleared(self) -> None:
        """asyncio has got rid of everything."""
        if self.send == self._queue:
            self.send = self._direct
        self._resume()

    def reset(self) -> None:
        """End at once. Without the reset the kernel would keep a gone client's last megabyte until TCP gives up."""
        raw = self._transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self._transport.abort()

    def keep(self, data: bytes, sent: int) -> None:
        """What `send` left over. Errors of the socket show here too, and end the connection."""
        self._transport.write(data[sent:])

    def write(self, data: bytes) -> None:
        """For what a sync doesn't bring again: it may fill the buffer twice over."""
        if self.paused_since is not None and self.buffered() > 2 * HIGH_WATER:
            self._leave_out()
            return
        self._transport.write(data)
        if self.send is not self._direct:
            self._look_at_size()

    def can_hear(self) -> bool:
        """False before it is open, after its end, and while too much waits: it is then told to resync later."""
        if self.send == _drop:
            return False
        if self.paused_since is None:
            return True
        self._leave_out()
        return False

    def buffered(self) -> int:
        """Bytes that wait in our memory for this client."""
        return self._transport.get_write_buffer_size()

    def _queue(self, data: bytes) -> int:
        if self.paused_since is not None and self.buffered() <= LOW_WATER:
            self._resume()
        if self.can_hear():
            self._transport.write(data)
            self._look_at_size()
        return len(data)

    def _hand_over(self, data: bytes) -> int:
        self._transport.write(data)
        return len(data)

    def _look_at_size(self) -> None:
        if self.paused_since is None and self.buffered() > HIGH_WATER:
            self.paused_since = time.monotonic()
            self._watcher.fell_behind()

    def _resume(self) -> None:
        if self.paused_since is not None:
            self.paused_since = None
            self._watcher.caught_up()

    def _leave_out(self) -> None:
        self.is_lagging = True
        self._watcher.missed()


def _drop(data: bytes) -> int:
    return len(data)


def _socket_of(transport: asyncio.Transport) -> Send | None:
    """The `send` of the socket below; None where something is in between (TLS), or where asyncio has no such thing."""
    if not isinstance(transport, getattr(selector_events, "_SelectorSocketTransport", ())):
        return None
    raw = getattr(transport.get_extra_info("socket"), "_sock", None)
    return getattr(raw, "send", None)
