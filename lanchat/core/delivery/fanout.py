"""Delivers one encoded event to many sockets; knows socket ids and channels (opaque strings), no feature."""

from collections.abc import Callable, Collection, Iterable

import socketio
from engineio import packet as eio_packet

from lanchat.core.base.tasks import Tasks
from lanchat.core.delivery.sockets.channels import Channels
from lanchat.core.delivery.sockets.connection import Connection
from lanchat.core.delivery.sockets.dispatcher import EventHandler, HotHandler, Incoming, RefusalHandler
from lanchat.core.delivery.sockets.frames import frame
from lanchat.core.delivery.sockets.heartbeat import FanoutStats
from lanchat.core.delivery.sockets.link import Link
from lanchat.core.delivery.sockets.packets import ack_packet, event_packet
from lanchat.core.delivery.sockets.registry import Links
from lanchat.core.delivery.sockets.turn import Turn


class Fanout:
    """Keeps order per socket: whatever was published first arrives first, answers included.

    A WebSocket's connection is taken over where that is possible (`takeover.py`), and gets one write a turn of the
    event loop. Everybody else is served through the library's queues, with the same calls.
    """

    def __init__(self, *, is_limited: bool = True) -> None:
        """Unless `is_limited`, for measurements, nobody is shown out for sending nonsense."""
        self._is_limited = is_limited
        self._turn = Turn()
        self._channels = Channels(before_change=self._turn.flush)
        self._incoming: Incoming
        self._links: Links

    def attach(self, sio: socketio.AsyncServer) -> None:
        """Must come before the first client, and before the handlers below."""
        tasks = Tasks()
        self._incoming = Incoming(sio, tasks, self._say_refused)
        self._links = Links(sio, self._incoming, self._turn, self._channels, tasks)
        self._links.is_limited = self._is_limited

    @property
    def stats(self) -> FanoutStats:
        return self._links.stats()

    # Channels

    def join(self, sid: str, channel: str) -> None:
        """Nothing happens if the socket is gone already."""
        link = self._links.find(sid)
        if link is not None:
            self._channels.join(link, channel)

    def leave(self, sid: str, channel: str) -> None:
        link = self._links.find(sid)
        if link is not None:
            self._channels.leave(link, channel)

    def members(self, channel: str) -> Collection[str]:
        found = self._channels.get(channel)
        return [] if found is None else [link.sid for link in found if link.sid is not None]

    def is_open(self, sid: str) -> bool:
        """Whether the connection behind a socket id is still there."""
        return self._links.is_open(sid)

    def drop(self, sid: str) -> None:
        """Forget this socket; call it on disconnect."""
        self._links.forget(sid)

    # Outwards

    def publish(self, channel: str, event: str, payload: object, *, skip: str | None = None) -> None:
        """Encodes `payload` once, with orjson."""
        found = self._channels.get(channel)
        if found is None:
            return
        text = event_packet(event, payload)
        skipped = None if skip is None else self._links.find(skip)
        if skipped is not None and found in skipped.channels:
            self._put([link for link in found if link is not skipped], text)
        else:
            if found.connections:
                self._turn.publish(found, frame(b"4" + text))
            self._put(found.queued, text)

    def at_once(self, speak: Callable[[], None]) -> None:
        """What `speak` publishes and sends is written as soon as it has ended."""
        self._turn.at_once(speak)

    def publish_to(self, sids: Iterable[str], event: str, payload: object) -> None:
        """Each socket gets it once, however often its id is named."""
        links = [self._links.find(sid) for sid in dict.fromkeys(sids)]
        self._put([link for link in links if link is not None], event_packet(event, payload))

    def _put(self, links: Collection[Link], text: bytes, *, droppable: bool = True) -> None:
        if not links:
            return
        framed = frame(b"4" + text)
        packet: eio_packet.Packet | None = None
        for link in links:
            if isinstance(link, Connection):
                self._turn.send(link, framed)
                continue
            packet = packet or eio_packet.Packet(eio_packet.MESSAGE, text.decode())
            if not link.put(packet, droppable=droppable):
                self._links.left_out()

    def send(self, sid: str, event: str, payload: object) -> None:
        self._answer(sid, event_packet(event, payload))

    def acknowledge(self, sid: str, ack_id: int, payload: object) -> None:
        self._answer(sid, ack_packet(ack_id, payload))

    def _answer(self, sid: str, text: bytes) -> None:
        link = self._links.find(sid)
        if link is not None:
            self._put([link], text, droppable=False)

    # Inwards

    def on_hot(self, event: str, handler: HotHandler) -> None:
        """`handler(sid, payload, ack_id)` runs inline, in arrival order, and answers by `acknowledge`."""
        self._incoming.hot[event.encode()] = handler

    def comes_first(self, event: str) -> None:
        """What its socket sends after it, hot or not, begins when it has ended; for events that aren't hot."""
        self._incoming.first.add(event.encode())

    def on_other(self, handler: EventHandler) -> None:
        """`handler(sid, arguments, ack_id)` gets every other event in a task; `arguments` begins with its name.

        Without one they go to python-socketio's handlers.
        """
        self._incoming.other = handler

    def on_refused(self, handler: RefusalHandler) -> None:
        """`handler(sid, code, event, ack_id)` tells a client about an event that reached nobody.

        `code` is `invalid_input`, `too_large`, or `too_many` wait behind one that comes first.
        """
        self._incoming.refuse = handler

    def on_flood(self, handler: Callable[[str], object]) -> None:
        """`handler(sid)` hears of who is shown out, before they are."""
        self._links.on_flood = handler

    def count_refusal(self, sid: str) -> None:
        """An event of this socket came to nothing; who sends too many of them is shown out."""
        link = self._links.find(sid)
        if link is not None:
            link.load.refuse()

    def _say_refused(self, sid: str, code: str, event: str | None, ack_id: int | None) -> None:
        self.count_refusal(sid)
        error: dict[str, object] = {"code": code, "message": code, "details": {}}
        if ack_id is None:
            self.send(sid, "error", {**error, "event": event})
        else:
            self.acknowledge(sid, ack_id, {"ok": False, "error": error})

    # The end of a socket

    async def close(self, sid: str) -> None:
        """Disconnect this client; what was published before is on its way first."""
        await self._links.close(sid)

    async def shutdown(self) -> None:
        """Disconnect everybody."""
        await self._links.shutdown()
