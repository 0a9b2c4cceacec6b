"""The table of uploads that aren't whole yet, and every query on it."""

from collections.abc import Iterable
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
        if len(cls.of(new.uploader_id)) >= MAX_UNFINISHED:
            raise TooManyUnfinished(limit=MAX_UNFINISHED)
        Attachment.require_room(new.uploader_id, new.most, quota)
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
    def forget_all(cls, names: Iterable[str]) -> None:
        for name in names:
            cls.forget(name)

    @classmethod
    def of(cls, uploader_id: int) -> dict[str, str]:
        """By name, when it last went on."""
        found = cls.run_sql("SELECT name, touched_at FROM unfinished_upload WHERE uploader_id = ?", uploader_id)
        return dict(found.fetchall())

    @classmethod
    def all_touched(cls) -> dict[str, str]:
        """The same of everybody's."""
        return dict(cls.run_sql("SELECT name, touched_at FROM unfinished_upload").fetchall())


def pending() -> str:
    """A query for the uploader_id and size of each."""
    return "SELECT uploader_id, most AS size FROM unfinished_upload"


def begun() -> str:
    """A condition on a row of `account`: whose upload is under way."""
    return "EXISTS (SELECT 1 FROM unfinished_upload n WHERE n.uploader_id = account.id)"
