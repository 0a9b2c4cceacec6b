"""The table of uploads that aren't whole yet, and every query on it."""

from typing import NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.files.models import Attachment, Quota
from lanchat.uploads.errors import TooManyUnfinished

MAX_UNFINISHED = 20  # of one person


class Unfinished(NamedTuple):
    """What is said of an upload beside its bytes; `most` is what it may take, in bytes, `length` what it will."""

    name: str
    uploader_id: int
    filename: str
    claimed_type: str
    length: int | None
    most: int
    touched_at: str


COLUMNS = ", ".join(Unfinished._fields)


class UnfinishedUpload(Table):
    name = peewee.TextField(primary_key=True)
    uploader = peewee.ForeignKeyField(User)
    filename = peewee.TextField()
    claimed_type = peewee.TextField()
    length = peewee.IntegerField(null=True)
    most = peewee.IntegerField()
    touched_at = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        table_name = "unfinished_upload"

    @classmethod
    def add(cls, new: Unfinished, quota: Quota) -> None:
        """Raises TooManyUnfinished, or QuotaExceeded where all that was begun would not fit."""
        own = cls._count("uploader_id = ?", new.uploader_id)
        if own.number >= MAX_UNFINISHED:
            raise TooManyUnfinished(limit=MAX_UNFINISHED)
        Attachment.require_room(new.uploader_id, own.size + new.most, quota)
        if User.is_guest_now(new.uploader_id):
            guests = cls._count("uploader_id IN (SELECT id FROM account WHERE is_guest)")
            Attachment.require_room_of_guests(guests.size + new.most, quota)
        marks = ", ".join("?" * len(new))
        cls.run_sql(f"INSERT INTO unfinished_upload({COLUMNS}) VALUES ({marks})", *new)  # noqa: S608, ours

    @classmethod
    def find(cls, name: str, uploader_id: int, since: str) -> Unfinished | None:
        """One of their own that went on since then."""
        sql = f"SELECT {COLUMNS} FROM unfinished_upload WHERE name = ? AND uploader_id = ? AND touched_at >= ?"  # noqa: S608, ours
        row = cls.run_sql(sql, name, uploader_id, since).fetchone()
        return row and Unfinished(*row)

    @classmethod
    def touch(cls, name: str, length: int | None, now: str) -> None:
        """It goes on; its `length` is told now, or was before."""
        cls.run_sql(
            "UPDATE unfinished_upload SET touched_at = ?, length = ?, most = COALESCE(?, most) WHERE name = ?",
            *(now, length, length, name),
        )

    @classmethod
    def forget(cls, name: str) -> None:
        cls.run_sql("DELETE FROM unfinished_upload WHERE name = ?", name)

    @classmethod
    def forget_old(cls, before: str) -> list[str]:
        """Names of those that nobody went on with since then."""
        rows = cls.run_sql("DELETE FROM unfinished_upload WHERE touched_at < ? RETURNING name", before)
        return [name for (name,) in rows.fetchall()]

    @classmethod
    def names(cls) -> set[str]:
        return {name for (name,) in cls.run_sql("SELECT name FROM unfinished_upload")}

    @classmethod
    def _count(cls, whose: str, *values: object) -> "_Begun":
        sql = f"SELECT COUNT(*), COALESCE(SUM(most), 0) FROM unfinished_upload WHERE {whose}"  # noqa: S608, ours
        return _Begun(*cls.run_sql(sql, *values).fetchone())


class _Begun(NamedTuple):
    number: int
    size: int  # bytes


def begun() -> str:
    """A condition on a row of `account`: whose upload is under way."""
    return "EXISTS (SELECT 1 FROM unfinished_upload n WHERE n.uploader_id = account.id)"
