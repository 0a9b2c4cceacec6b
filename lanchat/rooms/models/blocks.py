"""The table of blocks, and every query on it; what one closes is closed from both sides."""

from collections.abc import Iterable

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE
from lanchat.rooms.errors import TooManyBlocked

MAX_BLOCKED = 1000  # by one person


class Block(Table):
    """One a person and whom they don't want to be written to by."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    blocked = peewee.ForeignKeyField(User, on_delete="CASCADE")
    created_at = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("user", "blocked")

    @classmethod
    def put(cls, user_id: int, blocked_id: int, now: str) -> bool:
        """False where it was there. Raises TooManyBlocked."""
        if cls.select().where(cls.user == user_id, cls.blocked == blocked_id).exists():
            return False
        if cls.select().where(cls.user == user_id).count() >= MAX_BLOCKED:
            raise TooManyBlocked(limit=MAX_BLOCKED)
        cls.insert(user=user_id, blocked=blocked_id, created_at=now).execute()
        return True

    @classmethod
    def lift(cls, user_id: int, blocked_id: int) -> bool:
        """False where there was none."""
        return cls.delete().where(cls.user == user_id, cls.blocked == blocked_id).execute() > 0

    @classmethod
    def list_of(cls, user_id: int, after: tuple[str, int] | None, limit: int) -> list[tuple[int, str]]:
        """Whom somebody blocked and when, the newest first."""
        at, blocked_id = after or ("~", 0)
        rows = cls.run_sql(
            """SELECT blocked_id, created_at FROM block WHERE user_id = ?
            AND (created_at < ? OR (created_at = ? AND blocked_id < ?))
            ORDER BY created_at DESC, blocked_id DESC LIMIT ?""",
            *(user_id, at, at, blocked_id, limit),
        )
        return rows.fetchall()

    @classmethod
    def closed_among(cls, user_id: int, others: Iterable[int]) -> set[int]:
        """Those of the others who blocked the user, or whom the user blocked."""
        are_meant, meant = ENGINE.among("id", others)
        rows = cls.run_sql(
            f"""SELECT id FROM account WHERE {are_meant} AND (
                EXISTS (SELECT 1 FROM block b WHERE b.user_id = ? AND b.blocked_id = account.id)
                OR EXISTS (SELECT 1 FROM block b WHERE b.user_id = account.id AND b.blocked_id = ?))""",  # noqa: S608, ours
            meant,
            user_id,
            user_id,
        )
        return {other_id for (other_id,) in rows}


def is_closed(room: str, user: str) -> str:
    """A condition on rows of those names: a direct room of two, one of whom blocked the other."""
    # A CASE, as both sides of an AND are looked at for every room and every message.
    return f"""CASE WHEN {room}.kind <> 'direct' THEN FALSE
        WHEN (SELECT count(*) FROM membership pair WHERE pair.room_id = {room}.id) <> 2 THEN FALSE
        ELSE EXISTS (SELECT 1 FROM membership o WHERE o.room_id = {room}.id AND o.user_id <> {user}.id AND (
            EXISTS (SELECT 1 FROM block b WHERE b.user_id = {user}.id AND b.blocked_id = o.user_id)
            OR EXISTS (SELECT 1 FROM block b WHERE b.user_id = o.user_id AND b.blocked_id = {user}.id))) END"""  # noqa: S608, ours
