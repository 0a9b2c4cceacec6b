"""The device code table, and every query on it."""

from typing import NamedTuple

import peewee

from lanchat.accounts.errors import DeviceCodeExpired, DeviceCodeUnknown
from lanchat.accounts.models.sessions import Session
from lanchat.core.storage.database import Table


class CodeOwner(NamedTuple):
    username: str
    is_guest: bool


class DeviceCode(Table):
    """One a user, given out by one of their sessions; it works once, and only while that session does."""

    user_id = peewee.IntegerField(primary_key=True)
    session_id = peewee.IntegerField()
    code_digest = peewee.TextField(unique=True)
    expires_at = peewee.TextField()

    @classmethod
    def give_out(cls, user_id: int, session_id: int, code_digest: str, expires_at: str) -> None:
        """The code before it ends."""
        cls.withdraw(user_id)
        cls.insert(user_id=user_id, session_id=session_id, code_digest=code_digest, expires_at=expires_at).execute()

    @classmethod
    def take(cls, code_digest: str, now: str) -> int:
        """Use the code up: the id of its user. Raises DeviceCodeUnknown or DeviceCodeExpired."""
        rows = cls.run_sql(
            "DELETE FROM device_code WHERE code_digest = ? RETURNING user_id, session_id, expires_at", code_digest
        ).fetchall()
        if not rows:
            raise DeviceCodeUnknown
        user_id, session_id, expires_at = rows[0]
        if expires_at <= now:
            raise DeviceCodeExpired
        if not Session.active_among({session_id}, now):
            raise DeviceCodeUnknown
        return user_id

    @classmethod
    def owner(cls, code_digest: str, now: str) -> CodeOwner:
        """Whose code it is; it stays as it was. Raises DeviceCodeUnknown or DeviceCodeExpired."""
        row = cls.run_sql(
            """SELECT d.session_id, d.expires_at, u.username, u.is_guest FROM device_code d
            JOIN account u ON u.id = d.user_id WHERE d.code_digest = ?""",
            code_digest,
        ).fetchone()
        if row is None or not Session.active_among({row[0]}, now):
            raise DeviceCodeUnknown
        if row[1] <= now:
            raise DeviceCodeExpired
        return CodeOwner(row[2], bool(row[3]))

    @classmethod
    def is_open(cls, user_id: int, now: str) -> bool:
        """Whether the user's code still waits for a device."""
        return cls.select().where(cls.user_id == user_id, cls.expires_at > now).exists()

    @classmethod
    def withdraw_all(cls) -> None:
        cls.delete().execute()

    @classmethod
    def withdraw(cls, user_id: int) -> None:
        cls.delete().where(cls.user_id == user_id).execute()
