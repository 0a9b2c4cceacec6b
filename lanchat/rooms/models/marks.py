"""How far rooms came to their members, and what others see of that."""

from typing import NamedTuple

from lanchat.core.storage.engines import ENGINE
from lanchat.rooms.models.memberships import Membership

HIDES = "EXISTS (SELECT 1 FROM account a WHERE a.id = membership.user_id AND a.hides_receipts)"


class Marks(NamedTuple):
    """How far a room came to one of its members."""

    delivered_seq: int
    read_seq: int
    seen_seq: int


def marks_of(user_id: int, room_id: int) -> Marks:
    """Of a member."""
    marks = "SELECT delivered_seq, read_seq, seen_seq FROM membership WHERE room_id = ? AND user_id = ?"
    return Marks(*Membership.run_sql(marks, room_id, user_id).fetchone())


def mark(user_id: int, room_id: int, delivered: int, read: int) -> Marks | None:
    """Remember what reached somebody and what they read, never backwards; None for an outsider."""
    rows = Membership.run_sql(
        f"""UPDATE membership SET
            delivered_seq = {ENGINE.GREATEST}(delivered_seq, {ENGINE.LEAST}(?, room.seq)),
            read_seq = {ENGINE.GREATEST}(read_seq, {ENGINE.LEAST}(?, room.seq)),
            seen_seq = CASE WHEN {HIDES} THEN 0 ELSE {ENGINE.GREATEST}(seen_seq, {ENGINE.LEAST}(?, room.seq)) END
        FROM room WHERE room.id = membership.room_id AND membership.room_id = ? AND membership.user_id = ?
        RETURNING delivered_seq, read_seq, seen_seq""",  # noqa: S608, ours
        max(delivered, read),
        read,
        read,
        room_id,
        user_id,
    ).fetchall()
    return Marks(*rows[0]) if rows else None


def mark_unread(user_id: int, room_id: int, seq: int) -> int:
    """A member has read only what stands before `seq`; what others saw of it stays. Returns the mark now."""
    ((read_seq,),) = Membership.run_sql(
        f"""UPDATE membership SET read_seq = {ENGINE.LEAST}(read_seq, ?) WHERE room_id = ? AND user_id = ?
        RETURNING read_seq""",  # noqa: S608, ours
        seq - 1,
        room_id,
        user_id,
    ).fetchall()
    return read_seq


def hide_seen(user_id: int) -> None:
    """In no room of theirs anybody sees how far they have read."""
    Membership.run_sql("UPDATE membership SET seen_seq = 0 WHERE user_id = ?", user_id)
