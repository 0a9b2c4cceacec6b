"""Owns what a list of rooms shows of each: what is unread, the newest message, and how far others have come."""

from typing import Any, NamedTuple

from lanchat.messages.models.messages import Message
from lanchat.messages.models.shape import COLUMNS, JOINED, read_fields

MAX_UNREAD = 100  # counted no further
PREVIEW = 500  # characters of a newest message

# A mark and whose it is, in one number: so the furthest member of a room is one max() in one walk over its members.
# Sorting them for the first two took ten times as long.
OWNER = 1 << 32
DELIVERED = f"o.delivered_seq * {OWNER} + o.user_id"
READ = f"o.read_seq * {OWNER} + o.user_id"
# Materialized, because SQLite would else look for the furthest once more for every member that it compares with them.
OVERVIEW = f"""
    WITH mine AS MATERIALIZED (
        SELECT s.room_id, s.user_id, s.read_seq,
            (SELECT max({DELIVERED}) FROM membership o WHERE o.room_id = s.room_id) AS delivered,
            (SELECT max({READ}) FROM membership o WHERE o.room_id = s.room_id) AS seen,
            (SELECT max(n.seq) FROM message n WHERE n.room_id = s.room_id) AS newest
        FROM membership s WHERE s.user_id = ?)
    SELECT s.room_id, (SELECT r.seq FROM room r WHERE r.id = s.room_id),
        (SELECT count(*) FROM (SELECT 1 FROM message n WHERE n.room_id = s.room_id AND n.seq > s.read_seq
            AND n.user_id <> s.user_id AND n.deleted_at IS NULL LIMIT {MAX_UNREAD}) AS unread),
        s.delivered,
        (SELECT max({DELIVERED}) FROM membership o WHERE o.room_id = s.room_id AND {DELIVERED} < s.delivered),
        s.seen,
        (SELECT max({READ}) FROM membership o WHERE o.room_id = s.room_id AND {READ} < s.seen),
        {COLUMNS}
    FROM mine s LEFT JOIN message m ON m.room_id = s.room_id AND m.seq = s.newest {JOINED}"""  # noqa: S608, ours


class RoomRow(NamedTuple):
    """What is told of a room besides its newest message, whose columns follow; each furthest member is a number."""

    room_id: int
    last_seq: int
    unread_count: int
    delivered: int
    delivered_next: int | None
    seen: int
    seen_next: int | None


def overview(user_id: int) -> list[dict[str, Any]]:
    """The fields of a RoomOverview for every room that the user is in: one statement, however many there are.

    Plain dictionaries, because eight hundred rooms of models would take longer than the query.
    """
    return [_fields(row) for row in Message.run_sql(OVERVIEW, user_id)]


def _preview(message: dict[str, Any]) -> dict[str, Any]:
    """Hundreds of rooms, each with thirty kilobytes, would be an answer without end."""
    message["content"] = message["content"][:PREVIEW]
    return message


def _fields(columns: tuple[Any, ...]) -> dict[str, Any]:
    width = len(RoomRow._fields)
    room, newest = RoomRow._make(columns[:width]), columns[width:]
    return {
        "room_id": room.room_id,
        "last_seq": room.last_seq,
        "unread_count": room.unread_count,
        "last_message": None if newest[0] is None else _preview(read_fields(newest)),
        "receipts": {
            "room_id": room.room_id,
            "delivered": _reached(room.delivered, room.delivered_next),
            "seen": _reached(room.seen, room.seen_next),
        },
    }


def _reached(*furthest: int | None) -> list[dict[str, int]]:
    marks = [divmod(mark, OWNER) for mark in furthest if mark is not None]
    return [{"user_id": user_id, "seq": seq} for seq, user_id in marks]
