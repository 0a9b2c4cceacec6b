"""The table of what was done to a room and its members, written in the transaction of what it tells."""

from typing import NamedTuple

import orjson
import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.rooms.models.rooms import Room


class LogRow(NamedTuple):
    id: int  # 0 until it is written
    at: str
    actor_id: int
    action: str
    target_id: int | None
    details: dict[str, object]


class RoomLog(Table):
    id = peewee.AutoField()
    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    at = peewee.TextField()
    actor = peewee.ForeignKeyField(User)
    action = peewee.TextField()
    target = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    details = peewee.TextField()

    @classmethod
    def note(cls, room_id: int, row: LogRow) -> None:
        """Whatever its `id` says."""
        cls.insert(
            room=room_id,
            at=row.at,
            actor=row.actor_id,
            action=row.action,
            target=row.target_id,
            details=orjson.dumps(row.details).decode(),
        ).execute()

    @classmethod
    def list_of(cls, room_id: int, before_id: int, limit: int) -> list[LogRow]:
        """The newest first."""
        rows = cls.run_sql(
            """SELECT id, at, actor_id, action, target_id, details FROM room_log
            WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?""",
            room_id,
            before_id,
            limit,
        )
        return [LogRow(*row[:5], details=orjson.loads(row[5])) for row in rows]
