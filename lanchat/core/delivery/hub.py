"""Owns who is connected and who hears what; the only module that knows the names of channels."""

from collections.abc import Callable, Collection, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import orjson
from pydantic import BaseModel

from lanchat.core.base.schemas import Payload
from lanchat.core.base.tasks import Tasks

EVERYBODY = "everybody"


class SessionRevoked(Payload):
    """`session_revoked`: this socket's session has ended."""

    reason: str
    """Stable, for programs."""


class ServerStopping(Payload):
    """`server_stopping`: the host is about to go."""

    restart_expected: bool
    """True where the host's computer only falls asleep."""


class Resync(Payload):
    """`resync`: this socket missed events, or so much has changed at once that it isn't told one by one; sync now."""

    room_id: int | None = None
    """Where; null or left out: everywhere."""


class Delivery(Protocol):
    """What carries events to sockets (`fanout.py`); in unit tests, a recording one."""

    def join(self, sid: str, channel: str) -> None: ...
    def leave(self, sid: str, channel: str) -> None: ...
    def drop(self, sid: str) -> None: ...
    def is_open(self, sid: str) -> bool: ...
    def publish(self, channel: str, event: str, payload: object, *, skip: str | None = None) -> None: ...
    def publish_to(self, sids: Iterable[str], event: str, payload: object) -> None: ...
    def send(self, sid: str, event: str, payload: object) -> None: ...
    def close(self, sid: str) -> Coroutine[Any, Any, None]: ...


@dataclass(frozen=True)
class Socket:
    """One connection of a user; several tabs and devices are several sockets."""

    sid: str
    user_id: int
    username: str
    session_id: int
    language: str
    wants_ids: bool = False  # of who is online, instead of all about them
    address: str = ""  # where it is
    is_guest: bool = False
    display_name: str | None = None


@dataclass(frozen=True)
class Gone:
    """A socket that has just left; `room_ids` is what its user heard until then."""

    socket: Socket
    was_last: bool
    room_ids: frozenset[int]


@dataclass
class _User:
    """What the hub knows of a user while they are connected."""

    sids: set[str] = field(default_factory=set)
    rooms: set[int] = field(default_factory=set)


