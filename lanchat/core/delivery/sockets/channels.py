"""Owns who hears which channel; a channel's name means nothing here."""

from collections.abc import Callable

from lanchat.core.delivery.sockets.connection import Connection
from lanchat.core.delivery.sockets.link import Channel, Link


class Channels:
    """A channel exists while somebody hears it."""

    def __init__(self, before_change: Callable[[], None]) -> None:
        """`before_change` sends what was published so far to those who heard it so far."""
        self._before_change = before_change
        self._channels: dict[str, Channel] = {}

    def get(self, name: str) -> Channel | None:
        return self._channels.get(name)

    def join(self, link: Link, name: str) -> None:
        self._before_change()
        channel = self._channels.get(name)
        if channel is None:
            channel = self._channels[name] = Channel(name)
        link.channels.add(channel)
        if isinstance(link, Connection):
            channel.connections[link] = None
        else:
            channel.queued[link] = None

    def leave(self, link: Link, name: str) -> None:
        channel = self._channels.get(name)
        if channel is None or channel not in link.channels:
            return
        self._before_change()
        link.channels.discard(channel)
        if isinstance(link, Connection):
            del channel.connections[link]
        else:
            del channel.queued[link]
        if not channel.connections and not channel.queued:
            del self._channels[name]

    def leave_all(self, link: Link) -> None:
        for channel in tuple(link.channels):
            self.leave(link, channel.name)

    def move(self, old: Link, new: Link) -> None:
        for channel in tuple(old.channels):
            self.join(new, channel.name)
            self.leave(old, channel.name)
