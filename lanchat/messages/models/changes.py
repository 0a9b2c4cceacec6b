"""Owns every change of a message that is there: each takes the room's next number, and nothing else gives one."""

from typing import Any, NamedTuple

import peewee

from lanchat.core.storage.database import Table
from lanchat.messages.models.mentions import Mention, find_mentioned
from lanchat.messages.models.messages import Message
from lanchat.messages.schemas.lists import EditPayload
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.rooms.models.hidden import blind_to


class MessageEdit(Table):
    """What a message said before; its first version was said when it was sent, each later one at an edit."""

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    content = peewee.TextField()
    edited_at = peewee.TextField()

    @classmethod
    def of(cls, message_id: int) -> list[EditPayload]:
        """The former versions, the original first."""
        rows = cls.run_sql("SELECT content, edited_at FROM message_edit WHERE message_id = ? ORDER BY id", message_id)
        return [EditPayload(content=content, edited_at=edited_at) for content, edited_at in rows]


class Changed(NamedTuple):
    """A message as it is now; `is_new` is False where there was nothing to change."""

    message: MessagePayload
    is_new: bool
    blind: frozenset[int] = frozenset()  # members who aren't shown it: the room hides its past, and they came after it


def change(room_id: int, message_id: int, **sets: Any) -> MessagePayload:
    """Set these columns of a message; what it is now, for the room to hear.

    Runs in the transaction of whatever else belongs to the change. Whoever syncs from before gets the message again.
    """
    (seq,) = Message.run_sql("UPDATE room SET seq = seq + 1 WHERE id = ? RETURNING seq", room_id).fetchall()[0]
    columns = ", ".join(f"{column} = ?" for column in sets)
    Message.run_sql(
        f"UPDATE message SET {columns}, changed_seq = ? WHERE id = ? AND room_id = ?",  # noqa: S608, our columns
        *sets.values(),
        seq,
        message_id,
        room_id,
    )
    return Message.find(room_id, message_id)


def changed(message: MessagePayload) -> Changed:
    return Changed(message, is_new=True, blind=blind_to(message.room_id, message.seq))


def edit(message: MessagePayload, content: str, now: str) -> Changed:
    """Give a message other words, and keep those that it had; it mentions whom the new ones name.

    Saying the same again is no change.
    """
    if content == message.content:
        return Changed(message, is_new=False)
    MessageEdit.insert(
        message=message.id, content=message.content, edited_at=message.edited_at or message.timestamp
    ).execute()
    mentioned = find_mentioned(message.user_id, message.room_id, content, now)
    Mention.keep(message.id, (message.room_id, message.seq), message.user_id, mentioned)
    mentions, mentions_all = mentioned.columns()
    sets = {"content": content, "edited_at": now, "mentions": mentions, "mentions_all": mentions_all}
    return changed(change(message.room_id, message.id, **sets))
