"""The account table, which holds the users, and every query on it."""

from itertools import chain, count
from typing import Any, NamedTuple

import peewee

from lanchat.accounts.errors import AccountDisabled, EmailTaken, NotAGuest, UsernameTaken
from lanchat.accounts.schemas import OwnUserPayload, Registration, UserPayload
from lanchat.core.base.text_rules import name_key, name_key_of_old, pretended_key, skeleton
from lanchat.core.storage import meta
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE

UNLOCKED = "unlocked:"  # prefix of keys in `meta`
FOR_GOOD = "9999-12-31T23:59:59.999999Z"
ENABLED = "(disabled_until IS NULL OR disabled_until <= ?)"  # a condition on an account, now
MAX_USERNAME = 20  # characters
SYSTEM_USERNAME = "LanChat"  # owns the lobby and signs what nobody wrote; cannot log in


class Credentials(NamedTuple):
    user_id: int
    username: str
    password_hash: str | None
    disabled_until: str | None
    disabled_reason: str | None

    def is_disabled(self, now: str) -> bool:
        return self.disabled_until is not None and self.disabled_until > now

    def require_enabled(self, now: str) -> None:
        """Raises AccountDisabled."""
        if self.is_disabled(now):
            until = None if self.disabled_until == FOR_GOOD else self.disabled_until
            raise AccountDisabled(reason=self.disabled_reason, until=until)


