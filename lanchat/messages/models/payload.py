"""Owns how a message looks to everybody in its room: which columns are read, and what is made of them."""

from typing import Any, NamedTuple

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


SOURCES = {"username": "u.username", "avatar_url": "u.avatar_url", "is_guest": "u.is_guest"}
COLUMNS = ", ".join(
    [*(SOURCES.get(column, f"m.{column}") for column in MessageRow._fields), *(f"a.{c}" for c in AttachmentRow._fields)]
)
JOINED = "LEFT JOIN account u ON u.id = m.user_id LEFT JOIN attachment a ON a.id = m.attachment_id"


def message_fields(row: MessageRow, attachment: AttachmentPayload | None) -> dict[str, Any]:
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
    ) = row
    is_deleted = deleted_at is not None
    return {
        "id": message_id,
        "content": "" if is_deleted else content,
        "message_type": message_type,
        "timestamp": created_at,
        "user_id": user_id,
        "room_id": room_id,
        "username": username,
        "avatar_url": avatar_url,
        "is_guest": bool(is_guest),
        "edited_at": edited_at,
        "is_deleted": is_deleted,
        "seq": seq,
        "changed_seq": changed_seq,
        "client_id": client_id,
        "attachment": None if attachment is None or is_deleted else attachment.model_dump(),
        "reply_to_id": reply_to_id,
        "system": None if system is None else orjson.loads(system),
        "deleted_by": deleted_by,
        "pinned_at": pinned_at,
        "reactions": [] if reactions is None else orjson.loads(reactions),
    }


def read_fields(columns: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of what was selected as `COLUMNS`."""
    width = len(MessageRow._fields)
    row, file = MessageRow._make(columns[:width]), columns[width:]
    return message_fields(row, None if file[0] is None else AttachmentRow._make(file).payload())


def read_message(columns: tuple[Any, ...]) -> MessagePayload:
    """The message that was selected as `COLUMNS`."""
    return MessagePayload.model_validate(read_fields(columns))