class Hub:
    """Subscription is authorisation: a socket hears a room exactly while its user is subscribed."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._sockets: dict[str, Socket] = {}
        self._users: dict[int, _User] = {}
        self._rooms: dict[int, set[int]] = {}  # room id -> ids of its connected members
        self._tasks = Tasks()
        self._on_change: Callable[[int], object] = _nobody_watches
        self._on_end: Callable[[Gone], object] = _nobody_watches

    def watch(self, on_change: Callable[[int], object], on_end: Callable[[Gone], object]) -> None:
        """Hear of every room whose connected members changed, and of every socket that we ended."""
        self._on_change, self._on_end = on_change, on_end

    # -- sockets

    def connect(self, socket: Socket, room_ids: Iterable[int]) -> bool:
        """Let a socket hear its user's rooms; True when it is the user's first."""
        user = self._users.setdefault(socket.user_id, _User())
        is_first = not user.sids
        self._sockets[socket.sid] = socket
        user.sids.add(socket.sid)
        self._delivery.join(socket.sid, EVERYBODY)
        for room_id in user.rooms:
            self._delivery.join(socket.sid, _channel(room_id))
        for room_id in room_ids:
            self.subscribe(socket.user_id, room_id)
        return is_first

    def disconnect(self, sid: str) -> Gone | None:
        """Forget a socket; None where it never got in, or was forgotten before."""
        socket = self._sockets.pop(sid, None)
        self._delivery.drop(sid)
        if socket is None:
            return None
        user = self._users[socket.user_id]
        user.sids.discard(sid)
        gone = Gone(socket, not user.sids, frozenset(user.rooms))
        if gone.was_last:
            for room_id in user.rooms:
                self._discard_from_room(socket.user_id, room_id)
            del self._users[socket.user_id]
        return gone

    def make_account(self, user_id: int) -> None:
        """A user who was a guest is none any more."""
        for sid in self._sids_of(user_id):
            self._sockets[sid] = replace(self._sockets[sid], is_guest=False)

    def rename(self, user_id: int, username: str, display_name: str | None) -> None:
        """What others are told a user is called, from now on."""
        for sid in self._sids_of(user_id):
            self._sockets[sid] = replace(self._sockets[sid], username=username, display_name=display_name)

    def is_open(self, sid: str) -> bool:
        """Whether the connection behind a socket id is still there."""
        return self._delivery.is_open(sid)

    def count_sockets(self, user_id: int) -> int:
        return len(self._sids_of(user_id))

    def socket(self, sid: str) -> Socket | None:
        return self._sockets.get(sid)

    def sockets(self) -> Collection[Socket]:
        return self._sockets.values()

    def end(self, sockets: Iterable[Socket], reason: str) -> None:
        """Say why (`session_revoked`), then disconnect; nothing reaches these sockets afterwards."""
        for socket in list(sockets):
            self._delivery.send(socket.sid, "session_revoked", encoded(SessionRevoked(reason=reason)))
            if gone := self.disconnect(socket.sid):
                self._on_end(gone)
            self._tasks.run(self._delivery.close(socket.sid), f"close {socket.sid}")

    def end_session(self, session_id: int, reason: str) -> None:
        self.end((s for s in self._sockets.values() if s.session_id == session_id), reason)

    # -- rooms

    def subscribe(self, user_id: int, room_id: int) -> None:
        """From now on every socket of the user hears the room. Without any socket, nothing to do."""
        user = self._users.get(user_id)
        if user is None:
            return
        user.rooms.add(room_id)
        self._rooms.setdefault(room_id, set()).add(user_id)
        self._on_change(room_id)
        for sid in user.sids:
            self._delivery.join(sid, _channel(room_id))

    def evict(self, user_id: int, room_id: int) -> None:
        """From now on no socket of the user hears the room."""
        user = self._users.get(user_id)
        if user is None:
            return
        user.rooms.discard(room_id)
        self._discard_from_room(user_id, room_id)
        for sid in user.sids:
            self._delivery.leave(sid, _channel(room_id))

    def close_room(self, room_id: int) -> None:
        for user_id in list(self._rooms.get(room_id, ())):
            self.evict(user_id, room_id)

    def hears(self, user_id: int, room_id: int) -> bool:
        user = self._users.get(user_id)
        return user is not None and room_id in user.rooms

    # -- who is online

    def count_online(self) -> int:
        return len(self._users)

    def is_online(self, user_id: int) -> bool:
        return user_id in self._users

    def online_in(self, room_id: int) -> frozenset[int]:
        """Ids of the room's members who are connected."""
        return frozenset(self._rooms.get(room_id, ()))

    def count_online_in(self, room_id: int) -> int:
        return len(self._rooms.get(room_id, ()))

    def sockets_in(self, room_id: int) -> list[Socket]:
        """The sockets that hear a room."""
        return [self._sockets[sid] for user_id in self._rooms.get(room_id, ()) for sid in self._sids_of(user_id)]

    def rooms_of(self, user_id: int) -> frozenset[int]:
        """Ids of the rooms that a connected user hears."""
        user = self._users.get(user_id)
        return frozenset(user.rooms) if user else frozenset()

    # -- telling

    def to_room(self, room_id: int, event: str, payload: object) -> None:
        self._delivery.publish(_channel(room_id), event, encoded(payload))

    def to_user(self, user_id: int, event: str, payload: object) -> None:
        if user := self._users.get(user_id):
            self._delivery.publish_to(tuple(user.sids), event, encoded(payload))

    def to_users(self, user_ids: Iterable[int], event: str, payload: object) -> None:
        self.to_sockets([sid for user_id in user_ids for sid in self._sids_of(user_id)], event, payload)

    def to_rooms(self, room_ids: Iterable[int], event: str, payload: object, *, and_to: int) -> None:
        """To everybody who hears one of the rooms, once, and to one person in any case."""
        people = {and_to}.union(*(self._rooms.get(room_id, ()) for room_id in room_ids))
        self.to_users(people, event, payload)

    def to_sockets(self, sids: Collection[str], event: str, payload: object) -> None:
        if sids:
            self._delivery.publish_to(sids, event, encoded(payload))

    def to_socket(self, sid: str, event: str, payload: object) -> None:
        self._delivery.send(sid, event, encoded(payload))

    def to_everybody(self, event: str, payload: object) -> None:
        self._delivery.publish(EVERYBODY, event, encoded(payload))

    def _sids_of(self, user_id: int) -> Collection[str]:
        user = self._users.get(user_id)
        return user.sids if user else ()

    def _discard_from_room(self, user_id: int, room_id: int) -> None:
        members = self._rooms.get(room_id)
        if members is not None:
            members.discard(user_id)
            if not members:
                del self._rooms[room_id]
            self._on_change(room_id)


def encoded(payload: object) -> object:
    """A model as finished JSON inside whatever is encoded around it; anything else as it is."""
    return orjson.Fragment(payload.model_dump_json()) if isinstance(payload, BaseModel) else payload


def _nobody_watches(_: object) -> None:
    """Until presence does."""


def _channel(room_id: int) -> str:
    return f"room:{room_id}"
