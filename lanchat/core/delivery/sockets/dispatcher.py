"""Owns what happens to a client's packet: a hot event runs inline, a bad one is answered, the library gets the rest."""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias

import orjson
import socketio
from socketio.packet import EVENT

from lanchat.core.base.bounds import Bound
from lanchat.core.base.tasks import Tasks
from lanchat.core.delivery.sockets.load import Load
from lanchat.core.delivery.sockets.packets import (
    BINARY,
    MAX_EVENT,
    NAMESPACE,
    RESERVED,
    EventHead,
    count_attachments,
    other_namespace,
    read_ack_id,
    read_event_head,
)

# Connect, disconnect, event, acknowledgement. We have no binary events, and the library would collect attachments
# without end.
_KNOWN = ("0", "1", "2", "3")
MAX_BEHIND = 100  # events of a socket that wait for one which comes first
MAX_BEHIND_BYTES = 1 << 18  # of these together, as they came: read, they may take twenty times as much
BEHIND = Bound("events_behind_a_first", f"{MAX_BEHIND} events, {MAX_BEHIND_BYTES >> 10} KB", "a socket")

HotHandler: TypeAlias = Callable[[str, object, int | None], None]
EventHandler: TypeAlias = Callable[[str, list[Any], int | None], Coroutine[Any, Any, None]]
RefusalHandler: TypeAlias = Callable[[str, str, str | None, int | None], None]


class Incoming:
    """Stands in front of python-socketio's own reader, which answers malformed events with silence."""

    def __init__(self, sio: socketio.AsyncServer, tasks: Tasks, refuse: RefusalHandler) -> None:
        self._manager = sio.manager
        self._engine = sio.eio
        self._packet_class: Any = sio.packet_class
        self._stock: Callable[[str, str | bytes], Awaitable[None]] = sio.eio.handlers["message"]
        self._tasks = tasks
        self._behind: dict[str, deque[tuple[EventHead, bytes]]] = {}  # by sid; empty nearly always
        self.hot: dict[bytes, HotHandler] = {}
        self.first: set[bytes] = set()
        self.other: EventHandler | None = None
        self.refuse = refuse

    def is_handled(self, eio_sid: str, text: bytes, load: Load) -> bool:
        """True if nothing is left to do: it was an event for us, or refused."""
        head = read_event_head(text)
        fault = _fault(head, text)
        if fault is None and (head is None or (self.other is None and head.name not in self.hot)):
            return False
        sid = load.speaker or self.sid_of(eio_sid)
        if sid is None:
            load.refuse()
            return True
        if fault is None and head is not None:
            fault = self._put_behind(sid, head, text) if sid in self._behind else self._call(sid, head, text, load)
        if fault is not None:
            load.attachments = count_attachments(text)
            self.refuse(sid, fault, _name(head), head.ack_id if head else read_ack_id(text))
        return True

    def refuse_binary(self, eio_sid: str, load: Load) -> None:
        """Nothing of ours is binary. What belongs to an event was answered with that."""
        if load.attachments:
            load.attachments -= 1
            load.refuse()
        elif (sid := self.sid_of(eio_sid)) is not None:
            self.refuse(sid, "invalid_input", None, None)
        else:
            load.refuse()

    async def receive(self, eio_sid: str, text: bytes, load: Load) -> None:
        """Any packet, of who may wait until it is done."""
        if self.is_handled(eio_sid, text, load):
            return
        if (namespace := other_namespace(text)) is not None:
            load.refuse()
            await self._engine.send(eio_sid, f'4{namespace},{{"message":"Invalid namespace"}}')  # as the official one
            return
        data = text.decode("utf-8", "surrogatepass")
        if data.startswith(_KNOWN) and self._is_readable(data):
            was_in = self.sid_of(eio_sid) is not None
            await self._stock(eio_sid, data)
            if data[0] == "0" and not was_in:
                if self.sid_of(eio_sid) is None:
                    load.knock()
            elif data[0] != "2":
                load.refuse()  # a client connects once, and has nothing of ours to acknowledge
        elif (sid := self.sid_of(eio_sid)) is not None:
            self.refuse(sid, "invalid_input", None, None)
        else:
            load.refuse()

    def sid_of(self, eio_sid: str) -> str | None:
        """The Socket.IO sid of who is connected, and not about to be shown out."""
        sid = self._manager.sid_from_eio_sid(eio_sid, NAMESPACE)
        return sid if sid is not None and self._manager.is_connected(sid, NAMESPACE) else None

    def _call(self, sid: str, head: EventHead, text: bytes, load: Load) -> str | None:
        """Returns the code of what is wrong with the event, if so."""
        try:
            arguments: list[Any] = orjson.loads(text[head.start :])
        except orjson.JSONDecodeError:
            return "invalid_input"
        hot = self.hot.get(head.name)
        if hot is not None:
            hot(sid, arguments[1] if len(arguments) > 1 else None, head.ack_id)
        elif self.other is not None:
            work = self.other(sid, arguments, head.ack_id)
            if head.name in self.first:
                self._behind[sid] = deque()
                work = self._run_first(sid, work, load)
            load.watch(self._tasks.run(work, f"event of {sid}"))
        return None

    def _put_behind(self, sid: str, head: EventHead, text: bytes) -> str | None:
        """Unread. Returns the code of why it may not wait, if so."""
        behind = self._behind[sid]
        if len(behind) >= MAX_BEHIND or len(text) + sum(len(other) for _, other in behind) > MAX_BEHIND_BYTES:
            return "too_many"
        behind.append((head, text))
        return None

    async def _run_first(self, sid: str, work: Coroutine[Any, Any, None], load: Load) -> None:
        try:
            await work
        finally:
            behind = self._behind.pop(sid)
            while behind and sid not in self._behind:
                head, text = behind.popleft()
                if (fault := self._call(sid, head, text, load)) is not None:
                    self.refuse(sid, fault, _name(head), head.ack_id)
            if behind:
                self._behind[sid] = behind  # the last one called comes first, too

    def _is_readable(self, data: str) -> bool:
        try:
            packet = self._packet_class(encoded_packet=data)
        except (ValueError, TypeError, LookupError, AttributeError):
            return False
        return packet.packet_type != EVENT or bool(packet.data and isinstance(packet.data, list))


def _fault(head: EventHead | None, text: bytes) -> str | None:
    """The code of what is wrong with a packet, as far as can be seen without reading its JSON."""
    if len(text) > MAX_EVENT:
        return "too_large"
    if head is None:
        is_event_here = text.startswith(b"2") and not text.startswith(b"2/")
        return "invalid_input" if is_event_here or text.startswith(BINARY) else None
    return "invalid_input" if head.name in RESERVED else None


def _name(head: EventHead | None) -> str | None:
    return head.name.decode("utf-8", "replace") if head else None
