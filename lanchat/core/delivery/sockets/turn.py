"""Owns what is sent within one turn of the event loop."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeAlias

from lanchat.core.delivery.sockets.connection import Connection
from lanchat.core.delivery.sockets.link import Channel

# What was sent, and when within its turn.
Numbered: TypeAlias = tuple[int, bytes]


class Turn:
    """Joins the frames of one turn: one write for each connection, in the order in which they were sent.

    A write is a system call, so this is what makes a message to many cheap. There is no timer:
    the write follows at the end of the turn.
    """

    def __init__(self) -> None:
        self._sent = 0
        self._published: dict[Channel, list[Numbered]] = {}
        self._direct: dict[Connection, list[Numbered]] = {}
        self._is_scheduled = False

    def publish(self, channel: Channel, frame: bytes) -> None:
        self._published.setdefault(channel, []).append(self._number(frame))

    def send(self, connection: Connection, frame: bytes) -> None:
        self._direct.setdefault(connection, []).append(self._number(frame))

    def at_once(self, speak: Callable[[], None]) -> None:
        """Send what `speak` says as soon as it has ended, and not a turn later."""
        self._is_scheduled = True
        try:
            speak()
        finally:
            self.flush()

    def _number(self, frame: bytes) -> Numbered:
        if not self._is_scheduled:
            self._is_scheduled = True
            asyncio.get_running_loop().call_soon(self.flush)
        self._sent += 1
        return self._sent, frame

    def flush(self) -> None:
        """Comes by itself; also needed before it changes who hears what, and before a connection ends."""
        self._is_scheduled = False
        if not self._published and not self._direct:
            return
        published, self._published = self._published, {}
        direct, self._direct = self._direct, {}
        mixed = direct.keys() | _in_several(published)
        for channel, frames in published.items():
            data = _joined(frames)
            _broadcast(channel.connections.keys() - mixed if mixed else channel.connections, data)
        for connection in mixed:
            frames = direct.get(connection, [])
            heard = connection.channels & published.keys()
            if heard and connection.outlet.can_hear():
                frames = sorted(sum((published[channel] for channel in heard), frames))
            if frames:
                _write(connection, _joined(frames))


def _in_several(channels: Iterable[Channel]) -> set[Connection]:
    """The connections that hear more than one of these channels."""
    seen: set[Connection] = set()
    several: set[Connection] = set()
    for channel in channels:
        several |= seen & channel.connections.keys()
        seen |= channel.connections.keys()
    return several


def _joined(frames: list[Numbered]) -> bytes:
    return frames[0][1] if len(frames) == 1 else b"".join([frame for _, frame in frames])


def _broadcast(connections: Iterable[Connection], data: bytes) -> None:
    size = len(data)
    for connection in connections:
        outlet = connection.outlet
        try:
            sent = outlet.send(data)
        except OSError:  # full, or broken: `keep` finds out
            sent = 0
        except Exception as error:  # noqa: BLE001, the others of this turn are owed theirs
            connection.fail(error)
            continue
        if sent != size:
            outlet.keep(data, sent)


def _write(connection: Connection, data: bytes) -> None:
    try:
        connection.write(data)
    except Exception as error:  # noqa: BLE001, the others of this turn are owed theirs
        connection.fail(error)
