"""Remembers who is typing where, and forgets it by itself."""

import asyncio
from typing import NamedTuple

from lanchat.core.chat import Chat, Part
from lanchat.core.delivery.hub import Socket
from lanchat.presence.schemas import TypingUpdate

LIFE = 4.8  # s without another `typing_start` until somebody no longer types: gone within 5 s, PAUSE included
PAUSE = 0.1  # s in which changes of a room become one update


class _Typist(NamedTuple):
    """`end`: when they are forgotten."""

    name: str
    shown: str
    is_guest: bool
    end: asyncio.TimerHandle


class Typing(Part, scope="cluster"):
    """In memory only; a name per user, however many tabs they type in."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._typing: dict[int, dict[int, _Typist]] = {}  # by room and user
        self._stale: dict[int, asyncio.TimerHandle] = {}
        self._told: dict[int, tuple[list[str], list[str]]] = {}  # room -> the last update, unless it had no names

    def start(self, socket: Socket, room_id: int) -> None:
        people = self._typing.setdefault(room_id, {})
        if known := people.get(socket.user_id):
            known.end.cancel()
        else:
            self._changed(room_id)
        end = asyncio.get_running_loop().call_later(LIFE, self.stop, socket.user_id, room_id)
        people[socket.user_id] = _Typist(socket.username, socket.display_name or socket.username, socket.is_guest, end)

    def stop(self, user_id: int, room_id: int) -> None:
        people = self._typing.get(room_id)
        known = people.pop(user_id, None) if people else None
        if known is None:
            return
        known.end.cancel()
        if not people:
            del self._typing[room_id]
        self._changed(room_id)

    def stop_everywhere(self, user_id: int) -> None:
        for room_id in [room_id for room_id, people in self._typing.items() if user_id in people]:
            self.stop(user_id, room_id)

    def forget_outsiders(self, room_id: int) -> None:
        """Those who have just left the room type there no more."""
        for user_id in list(self._typing.get(room_id, ())):
            if not self._chat.hub.hears(user_id, room_id):
                self.stop(user_id, room_id)

    def _changed(self, room_id: int) -> None:
        if room_id not in self._stale:
            loop = asyncio.get_running_loop()
            self._stale[room_id] = loop.call_later(PAUSE, self._tell, room_id)

    def _tell(self, room_id: int) -> None:
        del self._stale[room_id]
        hub = self._chat.hub
        people = self._typing.get(room_id, {})
        typists = [typist for user_id, typist in people.items() if hub.hears(user_id, room_id)]
        names, guests = [each.name for each in typists], [each.name for each in typists if each.is_guest]
        known = self._told.pop(room_id, ([], []))
        if names:
            self._told[room_id] = names, guests
        if (names, guests) != known:
            shown = [each.shown for each in typists]
            ids = [user_id for user_id in people if hub.hears(user_id, room_id)]
            update = TypingUpdate(
                room_id=room_id, typing_users=names, typing_names=shown, typing_guests=guests, typing_ids=ids
            )
            hub.to_room(room_id, "typing_update", update)
