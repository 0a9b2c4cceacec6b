"""The message table, and every query on it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.files.models import Attachment
from lanchat.files.schemas import AttachmentPayload, file_path
from lanchat.messages.schemas import (
    HistoryQuery,
    MessagePayload,
    Reached,
    ReceiptsPayload,
    RoomOverview,
    RoomSync,
)
from lanchat.rooms.errors import RoomNotFound
from lanchat.rooms.models import Membership, Room

MAX_UNREAD = 100  # counted no further
SYNC_PAGE = 200

COLUMNS = """m.id, m.content, m.message_type, m.created_at, m.user_id, m.room_id, u.username, u.avatar_url,
    m.edited_at, m.deleted_at, m.seq, m.changed_seq, m.client_id, m.reply_to_id,
    a.filename, a.name, a.size, a.content_type, a.width, a.height"""
SOURCE = "message m JOIN account u ON u.id = m.user_id LEFT JOIN attachment a ON a.id = m.attachment_id"


class NewMessage(NamedTuple):
    """A plain text message that was said at `now`."""

    room_id: int
    author_id: int
    content: str
    now: str


class Message(Table):
    id = peewee.AutoField()
    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    seq = peewee.IntegerField()
    changed_seq = peewee.IntegerField()
    user = peewee.ForeignKeyField(User)
    client_id = peewee.TextField(null=True)
    message_type = peewee.TextField()
    content = peewee.TextField()
    attachment = peewee.ForeignKeyField(Attachment, null=True)
    reply_to = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    created_at = peewee.TextField()
    edited_at = peewee.TextField(null=True)
    deleted_at = peewee.TextField(null=True)

    @classmethod
    def append_many(cls, messages: list[NewMessage]) -> None:
        """Store many at once, each at the end of its room; whether their authors may speak is not asked."""
        seqs = {room_id: cls.last_seq(room_id) for room_id in {message.room_id for message in messages}}
        rows: list[tuple[object, ...]] = []
        for message in messages:
            seqs[message.room_id] = seq = seqs[message.room_id] + 1
            rows.append((message.room_id, seq, seq, message.author_id, message.content, message.now))
        connection = cls.run_sql("SELECT 1").connection
        connection.executemany(
            """INSERT INTO message(room_id, seq, changed_seq, user_id, message_type, content, created_at)
            VALUES (?, ?, ?, ?, 'text', ?, ?)""",
            rows,
        )
        connection.executemany(
            "UPDATE room SET seq = ? WHERE id = ?", [(seq, room_id) for room_id, seq in seqs.items()]
        )

    @classmethod
    def page(cls, room_id: int, query: HistoryQuery) -> tuple[list[MessagePayload], bool]:
        """A page of history, oldest first, and whether there is more beyond it."""
        if query.after_seq is not None:
            condition, key, order = "seq > ?", query.after_seq, "ASC"
        else:
            condition, key, order = "seq < ?", 2**62 if query.before_seq is None else query.before_seq, "DESC"
        # What is skipped is counted in the index alone: no row, author or attachment of it is read.
        ids = f"SELECT id FROM message WHERE room_id = ? AND {condition} ORDER BY seq {order} LIMIT ? OFFSET ?"  # noqa: S608, ours
        found = cls._select(f"WHERE m.id IN ({ids}) ORDER BY m.seq {order}", room_id, key, query.limit + 1, query.skip)
        page = found[: query.limit]
        return (page if order == "ASC" else page[::-1]), len(found) > query.limit

    @classmethod
    def changed_since(cls, room_id: int, seq: int, limit: int = SYNC_PAGE) -> RoomSync:
        """The current state of whatever was born or changed after `seq`, in the order of the changes."""
        born = "SELECT id FROM message WHERE room_id = ?1 AND seq > ?2 AND changed_seq = seq ORDER BY seq LIMIT ?3"
        changed = """SELECT id FROM message WHERE room_id = ?1 AND changed_seq > seq AND changed_seq > ?2
            ORDER BY changed_seq LIMIT ?3"""
        found = cls._select(
            f"""WHERE m.id IN (SELECT id FROM ({born}) UNION SELECT id FROM ({changed}))
            ORDER BY m.changed_seq LIMIT ?3""",  # noqa: S608, ours
            room_id,
            seq,
            limit + 1,
        )
        has_more = len(found) > limit
        page = found[:limit]
        newest = page[-1].changed_seq if has_more else cls.last_seq(room_id)
        return RoomSync(messages=page, last_seq=newest, has_more=has_more)

    @classmethod
    def last_seq(cls, room_id: int) -> int:
        row = cls.run_sql("SELECT seq FROM room WHERE id = ?", room_id).fetchone()
        if row is None:
            raise RoomNotFound
        return row[0]

    @classmethod
    def overview(cls, user_id: int) -> list[RoomOverview]:
        """The newest message and the unread ones of others, for every room that the user is in."""
        rows = cls.run_sql(
            """SELECT s.room_id,
                (SELECT count(*) FROM (SELECT 1 FROM message m WHERE m.room_id = s.room_id AND m.seq > s.read_seq
                    AND m.user_id <> s.user_id AND m.deleted_at IS NULL LIMIT ?)),
                (SELECT m.id FROM message m WHERE m.room_id = s.room_id ORDER BY m.seq DESC LIMIT 1)
            FROM membership s WHERE s.user_id = ?""",
            MAX_UNREAD,
            user_id,
        ).fetchall()
        newest = cls._by_id([row[2] for row in rows if row[2] is not None])
        return [
            RoomOverview(
                room_id=room_id,
                unread_count=unread,
                last_message=newest.get(message_id),
                receipts=_receipts(room_id),
            )
            for room_id, unread, message_id in rows
        ]

    @classmethod
    def find_repeated(cls, author_id: int, client_id: str | None) -> MessagePayload | None:
        """What its author has sent under this `client_id`."""
        if client_id is None:
            return None
        found = cls._select("WHERE m.user_id = ? AND m.client_id = ?", author_id, client_id)
        return found[0] if found else None

    @classmethod
    def _by_id(cls, ids: Iterable[int]) -> dict[int, MessagePayload]:
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        return {message.id: message for message in cls._select(f"WHERE m.id IN ({marks})", *wanted)}

    @classmethod
    def _select(cls, condition: str, *parameters: object) -> list[MessagePayload]:
        cursor = cls.run_sql(f"SELECT {COLUMNS} FROM {SOURCE} {condition}", *parameters)  # noqa: S608, ours
        return [_payload(row) for row in cursor]


def _receipts(room_id: int) -> ReceiptsPayload:
    delivered, seen = (
        tuple(Reached(user_id=user_id, seq=seq) for user_id, seq in furthest)
        for furthest in Membership.furthest(room_id)
    )
    return ReceiptsPayload(room_id=room_id, delivered=delivered, seen=seen)


def _payload(row: tuple[Any, ...]) -> MessagePayload:
    is_deleted = row[9] is not None
    attachment = None
    if row[14] is not None and not is_deleted:
        attachment = AttachmentPayload(
            filename=row[14],
            file_path=file_path(row[15]),
            file_size=row[16],
            content_type=row[17],
            width=row[18],
            height=row[19],
        )
    return MessagePayload(
        id=row[0],
        content="" if is_deleted else row[1],
        message_type=row[2],
        timestamp=row[3],
        user_id=row[4],
        room_id=row[5],
        username=row[6],
        avatar_url=row[7],
        edited_at=row[8],
        is_deleted=is_deleted,
        seq=row[10],
        changed_seq=row[11],
        client_id=row[12],
        reply_to_id=row[13],
        attachment=attachment,
    )
