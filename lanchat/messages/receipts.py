"""Tells authors how far their messages came, at a cost that does not grow with the square of the room.

A room's members hear only its two furthest readers: with those, everybody can tell whether
somebody other than the author has a message. Once two have read it, later readers change nothing.
After a restart, or once nobody was there to hear, an update may know less than a client does; as
marks never go back, a client keeps the further one.
"""

import asyncio

from lanchat.accounts.models import User
from lanchat.accounts.schemas.preferences import Preferences
from lanchat.core.chat import Chat, Part
from lanchat.core.hooks import Tell
from lanchat.messages.schemas.outgoing import Reached, ReceiptsPayload
from lanchat.rooms.models import Marks
from lanchat.rooms.models.marks import hide_seen, marks_of

PAUSE = 0.5  # s in which changes of a room become one update


class Receipts(Part, scope="cluster"):
    """The furthest members of each room where something moved since somebody hears it."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._rooms: dict[int, ReceiptsPayload] = {}
        self._stale: dict[int, asyncio.TimerHandle] = {}
        self._hiding: set[int] = set()  # who shows nobody how far they read, and is shown it of nobody

    def moved(self, user_id: int, room_id: int, marks: Marks) -> None:
        """A member's marks, after the commit that moved them."""
        if room_id not in self._rooms:
            self._forget_unheard()
        known = self._rooms.get(room_id, ReceiptsPayload(room_id=room_id))
        now = known.model_copy(
            update={
                "delivered": _with(known.delivered, user_id, marks.delivered_seq),
                "seen": _with(known.seen, user_id, marks.seen_seq),
            }
        )
        if now != known:
            self._rooms[room_id] = now
            if room_id not in self._stale:
                loop = asyncio.get_running_loop()
                self._stale[room_id] = loop.call_later(PAUSE, self._tell, room_id)

    def hide(self, user_ids: set[int]) -> None:
        """From now on these neither show how far they read, nor are shown it."""
        self._hiding |= user_ids
        for room_id, known in self._rooms.items():
            seen = tuple(entry for entry in known.seen if entry.user_id not in user_ids)
            self._rooms[room_id] = known.model_copy(update={"seen": seen})

    def show(self, user_id: int) -> None:
        """From now on they do, and are."""
        self._hiding.discard(user_id)

    def _forget_unheard(self) -> None:
        """Rooms that were deleted, or that nobody is in just now."""
        for room_id in self._rooms.keys() - self._stale.keys():
            if not self._chat.hub.count_online_in(room_id):
                del self._rooms[room_id]

    def _tell(self, room_id: int) -> None:
        del self._stale[room_id]
        hub, update = self._chat.hub, self._rooms[room_id]
        online = hub.online_in(room_id) if self._hiding else frozenset[int]()
        if hiding := self._hiding & online:
            hub.to_users(hiding, "receipts_update", update.model_copy(update={"seen": ()}))
            hub.to_users(online - hiding, "receipts_update", update)
        else:
            hub.to_room(room_id, "receipts_update", update)


def note_newcomer(user_id: int, room_id: int) -> Tell:
    """To authors, who has just come has read what was said before: there is no other word of it to wait for."""
    marks = marks_of(user_id, room_id)
    return lambda chat: chat.part(Receipts).moved(user_id, room_id, marks)


async def recall_hiding(chat: Chat) -> None:
    """Before anybody hears anything."""
    chat.part(Receipts).hide(await chat.db.read(User.hiding_receipts))


def prefer(user_id: int, before: Preferences, now: Preferences) -> Tell:
    """Who hides how far they read is hidden at once; who shows it again is seen with what they read next."""
    if before.show_read_receipts and not now.show_read_receipts:
        hide_seen(user_id)
        return lambda chat: chat.part(Receipts).hide({user_id})
    if now.show_read_receipts:
        return lambda chat: chat.part(Receipts).show(user_id)
    return lambda _: None


def _with(furthest: tuple[Reached, ...], user_id: int, seq: int) -> tuple[Reached, ...]:
    """The two furthest of them, this one included if it is; marks never go back."""
    others = [entry for entry in furthest if entry.user_id != user_id]
    return tuple(sorted([*others, Reached(user_id=user_id, seq=seq)], key=lambda entry: -entry.seq)[:2])
