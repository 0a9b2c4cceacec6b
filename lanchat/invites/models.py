"""The invitation table, and every query on it."""

from typing import NamedTuple

import peewee

from lanchat.accounts.models import ENABLED
from lanchat.core.security.tokens import digest
from lanchat.core.storage.database import Table
from lanchat.invites.errors import InviteExpired, InviteRevoked


class Offer(NamedTuple):
    """What an invitation would be, were there none; times are ISO 8601."""

    nonce: str
    code_digest: str
    now: str
    expires_at: str


class OpenInvite(NamedTuple):
    """An invitation as those who may end it see it."""

    inviter_id: int
    inviter_name: str
    uses: int
    created_at: str
    expires_at: str


class Invitation(NamedTuple):
    """What somebody who was invited is told."""

    room_id: int
    room_name: str
    is_private: bool
    member_count: int
    inviter_id: int
    inviter_name: str
    inviter_is_guest: bool


class Invite(Table):
    """One a member and room. It ends with the membership, by its foreign key: however somebody ceased to be a member.

    What it opens is the door of a certain password; another password ends it.
    """

    room_id = peewee.IntegerField()
    inviter_id = peewee.IntegerField()
    nonce = peewee.TextField()
    code_digest = peewee.TextField(unique=True)
    password_digest = peewee.TextField()
    uses = peewee.IntegerField(default=0)
    created_at = peewee.TextField()
    expires_at = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("room_id", "inviter_id")

    @classmethod
    def offer(cls, room_id: int, inviter_id: int, password_hash: str | None, new: Offer) -> str:
        """The nonce of the member's invitation: the one that holds, for longer now, or a new one."""
        mine = (cls.room_id == room_id, cls.inviter_id == inviter_id)
        standing = cls.get_or_none(*mine)
        if standing is not None and _holds(standing.password_digest, password_hash) and standing.expires_at > new.now:
            cls.update(expires_at=new.expires_at).where(*mine).execute()
            return standing.nonce
        cls.delete().where(*mine).execute()
        cls.insert(
            room_id=room_id,
            inviter_id=inviter_id,
            nonce=new.nonce,
            code_digest=new.code_digest,
            password_digest=digest(password_hash or ""),
            created_at=new.now,
            expires_at=new.expires_at,
        ).execute()
        return new.nonce

    @classmethod
    def find_open(cls, code_digest: str, now: str) -> Invitation:
        """Raises InviteRevoked or InviteExpired."""
        row = cls.run_sql(
            """SELECT i.password_digest, r.password_hash, u.disabled_until, i.expires_at, r.id, r.name, r.is_private,
                (SELECT count(*) FROM membership m WHERE m.room_id = r.id), u.id, u.username, u.is_guest
            FROM invite i JOIN room r ON r.id = i.room_id JOIN account u ON u.id = i.inviter_id
            WHERE i.code_digest = ?""",
            code_digest,
        ).fetchone()
        if row is None or (row[2] is not None and row[2] > now) or not _holds(row[0], row[1]):
            raise InviteRevoked
        if row[3] <= now:
            raise InviteExpired
        return Invitation(row[4], row[5] or "", bool(row[6]), row[7], row[8], row[9], bool(row[10]))

    @classmethod
    def count_use(cls, code_digest: str) -> None:
        cls.update(uses=cls.uses + 1).where(cls.code_digest == code_digest).execute()

    @classmethod
    def list_open(cls, room_id: int, now: str) -> list[OpenInvite]:
        """Those that still let somebody in, by the inviter's name."""
        rows = cls.run_sql(
            f"""SELECT i.inviter_id, u.username, i.uses, i.created_at, i.expires_at, i.password_digest, r.password_hash
            FROM invite i JOIN room r ON r.id = i.room_id JOIN account u ON u.id = i.inviter_id
            WHERE i.room_id = ? AND i.expires_at > ? AND {ENABLED}
            ORDER BY u.username_key""",  # noqa: S608, ours
            room_id,
            now,
            now,
        ).fetchall()
        return [OpenInvite(*row[:5]) for row in rows if _holds(row[5], row[6])]

    @classmethod
    def revoke_all(cls) -> None:
        cls.delete().execute()

    @classmethod
    def revoke_all_of(cls, inviter_id: int) -> None:
        cls.delete().where(cls.inviter_id == inviter_id).execute()

    @classmethod
    def revoke(cls, room_id: int, inviter_id: int) -> None:
        cls.delete().where(cls.room_id == room_id, cls.inviter_id == inviter_id).execute()


def _holds(password_digest: str, password_hash: str | None) -> bool:
    """Whether an invitation is for the room's present password; a room that has none is open to everybody."""
    return password_hash is None or password_digest == digest(password_hash)
