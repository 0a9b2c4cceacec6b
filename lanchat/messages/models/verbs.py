"""What is done to a message besides editing it; each is a change of its room's feed."""

import orjson
import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.messages.models.changes import Changed, MessageEdit, change, changed
from lanchat.messages.models.files import forget_more
from lanchat.messages.models.mentions import Mention
from lanchat.messages.models.messages import Message
from lanchat.messages.schemas.lists import ReactedPayload
from lanchat.messages.schemas.outgoing import MessagePayload

SHOWN = 100  # ids of those who reacted alike, in the message itself


class Reaction(Table):
    """One a message, person and emoji."""

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    emoji = peewee.TextField()

    @classmethod
    def of(cls, message_id: int) -> dict[str, list[int]]:
        """Who used which emoji, in the order of first use."""
        rows = cls.run_sql("SELECT emoji, user_id FROM reaction WHERE message_id = ? ORDER BY id", message_id)
        found: dict[str, list[int]] = {}
        for emoji, user_id in rows:
            found.setdefault(emoji, []).append(user_id)
        return found

    @classmethod
    def kinds(cls, message_id: int) -> set[str]:
        rows = cls.run_sql("SELECT DISTINCT emoji FROM reaction WHERE message_id = ?", message_id)
        return {emoji for (emoji,) in rows}

    @classmethod
    def add(cls, message_id: int, user_id: int, emoji: str) -> bool:
        """Whether that is new; what shows it is `show`."""
        cursor = cls.run_sql(
            "INSERT INTO reaction(message_id, user_id, emoji) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            message_id,
            user_id,
            emoji,
        )
        return cursor.rowcount > 0

    @classmethod
    def take_back(cls, message_id: int, user_id: int, emoji: str) -> bool:
        """Whether it was there."""
        return cls.delete().where(cls.message == message_id, cls.user == user_id, cls.emoji == emoji).execute() > 0

    @classmethod
    def everybody(cls, message_id: int) -> list[ReactedPayload]:
        found = cls.of(message_id)
        return [ReactedPayload(emoji=emoji, users=User.payloads(user_ids)) for emoji, user_ids in found.items()]

    @classmethod
    def show(cls, message: MessagePayload) -> Changed:
        """Say at the message who reacted to it: a change of the feed."""
        shown = [
            {"emoji": emoji, "user_ids": user_ids[:SHOWN], "count": len(user_ids)}
            for emoji, user_ids in cls.of(message.id).items()
        ]
        return changed(change(message.room_id, message.id, reactions=orjson.dumps(shown).decode() if shown else None))


class Saved(Table):
    """What somebody keeps for themselves."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    saved_at = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("user", "message")

    @classmethod
    def keep(cls, user_id: int, message_id: int, now: str) -> str:
        """Since when it is kept."""
        cls.run_sql(
            "INSERT INTO saved(user_id, message_id, saved_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            user_id,
            message_id,
            now,
        )
        return cls.get(cls.user == user_id, cls.message == message_id).saved_at

    @classmethod
    def drop(cls, user_id: int, message_id: int) -> None:
        cls.delete().where(cls.user == user_id, cls.message == message_id).execute()

    @classmethod
    def list_of(cls, user_id: int, after: tuple[str, int] | None, limit: int) -> list[tuple[int, str]]:
        """Message and since when, the newest first."""
        at, message_id = after or ("~", 0)
        rows = cls.run_sql(
            """SELECT message_id, saved_at FROM saved WHERE user_id = ?
            AND (saved_at < ? OR (saved_at = ? AND message_id < ?)) ORDER BY saved_at DESC, message_id DESC LIMIT ?""",
            *(user_id, at, at, message_id, limit),
        )
        return rows.fetchall()


def recall(message: MessagePayload, by: str, now: str) -> Changed:
    """Leave nothing of a message but its place: no words, former words, files, reactions, mentions or pin."""
    MessageEdit.delete().where(MessageEdit.message == message.id).execute()
    Reaction.delete().where(Reaction.message == message.id).execute()
    Mention.forget(message.id)
    forget_more(message.id)
    gone = {"content": "", "attachment_id": None, "reactions": None, "pinned_at": None, "edited_at": None}
    gone |= {"mentions": None, "mentions_all": 0, "more_files": None}
    gone |= {"forwarded_at": None, "forwarded_user_id": None, "forwarded_room_id": None}
    return changed(change(message.room_id, message.id, **gone, deleted_at=now, deleted_by=by))


def pin(message: MessagePayload, now: str | None) -> Changed:
    """None unpins."""
    if (message.pinned_at is None) == (now is None):
        return Changed(message, is_new=False)
    return changed(change(message.room_id, message.id, pinned_at=now))
