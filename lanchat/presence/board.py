"""Tells people who share a room who comes and goes, coalesced: a storm of N costs N, not N²."""

import asyncio
import logging
from contextlib import suppress

from lanchat.accounts.models import User
from lanchat.core.base.errors import ChatError
from lanchat.core.chat import Chat, Part
from lanchat.core.delivery.hub import Gone, Socket
from lanchat.presence.schemas import OnlineIds, OnlineUsers, UserStatus
from lanchat.presence.typing import Typing
from lanchat.rooms.service.find import online_members

GRACE = 0.7  # s before somebody counts as gone: a page that reloads never was
SHORTEST_PAUSE = 0.2  # s between two announcements
LONGEST_PAUSE = 1.5  # s; with GRACE, offline is seen within 3 s even in a storm
ONLINE_PER_SECOND = 200  # the pause grows by a second for so many people online
STORM = 8  # so many changes at once are told by the list alone

log = logging.getLogger(__name__)


class Board(Part, scope="cluster"):
    """Remembers what was last announced; a flush announces what is different now."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._announced: set[int] = set()  # ids of those whom the others know to be online
        self._changed: dict[int, tuple[str, frozenset[int]]] = {}  # user id -> name, rooms to tell
        self._stale_rooms: set[int] = set()
        self._task: asyncio.Task[None] | None = None
        self._is_over = False

    def start(self) -> None:
        self._chat.hub.watch(self.room_changed, self.socket_gone)

    def stop(self) -> None:
        """Announce nothing more: the database, which knows names, is about to close."""
        self._is_over = True
        if self._task is not None:
            self._task.cancel()

    def room_changed(self, room_id: int) -> None:
        self._chat.part(Typing).forget_outsiders(room_id)
        self._stale_rooms.add(room_id)
        self._wake()

    def socket_came(self, socket: Socket) -> None:
        if socket.user_id not in self._announced:
            self._changed[socket.user_id] = socket.username, frozenset()
            self._wake()

    def socket_gone(self, gone: Gone) -> None:
        if gone.was_last:
            asyncio.get_running_loop().call_later(GRACE, self._perhaps_gone, gone)

    def _perhaps_gone(self, gone: Gone) -> None:
        user_id = gone.socket.user_id
        if self._chat.hub.is_online(user_id):
            return
        self._changed[user_id] = gone.socket.username, gone.room_ids
        self._stale_rooms |= gone.room_ids
        self._wake()

    def _wake(self) -> None:
        if not self._is_over and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._run(), name="presence")

    async def _run(self) -> None:
        while self._stale_rooms or self._changed:
            pause = SHORTEST_PAUSE + len(self._announced) / ONLINE_PER_SECOND
            await asyncio.sleep(min(pause, LONGEST_PAUSE))
            try:
                await self._flush()
            except Exception:
                log.exception("presence could not be told")  # of these changes; the next ones are

    async def _flush(self) -> None:
        changed, self._changed = self._changed, {}
        stale, self._stale_rooms = self._stale_rooms, set()
        await self._note_last_seen([user_id for user_id in changed if not self._chat.hub.is_online(user_id)])
        statuses = [
            (user_id, name, rooms)
            for user_id, (name, rooms) in changed.items()
            if self._chat.hub.is_online(user_id) != (user_id in self._announced)
        ]
        for user_id, name, rooms in statuses:
            self._announce(user_id, name, rooms, aloud=len(statuses) <= STORM)
        for room_id in stale:
            self._tell_ids(room_id)
            await self._tell_users(room_id)

    def _tell_ids(self, room_id: int) -> None:
        ids = OnlineIds(room_id=room_id, online_ids=sorted(self._chat.hub.online_in(room_id)))
        self._chat.hub.to_sockets(self._sids(room_id, want_ids=True), "online_ids_update", ids)

    async def _tell_users(self, room_id: int) -> None:
        if self._sids(room_id, want_ids=False):
            try:
                online = await online_members(self._chat, room_id)
            except ChatError:  # the storage is busy: with the next flush
                self._stale_rooms.add(room_id)
                return
            users = OnlineUsers(room_id=room_id, online_users=online)
            self._chat.hub.to_sockets(self._sids(room_id, want_ids=False), "online_users_update", users)

    def _sids(self, room_id: int, *, want_ids: bool) -> list[str]:
        return [socket.sid for socket in self._chat.hub.sockets_in(room_id) if socket.wants_ids is want_ids]

    async def _note_last_seen(self, user_ids: list[int]) -> None:
        """Before they are announced as gone, so that whoever then looks sees when; a full disk hides no news."""
        if user_ids:
            with suppress(ChatError):
                await self._chat.db.write(User.touch, user_ids, self._chat.clock.now())

    def _announce(self, user_id: int, name: str, rooms: frozenset[int], *, aloud: bool) -> None:
        hub = self._chat.hub
        is_online = hub.is_online(user_id)
        (self._announced.add if is_online else self._announced.discard)(user_id)
        if aloud:
            others = set().union(*(hub.online_in(room_id) for room_id in rooms | hub.rooms_of(user_id)))
            status = UserStatus(user_id=user_id, username=name, is_online=is_online)
            hub.to_users(others, "user_status_update", status)
