"""The session table, and every query on it."""

from collections.abc import Iterable
from typing import NamedTuple

import peewee

from lanchat.accounts.models.users import ENABLED, User
from lanchat.core.security.tokens import SessionKey, digest, is_digest_of
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE


class ActiveSession(NamedTuple):
    session_id: int
    user_id: int
    username: str
    is_guest: bool
    display_name: str | None


class SessionRow(NamedTuple):
    """A session as its user may look at it; times are ISO 8601."""

    session_id: int
    user_agent: str
    address: str
    created_at: str
    last_used_at: str


class NewSession(NamedTuple):
    """What is known of a device that logs in; times are ISO 8601."""

    secret: str
    user_agent: str
    address: str
    now: str
    expires_at: str


class Session(Table):
    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    secret_digest = peewee.TextField()
    user_agent = peewee.TextField(default="")
    address = peewee.TextField(default="")
    created_at = peewee.TextField()
    last_used_at = peewee.TextField()
    expires_at = peewee.TextField()
    revoked_at = peewee.TextField(null=True)

    @classmethod
    def open(cls, user_id: int, new: NewSession) -> SessionKey:
        session = cls.create(
            user=user_id,
            secret_digest=digest(new.secret),
            user_agent=new.user_agent[:300],
            address=new.address,
            created_at=new.now,
            last_used_at=new.now,
            expires_at=new.expires_at,
        )
        return SessionKey(session.id, new.secret)

    @classmethod
    def end_unused(cls, user_id: int, most: int, now: str) -> list[int]:
        """Keep the `most` that were used last; returns the ids of those that ended by it.

        What had ended before is forgotten as well: somebody who logs in and out all day leaves nothing behind.
        """
        rows = cls.run_sql(
            """SELECT id FROM session WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?
            ORDER BY last_used_at DESC, id DESC""",
            user_id,
            now,
        ).fetchall()
        ids = [session_id for (session_id,) in rows]
        are_kept, kept = ENGINE.among("id", ids[:most])
        cls.run_sql(f"DELETE FROM session WHERE user_id = ? AND NOT ({are_kept})", user_id, kept)  # noqa: S608, ours
        return ids[most:]

    @classmethod
    def find_active(cls, key: SessionKey, now: str) -> ActiveSession | None:
        """The session that `key` opens, unless it was revoked, has expired, or its account is disabled."""
        row = cls.run_sql(
            f"""SELECT s.secret_digest, s.user_id, u.username, u.is_guest, u.display_name
            FROM session s JOIN account u ON u.id = s.user_id
            WHERE s.id = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND {ENABLED}""",  # noqa: S608, ours
            key.session_id,
            now,
            now,
        ).fetchone()
        if row is None or not is_digest_of(row[0], key.secret):
            return None
        return ActiveSession(key.session_id, row[1], row[2], bool(row[3]), row[4])

    @classmethod
    def list_active(cls, user_id: int, now: str) -> list[SessionRow]:
        found = cls.run_sql(
            """SELECT id, user_agent, address, created_at, last_used_at FROM session
            WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?""",
            user_id,
            now,
        )
        return [SessionRow(*row) for row in found]

    @classmethod
    def active_among(cls, session_ids: Iterable[int], now: str) -> set[int]:
        """Those that are neither revoked nor expired, and whose account isn't disabled."""
        is_asked_for, asked_for = ENGINE.among("s.id", session_ids)
        rows = cls.run_sql(
            f"""SELECT s.id FROM session s JOIN account u ON u.id = s.user_id
            WHERE {is_asked_for} AND s.revoked_at IS NULL AND s.expires_at > ? AND {ENABLED}""",  # noqa: S608, ours
            asked_for,
            now,
            now,
        )
        return {session_id for (session_id,) in rows}

    @classmethod
    def touch(cls, session_ids: Iterable[int], now: str) -> None:
        for session_id in session_ids:
            cls.run_sql("UPDATE session SET last_used_at = ? WHERE id = ?", now, session_id)

    @classmethod
    def prolong_guests(cls, session_ids: Iterable[int], soon: str, expires_at: str) -> None:
        """Those of them that end before `soon` end later: a guest has no password to come back with."""
        is_theirs, theirs = ENGINE.among("id", session_ids)
        cls.run_sql(
            f"""UPDATE session SET expires_at = ? WHERE {is_theirs} AND expires_at < ?
            AND user_id IN (SELECT id FROM account WHERE is_guest)""",  # noqa: S608, ours
            expires_at,
            theirs,
            soon,
        )

    @classmethod
    def revoke_own(cls, user_id: int, session_id: int, now: str) -> bool:
        """False for a session that has ended, or isn't the user's."""
        mine = (cls.id == session_id, cls.user == user_id, cls.revoked_at.is_null())
        return cls.update(revoked_at=now).where(*mine).execute() > 0

    @classmethod
    def revoke_others(cls, user_id: int, kept_id: int | None, now: str) -> list[int]:
        """End all of a user's sessions but one; returns the ids of those that ended.

        Nor may a code begin another, which somebody may have read from the screen of the one that stays.
        """
        cls.run_sql("DELETE FROM device_code WHERE user_id = ?", user_id)
        rows = cls.run_sql(
            "UPDATE session SET revoked_at = ? WHERE user_id = ? AND id <> ? AND revoked_at IS NULL RETURNING id",
            now,
            user_id,
            kept_id or 0,  # which is no id
        )
        return [session_id for (session_id,) in rows.fetchall()]

    @classmethod
    def revoke_all(cls, now: str) -> None:
        cls.update(revoked_at=now).where(cls.revoked_at.is_null()).execute()

    @classmethod
    def revoke(cls, session_id: int, now: str) -> None:
        cls.update(revoked_at=now).where(cls.id == session_id, cls.revoked_at.is_null()).execute()

    @classmethod
    def forget_old(cls, before: str) -> int:
        """Drop sessions that ended before a moment; returns how many."""
        return cls.delete().where((cls.expires_at < before) | (cls.revoked_at < before)).execute()
