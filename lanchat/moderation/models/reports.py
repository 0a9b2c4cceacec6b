"""The table of reports, and every query on it."""

from typing import Any, NamedTuple

import orjson
import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.messages.models import Message
from lanchat.messages.schemas.incoming import HistoryQuery
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.moderation.schemas import CopiedPayload, Decision, Reason, ReportDraft
from lanchat.rooms.models import Room

MAX_CONTEXT = 5  # messages before the one that is reported
MAX_OTHERS = 20  # reports of one message whose words are told beside the first one's
COLUMNS = "id, message_id, room_id, author_id, reporter_id, reason, words, copy, at, state, decision"


class ReportRow(NamedTuple):
    id: int
    message_id: int
    room_id: int
    author_id: int
    reporter_id: int
    reason: Reason
    words: str | None
    copy: str | None
    at: str
    state: str
    decision: Decision | None

    def copied(self) -> list[CopiedPayload]:
        return [CopiedPayload(**_with_all_files(each)) for each in orjson.loads(self.copy or "[]")]


class Queued(NamedTuple):
    """A message that was reported: the first report of it, what others said of it, and how many they are in all."""

    first: ReportRow
    room_name: str
    others: list[str]
    total: int


class Report(Table):
    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    author = peewee.ForeignKeyField(User, on_delete="CASCADE")
    reporter = peewee.ForeignKeyField(User, on_delete="CASCADE")
    reason = peewee.TextField()
    words = peewee.TextField(null=True)
    copy = peewee.TextField(null=True)  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride], Peewee has none  # JSON
    at = peewee.TextField()
    state = peewee.TextField(default="open")  # or closed
    decided_by = peewee.ForeignKeyField(User, null=True, column_name="decided_by", on_delete="SET NULL")
    decided_at = peewee.TextField(null=True)
    decision = peewee.TextField(null=True)

    @classmethod
    def put(cls, reporter_id: int, message: MessagePayload, draft: ReportDraft, hidden_seq: int, now: str) -> bool:
        """False where they reported it before: that one stays as it was."""
        before = _before(message, hidden_seq) if draft.with_context else []
        copied = [_copied(each).model_dump() for each in (*before, message)]
        cursor = cls.run_sql(
            """INSERT INTO report(message_id, room_id, author_id, reporter_id, reason, words, copy, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            *(message.id, message.room_id, message.user_id, reporter_id, draft.reason, draft.words or None),
            *(orjson.dumps(copied).decode(), now),
        )
        return cursor.rowcount > 0

    @classmethod
    def find_own(cls, reporter_id: int, message_id: int) -> ReportRow | None:
        return cls._one("message_id = ? AND reporter_id = ?", message_id, reporter_id)

    @classmethod
    def find(cls, report_id: int, room_id: int) -> ReportRow | None:
        return cls._one("id = ? AND room_id = ?", report_id, room_id)

    @classmethod
    def queue(cls, judge_id: int, room_id: int | None, before_id: int, limit: int) -> list[Queued]:
        """The newest first, of one room or of all; none about what the judge said."""
        rows = cls.run_sql(
            """SELECT min(p.id), max(p.room_id), count(*) FROM report p
            WHERE p.state = 'open' AND p.author_id <> ? AND (CAST(? AS INTEGER) IS NULL OR p.room_id = ?)
            GROUP BY p.message_id HAVING min(p.id) < ? ORDER BY 1 DESC LIMIT ?""",
            *(judge_id, room_id, room_id, before_id, limit),
        ).fetchall()
        return [cls._queued(first_id, of_room, count) for first_id, of_room, count in rows]

    @classmethod
    def has_any(cls, room_id: int) -> bool:
        return cls.run_sql("SELECT 1 FROM report WHERE room_id = ? LIMIT 1", room_id).fetchone() is not None

    @classmethod
    def close(cls, message_id: int, judge_id: int, decision: Decision, now: str) -> dict[int, int]:
        """All reports of a message, whose copies are gone; by id, who made them."""
        rows = cls.run_sql(
            """UPDATE report SET state = 'closed', decision = ?, decided_by = ?, decided_at = ?, copy = NULL
            WHERE message_id = ? AND state = 'open' RETURNING id, reporter_id""",
            *(decision, judge_id, now, message_id),
        )
        return dict(rows.fetchall())

    @classmethod
    def forget_copies(cls, made_before: str) -> bool:
        """Of reports that nobody has decided since; False where there were none."""
        return cls.run_sql("UPDATE report SET copy = NULL WHERE copy IS NOT NULL AND at < ?", made_before).rowcount > 0

    @classmethod
    def judges_of(cls, room_id: int, author_id: int) -> set[int]:
        """Who decides about what its author said there: managers and administrators; of a direct room only these."""
        rows = cls.run_sql(
            """SELECT u.id FROM account u WHERE u.is_admin AND u.id <> ?
            UNION SELECT m.user_id FROM membership m JOIN room r ON r.id = m.room_id
            WHERE m.room_id = ? AND m.role <> 'member' AND r.kind <> 'direct' AND m.user_id <> ?""",
            *(author_id, room_id, author_id),
        )
        return {user_id for (user_id,) in rows}

    @classmethod
    def _queued(cls, first_id: int, room_id: int, count: int) -> Queued:
        first = cls.find(first_id, room_id)
        assert first is not None
        (name,) = cls.run_sql("SELECT name FROM room WHERE id = ?", room_id).fetchone()
        said = cls.run_sql(
            """SELECT words FROM report WHERE message_id = ? AND state = 'open' AND id > ? AND words IS NOT NULL
            ORDER BY id LIMIT ?""",
            *(first.message_id, first_id, MAX_OTHERS),
        )
        return Queued(first, name or "", [words for (words,) in said], count)

    @classmethod
    def _one(cls, condition: str, *parameters: object) -> ReportRow | None:
        row = cls.run_sql(f"SELECT {COLUMNS} FROM report WHERE {condition}", *parameters).fetchone()  # noqa: S608, ours
        return None if row is None else ReportRow._make(row)


def _before(message: MessagePayload, hidden_seq: int) -> list[MessagePayload]:
    """What was said before it and stands, as far as its reporter is shown it."""
    page, _ = Message.page(message.room_id, HistoryQuery(before_seq=message.seq, limit=4 * MAX_CONTEXT), hidden_seq)
    said = [each for each in page if each.message_type != "system" and not each.is_deleted]
    return said[-MAX_CONTEXT:]


def _with_all_files(copied: dict[str, Any]) -> dict[str, Any]:
    """A copy from before a message's other files were noted as well."""
    first = copied["filename"]
    return {"filenames": [] if first is None else [first], **copied}


def _copied(message: MessagePayload) -> CopiedPayload:
    return CopiedPayload(
        **message.model_dump(include={"id", "seq", "user_id", "username", "content", "message_type", "timestamp"}),
        filename=message.attachment and message.attachment.filename,
        filenames=[each.filename for each in message.attachments],
    )
