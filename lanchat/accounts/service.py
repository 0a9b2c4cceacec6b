"""Registering, logging in and out, and knowing who holds a token."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from lanchat.accounts.errors import GuestsNotAllowed, RegistrationClosed, WrongCredentials
from lanchat.accounts.hooks import registered
from lanchat.accounts.models import ActiveSession, NewSession, Session, User
from lanchat.accounts.schemas import (
    Guest,
    Login,
    OwnUserPayload,
    RegisteredPayload,
    Registration,
    TokenPayload,
)
from lanchat.core.base.errors import NotAuthenticated
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.text_rules import name_key
from lanchat.core.chat import Chat, Identity, Part
from lanchat.core.hooks import Tell
from lanchat.core.security.tokens import SessionKey, new_secret
from lanchat.host.policy import Policy

SESSION_LIFE = timedelta(hours=12)
REMEMBERED_LIFE = timedelta(days=30)

REGISTRATIONS = Rate("registrations", 60, 60)  # of an address
FAILED_LOGINS = Rate("failed_logins", 10, 60)  # of an address and account
FAILED_LOGINS_OF_ADDRESS = Rate("failed_logins_of_address", 20, 60)


@dataclass(frozen=True)
class Device:
    """Where somebody logs in from."""

    address: str
    user_agent: str


@dataclass(frozen=True)
class Opened:
    """A session just opened: what to answer, and the value of its files cookie."""

    payload: TokenPayload
    files_cookie: str
    lifetime: timedelta


class LastUse(Part, scope="process"):
    """Which sessions were used since that was last written down: one write a minute, not one a request."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.recent: set[int] = set()

    def note(self, session_id: int) -> None:
        self.recent.add(session_id)


async def register(chat: Chat, form: Registration, device: Device) -> tuple[RegisteredPayload, Opened]:
    """Make an account, take it where newcomers go, and log it in.

    Raises RegistrationClosed, UsernameTaken, EmailTaken or TooMany.
    """
    if not chat.part(Policy).registration_open:
        raise RegistrationClosed
    chat.limits.hit(REGISTRATIONS, device.address)
    password_hash = await chat.passwords.hash(form.password)
    return await _join(chat, device, SESSION_LIFE, form.username, partial(User.register, form, password_hash))


async def join_as_guest(chat: Chat, form: Guest, device: Device) -> tuple[RegisteredPayload, Opened]:
    """Let somebody in who gives a name only, where the host allows it.

    Raises GuestsNotAllowed, UsernameTaken or TooMany.
    """
    if not chat.part(Policy).guests_allowed:
        raise GuestsNotAllowed
    chat.limits.hit(REGISTRATIONS, device.address)
    return await _join(chat, device, REMEMBERED_LIFE, form.username, partial(User.register_guest, form.username))


async def _join(
    chat: Chat, device: Device, life: timedelta, username: str, make: Callable[[str], OwnUserPayload]
) -> tuple[RegisteredPayload, Opened]:
    """A new account, where newcomers go, with its first session; `make(now)` runs on a database thread."""
    new = _new_session(chat, device, life)

    def store() -> tuple[OwnUserPayload, SessionKey, list[Tell]]:
        User.free_name(username, chat.clock.steady())
        user = make(new.now)
        return user, Session.open(user.id, new), registered.all(chat, user.id, new.now)

    user, key, _ = await chat.db.write(store, then=lambda stored: [tell() for tell in stored[2]])
    opened = _opened(chat, user, key, new, life)
    token = opened.payload
    return RegisteredPayload(**user.model_dump(), access_token=token.access_token, expires_at=token.expires_at), opened


async def log_in(chat: Chat, form: Login, device: Device) -> Opened:
    """Raises WrongCredentials, the same and as late for an unknown name, or TooMany."""
    found = await chat.db.read(User.find_credentials, form.username)
    is_right = await chat.passwords.guess(
        form.password,
        None if found is None or found.is_banned else found.password_hash,
        chat.limits,
        (FAILED_LOGINS, (device.address, name_key(form.username))),
        (FAILED_LOGINS_OF_ADDRESS, device.address),
    )
    if found is None or not is_right:
        raise WrongCredentials

    def who() -> int:
        if not User.is_unchanged(found):
            raise WrongCredentials
        return found.user_id

    return await open_session(chat, device, REMEMBERED_LIFE if form.remember else SESSION_LIFE, who)


async def open_session(
    chat: Chat, device: Device, life: timedelta, who: Callable[[], int], tell: Callable[[int], object] | None = None
) -> Opened:
    """A session for the user whose id `who()` returns, in the same transaction; `tell` gets that id after its commit.

    Raises what `who` raises.
    """
    new = _new_session(chat, device, life)

    def store() -> tuple[OwnUserPayload, SessionKey]:
        user = User.find_own(who())
        if user is None:
            raise WrongCredentials
        return user, Session.open(user.id, new)

    user, key = await chat.db.write(store, then=lambda stored: tell and tell(stored[0].id))
    return _opened(chat, user, key, new, life)


async def authenticate(chat: Chat, token: str) -> Identity:
    """Who holds an access token; raises NotAuthenticated."""
    return await _identify(chat, chat.tokens.read(token))


async def authenticate_cookie(chat: Chat, cookie: str) -> Identity:
    """Who holds a files cookie; raises NotAuthenticated."""
    return await _identify(chat, chat.tokens.read_for_files(cookie))


def find_session(chat: Chat, token: str) -> Callable[[], ActiveSession]:
    """A query, for a database thread, for the session of a token; it raises NotAuthenticated."""
    key = chat.tokens.read(token)
    now = chat.clock.steady()

    def find() -> ActiveSession:
        session = None if key is None else Session.find_active(key, now)
        if session is None:
            raise NotAuthenticated
        return session

    return find


async def find_own(chat: Chat, user_id: int) -> OwnUserPayload:
    user = await chat.db.read(User.find_own, user_id)
    if user is None:
        raise NotAuthenticated
    return user.model_copy(update={"is_online": chat.hub.is_online(user_id)})


async def log_out(chat: Chat, session_id: int) -> None:
    """End a session: its token, its files cookie and its sockets."""
    await chat.db.write(
        Session.revoke,
        session_id,
        chat.clock.steady(),
        then=lambda _: chat.hub.end_session(session_id, "logged_out"),
    )


async def _identify(chat: Chat, key: SessionKey | None) -> Identity:
    session = None
    if key is not None:
        session = await chat.db.read(Session.find_active, key, chat.clock.steady())
    if session is None:
        raise NotAuthenticated
    chat.part(LastUse).note(session.session_id)
    return Identity(session.user_id, session.session_id)


def _new_session(chat: Chat, device: Device, life: timedelta) -> NewSession:
    return NewSession(
        secret=new_secret(),
        user_agent=device.user_agent,
        address=device.address,
        now=chat.clock.now(),
        expires_at=chat.clock.steady(life),
    )


def _opened(chat: Chat, user: OwnUserPayload, key: SessionKey, new: NewSession, life: timedelta) -> Opened:
    payload = TokenPayload(
        access_token=chat.tokens.sign(key),
        expires_at=new.expires_at,
        user=user.model_copy(update={"is_online": chat.hub.is_online(user.id)}),
    )
    return Opened(payload, chat.tokens.sign_for_files(key), life)
