"""Owns what a list of rooms shows of each: what is unread, the newest message, and how far others have come."""

from typing import Any, NamedTuple

from lanchat.messages.models.messages import Message
from lanchat.messages.models.payload import COLUMNS, JOINED, read_fields

MAX_UNREAD = 100  # counted no further
PREVIEW = 500  # characters of a newest message

# Each of these is a look into an index that has a room's members in order of their marks, and not a walk over them.
FURTHEST = ", ".join(
    f"(SELECT o.{column} FROM membership o WHERE o.room_id = s.room_id ORDER BY o.{mark} DESC LIMIT 1 OFFSET {place})"  # noqa: S608, ours
    for mark in ("delivered_seq", "seen_seq")
    for place in (0, 1)
    for column in ("user_id", mark)
)
SHOWN = "(n.seq > s.joined_seq OR 'everyone' = (SELECT r.history FROM room r WHERE r.id = s.room_id))"
# Of whom I blocked nothing waits for me; looked up once, and not for each message.
NOT_BLOCKED = "NOT IN (SELECT b.blocked_id FROM block b WHERE b.user_id = ?)"
HEARD = f"n.user_id {NOT_BLOCKED}"
HEARD_OF = f"(SELECT w.user_id FROM message w WHERE w.room_id = n.room_id AND w.seq = n.seq) {NOT_BLOCKED}"  # noqa: S608, ours
UNREAD = f"""message n WHERE n.room_id = s.room_id AND n.seq > s.read_seq
            AND n.user_id <> s.user_id AND n.deleted_at IS NULL AND n.message_type <> 'system'
            AND {HEARD} AND {SHOWN}"""
MENTIONED = f"""SELECT n.seq FROM mention n WHERE n.user_id = s.user_id AND n.room_id = s.room_id
            AND n.seq > s.read_seq AND {SHOWN} AND {HEARD_OF}
        UNION SELECT n.seq FROM message n WHERE n.room_id = s.room_id AND n.seq > s.read_seq AND n.mentions_all = 1
            AND n.user_id <> s.user_id AND {HEARD} AND {SHOWN}"""  # noqa: S608, ours
OVERVIEW = f"""SELECT s.room_id, (SELECT r.seq FROM room r WHERE r.id = s.room_id),
        (SELECT count(*) FROM (SELECT 1 FROM {UNREAD} LIMIT {MAX_UNREAD}) AS unread),
        (SELECT count(*) FROM (SELECT 1 FROM ({MENTIONED}) AS each LIMIT {MAX_UNREAD}) AS mentioned),
        (SELECT n.seq FROM {UNREAD} ORDER BY n.seq LIMIT 1),
        {FURTHEST}, (SELECT a.hides_receipts FROM account a WHERE a.id = s.user_id), {COLUMNS}
    FROM membership s LEFT JOIN message m ON m.room_id = s.room_id
        AND m.seq = (SELECT max(n.seq) FROM message n WHERE n.room_id = s.room_id)
        AND (m.seq > s.joined_seq OR 'everyone' = (SELECT r.history FROM room r WHERE r.id = s.room_id)) {JOINED}
    WHERE s.user_id = ? AND s.unlisted IS NULL"""  # noqa: S608, ours
ASKED_WHOSE = OVERVIEW.count("?")  # all of them are the reader's id


class RoomRow(NamedTuple):
    """What is told of a room besides its newest message, whose columns follow. In a room of one nobody comes second."""

    room_id: int
    last_seq: int
    unread_count: int
    mention_count: int
    first_unread_seq: int | None
    delivered_to: int
    delivered_seq: int
    then_delivered_to: int | None
    then_delivered_seq: int | None
    seen_by: int
    seen_seq: int
    then_seen_by: int | None
    then_seen_seq: int | None
    hides_receipts: int


def overview(user_id: int) -> list[dict[str, Any]]:
    """The fields of a RoomOverview for every room that the user is in: one statement, however many there are.

    Plain dictionaries, because eight hundred rooms of models would take longer than the query.
    """
    return [_fields(row) for row in Message.run_sql(OVERVIEW, *[user_id] * ASKED_WHOSE)]


def _preview(message: dict[str, Any]) -> dict[str, Any]:
    """Hundreds of rooms, each with thirty kilobytes, would be an answer without end."""
    message["content"] = message["content"][:PREVIEW]
    message["attachments"] = message["attachments"][:1]
    return message


def _fields(columns: tuple[Any, ...]) -> dict[str, Any]:
    width = len(RoomRow._fields)
    room, newest = RoomRow._make(columns[:width]), columns[width:]
    return {
        "room_id": room.room_id,
        "last_seq": room.last_seq,
        "unread_count": room.unread_count,
        "mention_count": room.mention_count,
        "first_unread_seq": room.first_unread_seq,
        "last_message": None if newest[0] is None else _preview(read_fields(newest)),
        "receipts": {
            "room_id": room.room_id,
            "delivered": _reached(
                (room.delivered_to, room.delivered_seq), (room.then_delivered_to, room.then_delivered_seq)
            ),
            "seen": []
            if room.hides_receipts
            else _reached((room.seen_by, room.seen_seq), (room.then_seen_by, room.then_seen_seq)),
        },
    }


def _reached(*furthest: tuple[int | None, int | None]) -> list[dict[str, int | None]]:
    return [{"user_id": user_id, "seq": seq} for user_id, seq in furthest if user_id is not None]
