"""The message table, and every query on it."""

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.base.answer_size import Space
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE
from lanchat.files.models import Attachment
from lanchat.messages.errors import MessageNotFound
from lanchat.messages.models.payload import COLUMNS, JOINED, read_message
from lanchat.messages.schemas.incoming import HistoryQuery
from lanchat.messages.schemas.outgoing import MessagePayload, RoomSync
from lanchat.rooms.errors import RoomNotFound
from lanchat.rooms.models import Room


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
    system = peewee.TextField(null=True)  # JSON
    deleted_by = peewee.TextField(null=True)
    pinned_at = peewee.TextField(null=True)
    reactions = peewee.TextField(null=True)  # JSON: the table `reaction`, as it is shown
    thread = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    reply_count = peewee.IntegerField(default=0)
    mentions = peewee.TextField(null=True)  # JSON: whom the table `mention` has, and the author
    mentions_all = peewee.IntegerField(default=0)
    more_files = peewee.TextField(null=True)  # JSON: of its files from the second on, what is shown
    forwarded_at = peewee.TextField(null=True)  # when what it passes on was said first, by whom and where
    forwarded_user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    forwarded_room = peewee.ForeignKeyField(Room, null=True, on_delete="SET NULL")

    @classmethod
    def append_many(cls, messages: list[NewMessage]) -> None:
        """Store many at once, each at the end of its room; whether their authors may speak is not asked."""
        seqs = {room_id: cls.last_seq(room_id) for room_id in {message.room_id for message in messages}}
        rows: list[tuple[object, ...]] = []
        for message in messages:
            seqs[message.room_id] = seq = seqs[message.room_id] + 1
            rows.append((message.room_id, seq, seq, message.author_id, message.content, message.now))
        cls.run_many(
            """INSERT INTO message(room_id, seq, changed_seq, user_id, message_type, content, created_at)
            VALUES (?, ?, ?, ?, 'text', ?, ?)""",
            rows,
        )
        cls.run_many("UPDATE room SET seq = ? WHERE id = ?", [(seq, room_id) for room_id, seq in seqs.items()])

    @classmethod
    def places_of(cls, content: str) -> list[tuple[int, int]]:
        """Room and `seq` of each message that says exactly this."""
        said = "SELECT room_id, seq FROM message WHERE content = ? ORDER BY id"
        return [(room_id, seq) for room_id, seq in cls.run_sql(said, content)]

    @classmethod
    def page(cls, room_id: int, query: HistoryQuery, hidden_seq: int = 0) -> tuple[list[MessagePayload], bool]:
        """A page of history, oldest first, and whether there is more beyond it; nothing up to `hidden_seq`."""
        if query.after_seq is not None:
            condition, key, order = "seq > ?", max(query.after_seq, hidden_seq), "ASC"
        else:
            condition, key, order = "seq < ?", 2**62 if query.before_seq is None else query.before_seq, "DESC"
        # What is skipped is counted in the index alone: no row, author or attachment of it is read.
        ids = f"""SELECT id FROM message WHERE room_id = ? AND {condition} AND seq > ?
            ORDER BY seq {order} LIMIT ? OFFSET ?"""  # noqa: S608, ours
        space = Space()
        found = cls._select(
            f"WHERE m.id IN ({ids}) ORDER BY m.seq {order}",
            room_id,
            key,
            hidden_seq,
            query.limit + 1,
            query.skip,
            space=space,
        )
        page = found[: query.limit]
        return (page if order == "ASC" else page[::-1]), space.is_full or len(found) > query.limit

    @classmethod
    def changed_since(cls, room_id: int, seq: int, limit: int, space: Space, hidden_seq: int = 0) -> RoomSync:
        """The current state of whatever was born or changed after `seq`, in the order of the changes.

        Of a room that has no `space` any more, only whether there is something.
        """
        if space.is_full:
            newest = cls.last_seq(room_id)
            return RoomSync(messages=[], last_seq=min(seq, newest), has_more=newest > seq)
        born = "SELECT id FROM message WHERE room_id = ? AND seq > ? AND changed_seq = seq ORDER BY seq LIMIT ?"
        seq = max(seq, hidden_seq)
        changed = """SELECT id FROM message WHERE room_id = ? AND changed_seq > seq AND changed_seq > ? AND seq > ?
            ORDER BY changed_seq LIMIT ?"""
        one_more = limit + 1
        found = cls._select(
            f"""WHERE m.id IN (SELECT id FROM ({born}) AS born UNION SELECT id FROM ({changed}) AS changed)
            ORDER BY m.changed_seq LIMIT ?""",  # noqa: S608, ours
            *(room_id, seq, one_more),
            *(room_id, seq, hidden_seq, one_more),
            one_more,
            space=space,
        )
        has_more = space.is_full or len(found) > limit
        page = found[:limit]
        newest = cls.last_seq(room_id) if not has_more else page[-1].changed_seq if page else seq
        return RoomSync(messages=page, last_seq=newest, has_more=has_more)

    @classmethod
    def last_seq(cls, room_id: int) -> int:
        row = cls.run_sql("SELECT seq FROM room WHERE id = ?", room_id).fetchone()
        if row is None:
            raise RoomNotFound
        return row[0]

    @classmethod
    def find(cls, room_id: int, message_id: int, hidden_seq: int = 0) -> MessagePayload:
        """Raises MessageNotFound where it isn't in this room, or not beyond `hidden_seq`."""
        found = cls._select("WHERE m.id = ? AND m.room_id = ? AND m.seq > ?", message_id, room_id, hidden_seq)
        if not found:
            raise MessageNotFound
        return found[0]

    @classmethod
    def thread_page(cls, root_id: int, hidden_seq: int, after_seq: int, limit: int) -> list[MessagePayload]:
        """The replies of a chain, oldest first, those of their replies too."""
        return cls._select(
            "WHERE m.thread_id = ? AND m.seq > ? AND m.seq > ? ORDER BY m.seq LIMIT ?",
            *(root_id, hidden_seq, after_seq, limit),
        )

    @classmethod
    def pinned(cls, room_id: int, hidden_seq: int, after: tuple[str, int] | None, limit: int) -> list[MessagePayload]:
        """What is pinned in a room, the newest pin first."""
        at, message_id = after or ("~", 0)
        return cls._select(
            """WHERE m.room_id = ? AND m.pinned_at IS NOT NULL AND m.seq > ?
            AND (m.pinned_at < ? OR (m.pinned_at = ? AND m.id < ?))
            ORDER BY m.pinned_at DESC, m.id DESC LIMIT ?""",
            *(room_id, hidden_seq, at, at, message_id, limit),
        )

    @classmethod
    def count_pinned(cls, room_id: int) -> int:
        pinned = "SELECT count(*) FROM message WHERE room_id = ? AND pinned_at IS NOT NULL"
        return cls.run_sql(pinned, room_id).fetchone()[0]

    @classmethod
    def readable_among(cls, message_ids: Iterable[int], user_id: int) -> dict[int, MessagePayload]:
        """Those of the messages that somebody may read now, by id."""
        are_asked_for, asked_for = ENGINE.among("m.id", message_ids)
        found = cls._select(
            f"""JOIN membership mine ON mine.room_id = m.room_id AND mine.user_id = ?
            JOIN room r ON r.id = m.room_id
            WHERE {are_asked_for} AND (r.history = 'everyone' OR m.seq > mine.joined_seq)""",
            user_id,
            asked_for,
        )
        return {message.id: message for message in found}

    @classmethod
    def around(cls, room_id: int, seq: int, limit: int, hidden_seq: int) -> tuple[list[MessagePayload], bool, bool]:
        """A page with `seq` in the middle, oldest first; whether there is more before it, and behind it."""
        half = max(1, limit // 2)
        older, has_older = cls.page(room_id, HistoryQuery(before_seq=seq + 1, limit=half), hidden_seq)
        newer, has_newer = cls.page(room_id, HistoryQuery(after_seq=seq, limit=max(1, limit - half)), hidden_seq)
        return older + newer, has_older, has_newer

    @classmethod
    def find_repeated(cls, author_id: int, client_id: str | None) -> MessagePayload | None:
        """What its author has sent under this `client_id`, in a room that they are still in."""
        if client_id is None:
            return None
        found = cls._select(
            """JOIN membership mine ON mine.room_id = m.room_id AND mine.user_id = m.user_id
            WHERE m.user_id = ? AND m.client_id = ?""",
            author_id,
            client_id,
        )
        return found[0] if found else None

    @classmethod
    def _select(cls, condition: str, *parameters: object, space: Space | None = None) -> list[MessagePayload]:
        """As many as `space` takes."""
        cursor = cls.run_sql(f"SELECT {COLUMNS} FROM message m {JOINED} {condition}", *parameters)  # noqa: S608, ours
        messages = (read_message(row) for row in cursor)
        if space is None:
            return list(messages)
        return list(takewhile(lambda message: space.takes(message.content, len(message.attachments)), messages))


def said_something() -> str:
    """A condition on a row of `account`."""
    return """(EXISTS (SELECT 1 FROM message m WHERE m.user_id = account.id AND m.message_type <> 'system')
        OR EXISTS (SELECT 1 FROM reaction c WHERE c.user_id = account.id)
        OR EXISTS (SELECT 1 FROM message f WHERE f.forwarded_user_id = account.id))"""
