"""Messages that came from elsewhere, each with the moment when it was said there."""

from typing import NamedTuple

import orjson

from lanchat.core.storage.engines import ENGINE
from lanchat.messages.models.carried import Carried
from lanchat.messages.models.mentions import Mention, find_mentioned
from lanchat.messages.models.messages import Message
from lanchat.messages.models.replies import count_reply
from lanchat.messages.models.verbs import SHOWN

INSERT = """INSERT INTO message(room_id, seq, changed_seq, user_id, client_id, message_type, content, attachment_id,
    created_at, edited_at, reply_to_id, thread_id, pinned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(user_id, client_id) WHERE client_id IS NOT NULL DO NOTHING"""


class ImportedMessage(NamedTuple):
    """`client_id` says where it came from: the same one again is no other message."""

    room_id: int
    author_id: int
    client_id: str
    carried: Carried
    at: str  # ISO 8601
    edited_at: str | None
    reply_to_id: int | None
    pinned_at: str | None
    reactions: dict[str, list[int]]  # ids by emoji


def find_imported(author_id: int, client_id: str) -> int | None:
    """The id of what has come already."""
    row = Message.run_sql("SELECT id FROM message WHERE user_id = ? AND client_id = ?", author_id, client_id).fetchone()
    return row and row[0]


def append_imported(message: ImportedMessage) -> int | None:
    """At the end of its room; returns its id, None where it has come already."""
    row = Message.run_sql("SELECT thread_id FROM message WHERE id = ?", message.reply_to_id).fetchone()
    thread_id = None if row is None else row[0] or message.reply_to_id
    seq = Message.last_seq(message.room_id) + 1
    message_id = ENGINE.insert(
        Message.connection(),
        INSERT,
        (
            *(message.room_id, seq, seq, message.author_id, message.client_id, message.carried.message_type),
            *(message.carried.content, message.carried.first_file_id, message.at, message.edited_at),
            *(None if thread_id is None else message.reply_to_id, thread_id, message.pinned_at),
        ),
    )
    if message_id is None:
        return None
    message.carried.keep(message_id)
    Message.run_sql("UPDATE room SET seq = ? WHERE id = ?", seq, message.room_id)
    _mention(message_id, seq, message)
    _react(message_id, message.reactions)
    if thread_id is not None:
        count_reply(message.room_id, thread_id, 1)
    return message_id


def _mention(message_id: int, seq: int, message: ImportedMessage) -> None:
    mentioned = find_mentioned(message.author_id, message.room_id, message.carried.content, message.at)
    mentioned = mentioned._replace(is_all=False)  # whoever was called then isn't now
    if mentioned.user_ids:
        columns = mentioned.columns()
        Message.run_sql("UPDATE message SET mentions = ?, mentions_all = ? WHERE id = ?", *columns, message_id)
        Mention.keep(message_id, (message.room_id, seq), message.author_id, mentioned)


def _react(message_id: int, reactions: dict[str, list[int]]) -> None:
    rows = [(message_id, user_id, emoji) for emoji, user_ids in reactions.items() for user_id in user_ids]
    if not rows:
        return
    Message.run_many("INSERT INTO reaction(message_id, user_id, emoji) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)
    shown = [{"emoji": emoji, "user_ids": ids[:SHOWN], "count": len(ids)} for emoji, ids in reactions.items() if ids]
    Message.run_sql("UPDATE message SET reactions = ? WHERE id = ?", orjson.dumps(shown).decode(), message_id)
