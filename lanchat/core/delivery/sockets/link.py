"""Owns what a channel holds: links, by either of the ways in which a client is reached."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from lanchat.core.delivery.sockets.connection import Connection
    from lanchat.core.delivery.sockets.polling import QueuedSocket

Link: TypeAlias = Union["Connection", "QueuedSocket"]  # the names are known to type checkers only


class Channel:
    """The sockets that hear one channel, by the way in which they are reached."""

    __slots__ = ("connections", "name", "queued")

    def __init__(self, name: str) -> None:
        self.name = name
        self.connections: dict[Connection, None] = {}
        self.queued: dict[QueuedSocket, None] = {}

    def __iter__(self) -> Iterator[Link]:
        yield from self.connections
        yield from self.queued