class User(Table):
    id = peewee.AutoField()
    username = peewee.TextField()
    username_key = peewee.TextField(unique=True)
    username_skeleton = peewee.TextField(null=True, unique=True)  # null: a look-alike from before there were skeletons
    email = peewee.TextField(default="")
    email_key = peewee.TextField(null=True, unique=True)
    password_hash = peewee.TextField(null=True)
    avatar_url = peewee.TextField(null=True)
    real_name = peewee.TextField(null=True)
    bio = peewee.TextField(null=True)
    is_admin = peewee.BooleanField(default=False)
    is_guest = peewee.BooleanField(default=False)
    disabled_until = peewee.TextField(null=True)
    disabled_reason = peewee.TextField(null=True)
    created_at = peewee.TextField()
    last_seen = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        table_name = "account"  # to PostgreSQL `user` is whoever asks; to everybody else these are users

    @classmethod
    def register(cls, form: Registration, password_hash: str, now: str) -> OwnUserPayload:
        """Raises UsernameTaken or EmailTaken."""
        if cls.is_taken(form.username):
            raise UsernameTaken
        try:
            user = cls.create(
                **_named(form.username),
                email=form.email,
                email_key=name_key(form.email) or None,
                password_hash=password_hash,
                created_at=now,
                last_seen=now,
            )
        except peewee.IntegrityError:
            raise EmailTaken from None
        return user.own_payload()

    @classmethod
    def register_guest(cls, username: str, now: str) -> OwnUserPayload:
        """An account that nobody can log in to: it lasts as long as its session. Raises UsernameTaken."""
        if cls.is_taken(username):
            raise UsernameTaken
        return cls.create(**_named(username), is_guest=True, created_at=now, last_seen=now).own_payload()

    @classmethod
    def free_name(cls, username: str, now: str) -> None:
        """Take a name from a guest whose sessions are all over: nobody comes back to that account.

        What the guest wrote stays under another name, so that none of it is taken for the next bearer's.
        """
        ended = cls.run_sql(
            f"""SELECT id, username FROM account WHERE (username_key IN (?, ?) OR username_skeleton = ?)
            AND is_guest AND {ENABLED} AND NOT EXISTS (
                SELECT 1 FROM session WHERE user_id = account.id AND revoked_at IS NULL AND expires_at > ?)""",  # noqa: S608, ours
            name_key(username),
            pretended_key(username),
            skeleton(username),
            now,
            now,
        ).fetchall()
        for user_id, name in ended:
            # Not 1, 2, 3 for ever: the longer a name is given away and back, the longer everybody's writes would wait.
            endings = (f"_{n}" for n in chain(range(1, 10), count(user_id)))
            others = (f"{name[: MAX_USERNAME - len(ending)]}{ending}" for ending in endings)
            free = next(other for other in others if not cls.is_taken(other))
            cls.update(**_named(free)).where(cls.id == user_id).execute()

    @classmethod
    def is_taken(cls, username: str) -> bool:
        """By the same name, or one that looks like it."""
        keys = [name_key(username), pretended_key(username)]
        return cls.select().where(cls.username_key.in_(keys) | (cls.username_skeleton == skeleton(username))).exists()

    @classmethod
    def make_account(cls, user_id: int, email: str, password_hash: str) -> OwnUserPayload:
        """A guest can log in from now on, as who they were. Raises NotAGuest or EmailTaken."""
        changed = cls.update(
            email=email, email_key=name_key(email) or None, password_hash=password_hash, is_guest=False
        ).where(cls.id == user_id, cls.is_guest)
        try:
            if not changed.execute():
                raise NotAGuest
        except peewee.IntegrityError:
            raise EmailTaken from None
        return cls.get_by_id(user_id).own_payload()

    @classmethod
    def add_made_up(cls, username: str, password_hash: str, now: str) -> int:
        """An account that no form was filled in for; returns its id. Raises UsernameTaken."""
        form = Registration.model_construct(username=username, email="")
        return cls.register(form, password_hash, now).id

    @classmethod
    def ensure_system(cls, now: str) -> int:
        """The id of the account that owns what belongs to nobody in particular."""
        user = cls.get_or_none(cls.username_key == name_key(SYSTEM_USERNAME))
        return (user or cls.create(**_named(SYSTEM_USERNAME), created_at=now, last_seen=now)).id

    @classmethod
    def find_credentials(cls, username: str) -> Credentials | None:
        """As it is written first: who had a name before it was too much like another's still comes in by it."""
        by_key = (cls.get_or_none(cls.username_key == key) for key in (name_key_of_old(username), name_key(username)))
        user = next((user for user in by_key if user is not None), None)
        return user and user.credentials()

    @classmethod
    def find_credentials_of(cls, user_id: int) -> Credentials:
        return cls.get_by_id(user_id).credentials()

    @classmethod
    def is_unchanged(cls, checked: Credentials) -> bool:
        """Whether they are still what a password was compared with.

        Else whoever knows the old one could open a session just after all others were ended.
        """
        return cls.find_credentials_of(checked.user_id) == checked

    @classmethod
    def set_password(cls, user_id: int, password_hash: str) -> None:
        cls.update(password_hash=password_hash).where(cls.id == user_id).execute()

    @classmethod
    def find_own(cls, user_id: int) -> OwnUserPayload | None:
        user = cls.get_or_none(cls.id == user_id)
        return user and user.own_payload()

    @classmethod
    def is_administrator(cls, user_id: int) -> bool:
        return cls.select().where(cls.id == user_id, cls.is_admin).exists()

    @classmethod
    def is_guest_now(cls, user_id: int) -> bool:
        return cls.select().where(cls.id == user_id, cls.is_guest).exists()

    @classmethod
    def is_settled(cls, user_id: int, before: str) -> bool:
        """Whether it is an account with a password that was made before a moment."""
        return cls.select().where(cls.id == user_id, ~cls.is_guest, cls.created_at < before).exists()

    @classmethod
    def has_administrator(cls, now: str) -> bool:
        return cls.run_sql(f"SELECT 1 FROM account WHERE is_admin AND {ENABLED}", now).fetchone() is not None  # noqa: S608, ours

    @classmethod
    def set_administrator(cls, user_id: int, is_admin: bool) -> None:
        cls.update(is_admin=is_admin).where(cls.id == user_id).execute()

    @classmethod
    def unlock(cls, user_id: int) -> None:
        """Enable an account, and leave word for the server, which counts failed log-ins in memory."""
        cls.enable(user_id)
        meta.keep(f"{UNLOCKED}{user_id}", "")

    @classmethod
    def disable(cls, user_id: int, until: str | None, reason: str | None) -> None:
        """Nothing opens it until then; None: for good. Its sessions stay, and count again when it is enabled."""
        cls.update(disabled_until=until or FOR_GOOD, disabled_reason=reason).where(cls.id == user_id).execute()

    @classmethod
    def enable(cls, user_id: int) -> bool:
        """False where it was."""
        disabled = (cls.id == user_id, cls.disabled_until.is_null(False))
        return cls.update(disabled_until=None, disabled_reason=None).where(*disabled).execute() > 0

    @classmethod
    def is_reachable(cls, user_id: int, now: str) -> bool:
        """Whether somebody comes in by this account, disabled ones and our own left out."""
        row = cls.run_sql(
            f"SELECT 1 FROM account WHERE id = ? AND {ENABLED} AND (is_guest OR password_hash IS NOT NULL)",  # noqa: S608, ours
            user_id,
            now,
        ).fetchone()
        return row is not None

    @classmethod
    def take_unlocked(cls) -> list[str]:
        """The name keys of accounts unlocked since this was last asked."""
        ids = [int(user_id) for user_id in meta.take(UNLOCKED)]
        return [user.username_key for user in cls.select().where(cls.id.in_(ids))]

    @classmethod
    def list_for_host(cls, now: str) -> list[tuple[str, bool, bool, str]]:
        """(name, is administrator, is disabled, last seen) of everybody who can log in, by name."""
        people = cls.select().where(cls.password_hash.is_null(False)).order_by(cls.username_key)
        return [(p.username, bool(p.is_admin), p.credentials().is_disabled(now), p.last_seen) for p in people]

    @classmethod
    def payloads(cls, user_ids: list[int], *, are_online: bool = False) -> list[UserPayload]:
        """In order of name, as others see them; whether they are connected, the caller knows."""
        is_wanted, wanted = ENGINE.among("id", user_ids)
        rows = cls.run_sql(
            f"""SELECT id, username, avatar_url, created_at, last_seen, real_name, bio, is_guest FROM account
            WHERE {is_wanted} ORDER BY username_key""",  # noqa: S608, ours
            wanted,
        )
        return [
            UserPayload(
                id=row[0],
                username=row[1],
                avatar_url=row[2],
                is_online=are_online,
                created_at=row[3],
                last_seen=row[4],
                real_name=row[5],
                bio=row[6],
                is_guest=bool(row[7]),
            )
            for row in rows
        ]

    @classmethod
    def touch(cls, user_ids: list[int], now: str) -> None:
        for user_id in user_ids:
            cls.run_sql("UPDATE account SET last_seen = ? WHERE id = ?", now, user_id)

    def payload(self) -> UserPayload:
        return UserPayload(**self._public())

    def own_payload(self) -> OwnUserPayload:
        return OwnUserPayload(**self._public(), email=self.email, is_admin=bool(self.is_admin))

    def credentials(self) -> Credentials:
        return Credentials(self.id, self.username, self.password_hash, self.disabled_until, self.disabled_reason)

    def _public(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "username": self.username,
            "avatar_url": self.avatar_url,
            "created_at": self.created_at,
            "last_seen": self.last_seen,
            "real_name": self.real_name,
            "bio": self.bio,
            "is_guest": bool(self.is_guest),
        }


def _named(username: str) -> dict[str, str]:
    """What is stored of a name."""
    return {"username": username, "username_key": name_key(username), "username_skeleton": skeleton(username)}
