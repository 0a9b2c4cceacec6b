"""Owns how a message looks to everybody in its room: which columns are read, and what is made of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import orjson

from lanchat.files.models import AttachmentRow
from lanchat.files.schemas import AttachmentPayload
from lanchat.messages.schemas.outgoing import MessagePayload


class MessageRow(NamedTuple):
    """A message, column by column; `SOURCES` says where one comes from that isn't the message's own."""

    id: int
    content: str
    message_type: str
    created_at: str
    user_id: int
    room_id: int
    username: str
    display_name: str | None
    avatar_url: str | None
    is_guest: int
    edited_at: str | None
    deleted_at: str | None
    seq: int
    changed_seq: int
    client_id: str | None
    reply_to_id: int | None
    system: str | None  # JSON
    deleted_by: str | None
    pinned_at: str | None
    reactions: str | None  # JSON
    thread_id: int | None
    reply_count: int
    mentions: str | None  # JSON
    mentions_all: int


class ForwardedRow(NamedTuple):
    """Who said first what is passed on, column by column; all are empty of what isn't."""

    timestamp: str
    username: str
    display_name: str | None
    room_name: str | None

    def fields(self) -> dict[str, Any]:
        """Of a ForwardedPayload."""
        return self._asdict()


class QuoteRow(NamedTuple):
    """What is shown of the message that another one answers, column by column."""

    id: int
    seq: int
    user_id: int
    username: str
    display_name: str | None
    content: str
    message_type: str
    deleted_at: str | None
    file: AttachmentRow

    @classmethod
    def read(cls, columns: tuple[Any, ...]) -> "QuoteRow":
        """Of what was selected as `QUOTE_COLUMNS`."""
        own = len(columns) - len(AttachmentRow._fields)
        return cls._make((*columns[:own], AttachmentRow._make(columns[own:])))

    def fields(self) -> dict[str, Any]:
        """Of a QuotePayload."""
        is_deleted = self.deleted_at is not None
        return {
            "id": self.id,
            "seq": self.seq,
            "user_id": self.user_id,
            "username": self.username,
            "display_name": self.display_name,
            "content": "" if is_deleted else self.content,
            "message_type": self.message_type,
            "is_deleted": is_deleted,
            "attachment": self._attachment() if self.content and not is_deleted else None,
        }

    def _attachment(self) -> dict[str, Any] | None:
        # Found by its file's name: of a message without a file all its columns are empty.
        return self.file.payload().model_dump() if cast("str | None", self.file.name) is not None else None


SOURCES = {name: f"u.{name}" for name in ("username", "display_name", "avatar_url", "is_guest")}
QUOTED = 200  # characters
# Where newcomers aren't shown the past, no quote has words: they might be from before its reader came.
QUOTE_SOURCES = {
    "username": "qu.username",
    "display_name": "qu.display_name",
    "content": f"CASE qr.history WHEN 'everyone' THEN substr(q.content, 1, {QUOTED}) ELSE '' END",
}
QUOTE_COLUMNS = ", ".join(
    [
        *(QUOTE_SOURCES.get(column, f"q.{column}") for column in QuoteRow._fields if column != "file"),
        *(f"qa.{column}" for column in AttachmentRow._fields),
    ]
)
QUOTE_JOINED = """LEFT JOIN account qu ON qu.id = q.user_id LEFT JOIN room qr ON qr.id = q.room_id
    LEFT JOIN attachment qa ON qa.id = q.attachment_id"""
FORWARDED_SOURCES = (
    "fu.username",
    "fu.display_name",
    # Where it was said is told of places that everybody may see.
    "CASE WHEN fr.kind = 'room' AND NOT fr.is_private THEN fr.name END",
)
COLUMNS = ", ".join(
    [
        *(SOURCES.get(column, f"m.{column}") for column in MessageRow._fields),
        *(f"a.{column}" for column in AttachmentRow._fields),
        "m.more_files, m.forwarded_at",
        *FORWARDED_SOURCES,
        QUOTE_COLUMNS,
    ]
)
JOINED = (
    """LEFT JOIN account u ON u.id = m.user_id LEFT JOIN attachment a ON a.id = m.attachment_id
    LEFT JOIN account fu ON fu.id = m.forwarded_user_id LEFT JOIN room fr ON fr.id = m.forwarded_room_id
    LEFT JOIN message q ON q.id = m.reply_to_id """
    + QUOTE_JOINED
)


FILE = len(MessageRow._fields)  # where the columns of the attachment begin, and what follows them
MORE = FILE + len(AttachmentRow._fields)
QUOTE = MORE + 1 + len(ForwardedRow._fields)


def message_fields(
    row: MessageRow,
    attachments: Sequence[AttachmentPayload] = (),
    forwarded: dict[str, Any] | None = None,
    quote: QuoteRow | None = None,
) -> dict[str, Any]:
    """The fields of a MessagePayload. A recalled message shows nothing of what it said.

    A plain dictionary, because a model costs more than storing its message: a test compares the two.
    """
    # Unpacked at once: the hot path comes here, and fifteen look-ups by name cost as much as the dictionary.
    (
        message_id,
        content,
        message_type,
        created_at,
        user_id,
        room_id,
        username,
        display_name,
        avatar_url,
        is_guest,
        edited_at,
        deleted_at,
        seq,
        changed_seq,
        client_id,
        reply_to_id,
        system,
        deleted_by,
        pinned_at,
        reactions,
        thread_id,
        reply_count,
        mentions,
        mentions_all,
    ) = row
    is_deleted = deleted_at is not None
    files = [each.model_dump() for each in attachments] if attachments and not is_deleted else []
    return {
        "id": message_id,
        "content": "" if is_deleted else content,
        "message_type": message_type,
        "timestamp": created_at,
        "user_id": user_id,
        "room_id": room_id,
        "username": username,
        "display_name": display_name,
        "avatar_url": avatar_url,
        "is_guest": bool(is_guest),
        "edited_at": edited_at,
        "is_deleted": is_deleted,
        "seq": seq,
        "changed_seq": changed_seq,
        "client_id": client_id,
        "attachment": files[0] if files else None,
        "attachments": files,
        "reply_to_id": reply_to_id,
        "system": None if system is None else orjson.loads(system),
        "deleted_by": deleted_by,
        "pinned_at": pinned_at,
        "reactions": [] if reactions is None else orjson.loads(reactions),
        "reply_to": None if quote is None or is_deleted else quote.fields(),
        "forwarded_from": None if is_deleted else forwarded,
        "thread_id": thread_id,
        "reply_count": reply_count,
        "mentions": [] if mentions is None else orjson.loads(mentions),
        "mentions_all": bool(mentions_all),
    }


def read_fields(columns: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of what was selected as `COLUMNS`."""
    row, file, quoted = MessageRow._make(columns[:FILE]), columns[FILE:MORE], columns[QUOTE:]
    others, *forwarded = columns[MORE:QUOTE]
    return message_fields(
        row,
        [] if file[0] is None else [AttachmentRow._make(file).payload(), *more(others)],
        None if forwarded[1] is None else ForwardedRow._make(forwarded).fields(),
        None if quoted[0] is None else QuoteRow.read(quoted),
    )


def more(more_files: str | None) -> list[AttachmentPayload]:
    """The files of a message from its second on."""
    return [] if more_files is None else [AttachmentRow._make(row).payload() for row in orjson.loads(more_files)]


def read_message(columns: tuple[Any, ...]) -> MessagePayload:
    """The message that was selected as `COLUMNS`."""
    return MessagePayload.model_validate(read_fields(columns))
