"""Whom a message mentions: members of its room, by name, and all of them at once."""

from typing import NamedTuple

import orjson
import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE
from lanchat.messages.models.callouts import ALL, callouts
from lanchat.messages.models.messages import Message
from lanchat.rooms.models import Membership, Room
from lanchat.rooms.models.blocks import Block
from lanchat.rooms.permissions import Action, refusal


class Mentioned(NamedTuple):
    """`user_ids` in the order of their first mention, the author among them if they name themselves."""

    user_ids: list[int]
    is_all: bool

    def columns(self) -> tuple[str | None, int]:
        """As a message keeps them."""
        return orjson.dumps(self.user_ids).decode() if self.user_ids else None, int(self.is_all)


class Mention(Table):
    """One a message and member whom it mentions by name, its author left out: what counts for them.

    Messages to all have `message.mentions_all` instead.
    """

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    seq = peewee.IntegerField()
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("user", "room", "seq")

    @classmethod
    def keep(cls, message_id: int, place: tuple[int, int], author_id: int, mentioned: Mentioned) -> None:
        """In place of those that the message had. `place` is (room id, seq)."""
        cls.forget(message_id)
        cls.run_many(
            "INSERT INTO mention(user_id, room_id, seq, message_id) VALUES (?, ?, ?, ?)",
            [(user_id, *place, message_id) for user_id in mentioned.user_ids if user_id != author_id],
        )

    @classmethod
    def forget(cls, message_id: int) -> None:
        cls.run_sql("DELETE FROM mention WHERE message_id = ?", message_id)


def find_mentioned(author_id: int, room_id: int, content: str, now: str) -> Mentioned:
    """Whom these words mention; nothing is asked of the database where they have no "@".

    Between two of whom one blocked the other, a name is only text.
    """
    called = callouts(content)
    if not called:
        return Mentioned([], False)
    members = _members_called(room_id, {key for keys in called for key in keys})
    names = [next((key for key in keys if key in members or key in ALL), "") for keys in called]
    is_all = not ALL.isdisjoint(names) and _may_call_all(author_id, room_id, now)
    found = [members[name] for name in names if name in members and not (is_all and name in ALL)]
    closed = Block.closed_among(author_id, found) if found else ()
    return Mentioned([each for each in dict.fromkeys(found) if each not in closed], is_all)


def _members_called(room_id: int, keys: set[str]) -> dict[str, int]:
    """By user name or display name: no two people share one."""
    is_member = "EXISTS (SELECT 1 FROM membership s WHERE s.room_id = ? AND s.user_id = u.id)"
    of_names: list[str] = []
    parameters: list[object] = []
    for column in ("display_key", "username_key"):
        are_called, called = ENGINE.among(f"u.{column}", keys)
        of_names.append(f"SELECT u.{column}, u.id FROM account u WHERE {are_called} AND {is_member}")  # noqa: S608, ours
        parameters += (called, room_id)
    return dict(Message.run_sql(" UNION ALL ".join(of_names), *parameters).fetchall())


def _may_call_all(author_id: int, room_id: int, now: str) -> bool:
    return refusal(Membership.find_standing(author_id, room_id), Action.MENTION_ALL, now) is None
