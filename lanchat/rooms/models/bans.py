"""The tables of those who must not come in, and of those who come back muted."""

from typing import NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.rooms.errors import Banned
from lanchat.rooms.models.rooms import Room


class BanRow(NamedTuple):
    user_id: int
    reason: str | None
    until: str | None
    banned_by: int
    at: str


class Ban(Table):
    """One a room and person, member or not."""

    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    reason = peewee.TextField(null=True)
    until = peewee.TextField(null=True)  # None: for good
    banned_by = peewee.ForeignKeyField(User, column_name="banned_by")
    created_at = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("room", "user")

    @classmethod
    def refuse(cls, user_id: int, room_id: int, now: str) -> None:
        """Raises Banned."""
        row = cls.run_sql("SELECT until FROM ban WHERE room_id = ? AND user_id = ?", room_id, user_id).fetchone()
        if row is not None and (row[0] is None or row[0] > now):
            raise Banned(until=row[0])

    @classmethod
    def stands(cls, room_id: int, user_id: int) -> bool:
        """Whether there is one, over or not."""
        sql = "SELECT 1 FROM ban WHERE room_id = ? AND user_id = ?"
        return cls.run_sql(sql, room_id, user_id).fetchone() is not None

    @classmethod
    def put(cls, room_id: int, ban: BanRow) -> None:
        """In place of the one before."""
        cls.lift(room_id, ban.user_id)
        cls.insert(
            room=room_id,
            user=ban.user_id,
            reason=ban.reason,
            until=ban.until,
            banned_by=ban.banned_by,
            created_at=ban.at,
        ).execute()

    @classmethod
    def lift(cls, room_id: int, user_id: int) -> bool:
        """False where there was none."""
        return cls.delete().where(cls.room == room_id, cls.user == user_id).execute() > 0

    @classmethod
    def lift_from_lobby(cls, user_id: int) -> None:
        """Of an account that is enabled by other means."""
        lobby = Room.select(Room.id).where(Room.kind == "lobby")
        cls.delete().where(cls.room.in_(lobby), cls.user == user_id).execute()

    @classmethod
    def list_of(cls, room_id: int, now: str, after: tuple[str, int] | None, limit: int) -> list[BanRow]:
        """Those that hold, the newest first."""
        at, user_id = after or ("~", 0)
        rows = cls.run_sql(
            """SELECT user_id, reason, until, banned_by, created_at FROM ban
            WHERE room_id = ? AND (until IS NULL OR until > ?)
            AND (created_at < ? OR (created_at = ? AND user_id < ?))
            ORDER BY created_at DESC, user_id DESC LIMIT ?""",
            room_id,
            now,
            at,
            at,
            user_id,
            limit,
        )
        return [BanRow(*row) for row in rows]


class KeptMute(Table):
    """The mute of somebody who isn't in the room now."""

    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    until = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("room", "user")

    @classmethod
    def keep(cls, user_id: int, room_id: int, now: str) -> None:
        """A member is about to leave."""
        cls.forget(user_id, room_id)
        cls.run_sql(
            """INSERT INTO kept_mute(room_id, user_id, until) SELECT room_id, user_id, muted_until FROM membership
            WHERE room_id = ? AND user_id = ? AND muted_until > ?""",
            room_id,
            user_id,
            now,
        )

    @classmethod
    def forget(cls, user_id: int, room_id: int) -> None:
        cls.delete().where(cls.room == room_id, cls.user == user_id).execute()
