"""The attachment table, and every query on it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.engines.snapshots import first_column
from lanchat.files.errors import GuestsQuotaExceeded, QuotaExceeded
from lanchat.files.hooks import Use
from lanchat.files.schemas import AttachmentPayload, file_path, stored_name


class AttachmentRow(NamedTuple):
    """What is shown of a file, column by column."""

    filename: str
    name: str
    size: int
    content_type: str
    width: int | None
    height: int | None

    def payload(self) -> AttachmentPayload:
        return AttachmentPayload(
            filename=self.filename,
            file_path=file_path(self.name),
            file_size=self.size,
            content_type=self.content_type,
            width=self.width,
            height=self.height,
        )

    @classmethod
    def of(cls, file: AttachmentPayload) -> "AttachmentRow":
        name = stored_name(file.file_path) or ""
        return cls(file.filename, name, file.file_size, file.content_type, file.width, file.height)


COLUMNS = ", ".join(AttachmentRow._fields)


class OwnAttachment(NamedTuple):
    """A file as its uploader may send it."""

    id: int
    payload: AttachmentPayload


class NewAttachment(NamedTuple):
    """A file that lies complete on the disk; `size` in bytes, `now` is ISO 8601."""

    name: str
    uploader_id: int
    filename: str
    size: int
    content_type: str
    width: int | None
    height: int | None
    now: str


class Quota(NamedTuple):
    """How many bytes files may take."""

    of_user: int
    of_guest: int
    of_guests: int  # all of them together
    pending: tuple[str, ...] = ()  # queries for (uploader_id, size) of what isn't whole yet, and counts


class Attachment(Table):
    id = peewee.AutoField()
    uploader_id: int
    name = peewee.TextField(unique=True)
    uploader = peewee.ForeignKeyField(User, backref="attachments")
    filename = peewee.TextField()
    size = peewee.IntegerField()
    content_type = peewee.TextField()
    width = peewee.IntegerField(null=True)
    height = peewee.IntegerField(null=True)
    created_at = peewee.TextField()

    @classmethod
    def add(cls, new: NewAttachment, quota: Quota) -> AttachmentPayload:
        """Raises QuotaExceeded when the uploader's files together, or those of all guests, would exceed the quota."""
        cls.require_room(new.uploader_id, new.size, quota)
        attachment = cls.create(
            name=new.name,
            uploader=new.uploader_id,
            filename=new.filename,
            size=new.size,
            content_type=new.content_type,
            width=new.width,
            height=new.height,
            created_at=new.now,
        )
        return attachment.payload()

    @classmethod
    def add_imported(cls, new: NewAttachment) -> OwnAttachment:
        """Of what whoever runs the host brings from elsewhere, whatever the quotas say."""
        attachment = cls.create(
            name=new.name,
            uploader=new.uploader_id,
            filename=new.filename,
            size=new.size,
            content_type=new.content_type,
            width=new.width,
            height=new.height,
            created_at=new.now,
        )
        return OwnAttachment(attachment.id, attachment.payload())

    @classmethod
    def require_room(cls, uploader_id: int, size: int, quota: Quota) -> None:
        """Raises QuotaExceeded unless `size` more bytes of the uploader's fit into the quota."""
        is_guest = User.is_guest_now(uploader_id)
        limit = quota.of_guest if is_guest else quota.of_user
        used = cls._bytes_of("uploader_id = ?", quota.pending, uploader_id)
        if used + size > limit:
            raise QuotaExceeded(limit=limit, used=used)
        if is_guest:
            used = cls._bytes_of("uploader_id IN (SELECT id FROM account WHERE is_guest)", quota.pending)
            if used + size > quota.of_guests:
                raise GuestsQuotaExceeded(limit=quota.of_guests, used=used)

    @classmethod
    def _bytes_of(cls, whose: str, pending: tuple[str, ...], *values: object) -> int:
        tables = ("SELECT uploader_id, size FROM attachment", *pending)
        each = (f"SELECT COALESCE(SUM(size), 0) FROM ({table}) AS f WHERE {whose}" for table in tables)  # noqa: S608, ours
        return sum(int(cls.run_sql(sql, *values).fetchone()[0]) for sql in each)

    @classmethod
    def find_own(cls, uploader_id: int, path: str) -> OwnAttachment | None:
        """What somebody uploaded themselves; nobody can send another's file."""
        attachment = cls.get_or_none(cls.name == stored_name(path), cls.uploader == uploader_id)
        return attachment and OwnAttachment(attachment.id, attachment.payload())

    @classmethod
    def find_many(cls, attachment_ids: list[int]) -> list[OwnAttachment]:
        """As they stand in messages already, in the order of the ids."""
        found = {
            each.id: OwnAttachment(each.id, each.payload()) for each in cls.select().where(cls.id.in_(attachment_ids))
        }
        return [found[each] for each in attachment_ids if each in found]

    @classmethod
    def of_uploader(cls, uploader_id: int, after_id: int, limit: int) -> list[tuple[int, AttachmentPayload]]:
        """Those of one's own with a greater id, by that."""
        rows = cls.run_sql(
            f"SELECT id, {COLUMNS} FROM attachment WHERE uploader_id = ? AND id > ? ORDER BY id LIMIT ?",  # noqa: S608, ours
            *(uploader_id, after_id, limit),
        )
        return [(attachment_id, AttachmentRow(*row).payload()) for attachment_id, *row in rows]

    @classmethod
    def find_readable(cls, name: str, user_id: int, uses: Iterable[Use]) -> AttachmentPayload | None:
        """A file of one's own, or one that a use shows to oneself."""
        ways = ["uploader_id = ?", *(use.shows for use in uses)]
        found = cls.run_sql(
            f"SELECT {COLUMNS} FROM attachment WHERE name = ? AND ({' OR '.join(ways)})",  # noqa: S608, our own words
            name,
            *[user_id] * len(ways),
        )
        row = found.fetchone()
        return row and AttachmentRow(*row).payload()

    @classmethod
    def forget_unless_kept(cls, attachment_id: int, uses: Iterable[Use]) -> str | None:
        """Drop a file that no use keeps any more; returns its name. None where one does."""
        unused = "".join(f" AND NOT {use.keeps}" for use in uses)
        rows = cls.run_sql(f"DELETE FROM attachment WHERE id = ?{unused} RETURNING name", attachment_id).fetchall()  # noqa: S608
        return rows[0][0] if rows else None

    @classmethod
    def forget_unsent_of(cls, uploader_id: int, uses: Iterable[Use], most: int) -> list[str]:
        """The same of one person, at once and some of them; returns the names, none when nothing is left."""
        unused = "".join(f" AND NOT {use.keeps}" for use in uses)
        some = f"SELECT id FROM attachment WHERE uploader_id = ?{unused} LIMIT ?"  # noqa: S608
        rows = cls.run_sql(f"DELETE FROM attachment WHERE id IN ({some}) RETURNING name", uploader_id, most)  # noqa: S608
        return [name for (name,) in rows.fetchall()]

    @classmethod
    def forget_unsent(cls, before: str, uses: Iterable[Use]) -> list[str]:
        """Drop what was uploaded before a moment and no use keeps; returns the names.

        A message is stored by the same thread, so nothing is sent between the look and the removal.
        """
        unused = "".join(f" AND NOT {use.keeps}" for use in uses)
        rows = cls.run_sql(f"DELETE FROM attachment WHERE created_at < ?{unused} RETURNING name", before)  # noqa: S608
        return [name for (name,) in rows.fetchall()]

    @classmethod
    def names(cls) -> list[str]:
        """Of all files that have a row."""
        return [name for (name,) in cls.run_sql("SELECT name FROM attachment ORDER BY id")]

    @classmethod
    def names_in(cls, database: Path) -> list[str]:
        """The same of another database, on a connection of its own: the chat's may be in use in this process."""
        return first_column(database, "SELECT name FROM attachment ORDER BY id")

    @classmethod
    def known(cls, names: Iterable[str]) -> set[str]:
        """Those of the names that have a row."""
        is_named, wanted = ENGINE.among("name", names)
        rows = cls.run_sql(f"SELECT name FROM attachment WHERE {is_named}", wanted)  # noqa: S608, ours
        return {name for (name,) in rows}

    def payload(self) -> AttachmentPayload:
        row = AttachmentRow(self.filename, self.name, self.size, self.content_type, self.width, self.height)
        return row.payload()


def uploaded() -> str:
    """A condition on a row of `account`: whose file is here."""
    return "EXISTS (SELECT 1 FROM attachment a WHERE a.uploader_id = account.id)"


class SquareRow(Table):
    """A small picture of a person or a room, in two sizes, as WebP."""

    name = peewee.TextField(primary_key=True)
    large = peewee.BlobField()
    small = peewee.BlobField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        table_name = "square"

    @classmethod
    def keep(cls, name: str, large: bytes, small: bytes) -> None:
        cls.run_sql("INSERT INTO square(name, large, small) VALUES (?, ?, ?)", name, large, small)

    @classmethod
    def find(cls, name: str, is_small: bool) -> bytes | None:
        row = cls.run_sql(f"SELECT {'small' if is_small else 'large'} FROM square WHERE name = ?", name).fetchone()  # noqa: S608, ours
        return row and bytes(row[0])

    @classmethod
    def forget(cls, name: str) -> None:
        cls.run_sql("DELETE FROM square WHERE name = ?", name)
