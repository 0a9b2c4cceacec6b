"""The account table, which holds the users, and every query on it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from lanchat.accounts.errors import AccountDisabled, EmailTaken, NotAGuest, UsernameTaken
from lanchat.accounts.models.names import ENABLED, is_taken, named
from lanchat.accounts.schemas.incoming import Registration
from lanchat.accounts.schemas.outgoing import OwnUserPayload, StatusPayload, UserPayload
from lanchat.accounts.schemas.preferences import Preferences
from lanchat.core.base.text_rules import name_key, name_key_of_old
from lanchat.core.storage import meta
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE

UNLOCKED = "unlocked:"  # prefix of keys in `meta`
FOR_GOOD = "9999-12-31T23:59:59.999999Z"
BY_NAME = "coalesce(display_key, username_key), id"  # the order in which people are shown
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


class SeenRow(NamedTuple):
    """What everybody may know of a person, column by column."""

    id: int
    username: str
    display_name: str | None
    initials: str | None
    avatar_url: str | None
    created_at: str
    last_seen: str
    real_name: str | None
    bio: str | None
    is_guest: int
    is_admin: int
    status_emoji: str | None
    status_text: str | None
    status_until: str | None

    def fields(self) -> dict[str, Any]:
        """Of a UserPayload."""
        *same, is_guest, is_admin, emoji, text, until = self
        status = None if text is None else StatusPayload(emoji=emoji, text=text, until=until)
        fields = dict(zip(self._fields, same, strict=False))
        return {**fields, "is_guest": bool(is_guest), "is_admin": bool(is_admin), "status": status}


class User(Table):
    id = peewee.AutoField()
    username = peewee.TextField()
    username_key = peewee.TextField(unique=True)
    username_skeleton = peewee.TextField(null=True, unique=True)  # null: a look-alike from before there were skeletons
    display_name = peewee.TextField(null=True)
    display_key = peewee.TextField(null=True, unique=True)
    display_skeleton = peewee.TextField(null=True, unique=True)
    initials = peewee.TextField(null=True)
    found_by = peewee.TextField(default="")
    email = peewee.TextField(default="")
    email_key = peewee.TextField(null=True, unique=True)
    password_hash = peewee.TextField(null=True)
    avatar_url = peewee.TextField(null=True)
    real_name = peewee.TextField(null=True)
    bio = peewee.TextField(null=True)
    status_emoji = peewee.TextField(null=True)
    status_text = peewee.TextField(null=True)  # null: no status
    status_until = peewee.TextField(null=True)
    is_admin = peewee.BooleanField(default=False)
    is_guest = peewee.BooleanField(default=False)
    disabled_until = peewee.TextField(null=True)
    disabled_reason = peewee.TextField(null=True)
    preferences = peewee.TextField(default="{}")  # JSON: what isn't said is as by default
    hides_receipts = peewee.BooleanField(default=False)
    created_at = peewee.TextField()
    last_seen = peewee.TextField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        table_name = "account"  # to PostgreSQL `user` is whoever asks; to everybody else these are users

    @classmethod
    def register(cls, form: Registration, password_hash: str, now: str) -> OwnUserPayload:
        """Raises UsernameTaken or EmailTaken."""
        if is_taken(form.username):
            raise UsernameTaken
        try:
            user = cls.create(
                **named(form.username),
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
        if is_taken(username):
            raise UsernameTaken
        return cls.create(**named(username), is_guest=True, created_at=now, last_seen=now).own_payload()

    @classmethod
    def make_account(cls, user_id: int, email: str, password_hash: str) -> OwnUserPayload:
        """Who has no password can log in by one from now on, as who they were. Raises NotAGuest or EmailTaken.

        Without an e-mail address, that of an account that came from elsewhere stays.
        """
        said = {"email": email, "email_key": name_key(email)} if email else {}
        changed = cls.update(password_hash=password_hash, is_guest=False, **said).where(
            cls.id == user_id, cls.is_guest | cls.password_hash.is_null()
        )
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
        return (user or cls.create(**named(SYSTEM_USERNAME), created_at=now, last_seen=now)).id

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
    def preferences_of(cls, user_id: int) -> Preferences:
        return Preferences.model_validate_json(cls.get_by_id(user_id).preferences)

    @classmethod
    def set_preferences(cls, user_id: int, wanted: Preferences) -> None:
        said = wanted.model_dump_json(exclude_defaults=True)
        cls.update(preferences=said, hides_receipts=not wanted.show_read_receipts).where(cls.id == user_id).execute()

    @classmethod
    def hiding_receipts(cls) -> set[int]:
        """Who doesn't show how far they read."""
        return {user_id for (user_id,) in cls.run_sql("SELECT id FROM account WHERE hides_receipts")}

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
        """Nothing opens it until then; None: for good."""
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
    def is_person(cls, user_id: int) -> bool:
        """Whether it is somebody, gone or not, and not our own account."""
        return cls.select().where(cls.id == user_id, cls.password_hash.is_null(False) | cls.is_guest).exists()

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
        columns = ", ".join(SeenRow._fields)
        rows = cls.run_sql(f"SELECT {columns} FROM account WHERE {is_wanted} ORDER BY {BY_NAME}", wanted)  # noqa: S608, ours
        return [UserPayload(**SeenRow(*row).fields(), is_online=are_online) for row in rows]

    @classmethod
    def names_of(cls, user_ids: Iterable[int]) -> dict[int, str]:
        """As everybody sees them, by id."""
        are_wanted, wanted = ENGINE.among("id", user_ids)
        names = f"SELECT id, coalesce(display_name, username) FROM account WHERE {are_wanted}"  # noqa: S608, ours
        return dict(cls.run_sql(names, wanted).fetchall())

    @classmethod
    def touch(cls, user_ids: list[int], now: str) -> None:
        for user_id in user_ids:
            cls.run_sql("UPDATE account SET last_seen = ? WHERE id = ?", now, user_id)

    def payload(self) -> UserPayload:
        return UserPayload(**self._seen().fields())

    def own_payload(self) -> OwnUserPayload:
        preferences = Preferences.model_validate_json(self.preferences)
        return OwnUserPayload(
            **self._seen().fields(),
            email=self.email,
            preferences=preferences,
            can_log_in=self.password_hash is not None,
        )

    def credentials(self) -> Credentials:
        return Credentials(self.id, self.username, self.password_hash, self.disabled_until, self.disabled_reason)

    def _seen(self) -> SeenRow:
        return SeenRow(*(getattr(self, column) for column in SeenRow._fields))
