"""What becomes of rooms when somebody who was in them is forgotten."""

from functools import partial
from typing import NamedTuple

from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.rooms.models import LogRow, Membership, Room, RoomLog
from lanchat.rooms.models.direct import forget_unsaid
from lanchat.rooms.models.members import stands
from lanchat.rooms.schemas.told import RoomDeleted, RoomHidden
from lanchat.rooms.service.going import Gone, tell_gone


def made_rooms() -> str:
    """Or did something to one that stands in its log; and whoever was written to stays for those who wrote."""
    return """(EXISTS (SELECT 1 FROM room r WHERE r.created_by = account.id AND r.kind <> 'direct')
        OR EXISTS (SELECT 1 FROM membership m JOIN room r ON r.id = m.room_id
            WHERE m.user_id = account.id AND r.kind = 'direct' AND r.seq > 0)
        OR EXISTS (SELECT 1 FROM room_log l WHERE l.actor_id = account.id)
        OR EXISTS (SELECT 1 FROM ban b WHERE b.banned_by = account.id))"""


def leave_all(user_ids: list[int], now: str) -> Tell:
    """In the transaction that removes their accounts: each room passes on as when somebody leaves, without a line.

    Direct rooms in which nothing was ever said go with them.
    """
    closed, gone = forget_unsaid(user_ids), list[Gone]()
    for user_id in user_ids:
        for room_id in Membership.room_ids_of(user_id):
            left = Membership.leave(user_id, room_id, now)
            if left is not None:
                heir = left.heir_id and stands(room_id, left.heir_id, now)
                gone.append(Gone(left, "left", heir or None, []))
    return partial(_tell, closed, gone)


class Parted(NamedTuple):
    """Somebody's room without them; `name` is what it was called if it went with them, empty of a direct one."""

    room_id: int
    gone: Gone | None
    name: str | None


def part_with(user_id: int, room_id: int, now: str, *, goes: bool) -> Parted:
    """In a transaction: take somebody out who deletes their account, without a line; the room may go with them."""
    if goes:
        return Parted(room_id, None, Room.remove(room_id))
    left = Membership.leave(user_id, room_id, now)
    heir = left and left.heir_id and stands(room_id, left.heir_id, now)
    if heir:
        row = LogRow(0, now, user_id, "ownership_transferred", heir.member.id, {})
        RoomLog.note(room_id, row)
    return Parted(room_id, left and Gone(left, "left", heir or None, []), None)


def tell_parted(chat: Chat, parted: Parted | None) -> None:
    if parted is None:
        return
    tell_gone(chat, parted.gone)
    if parted.name is not None:
        chat.hub.close_room(parted.room_id)
    if parted.name:
        chat.hub.to_everybody("room_deleted", RoomDeleted(room_id=parted.room_id, name=parted.name))


def _tell(closed: list[int], gone: list[Gone], chat: Chat) -> None:
    for room_id in closed:
        people = chat.hub.online_in(room_id)
        chat.hub.close_room(room_id)
        chat.hub.to_users(people, "room_hidden", RoomHidden(room_id=room_id))
    for each in gone:
        tell_gone(chat, each)
