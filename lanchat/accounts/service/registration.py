"""Making an account, with a password or for a guest."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from lanchat.accounts.errors import GuestsNotAllowed, RegistrationClosed
from lanchat.accounts.hooks import registered
from lanchat.accounts.models import Session, User
from lanchat.accounts.models.names import free_name
from lanchat.accounts.schemas.incoming import Guest, Registration
from lanchat.accounts.schemas.outgoing import OwnUserPayload, RegisteredPayload
from lanchat.accounts.service.open_session import REMEMBERED_LIFE, SESSION_LIFE, Device, Opened, new_session, opened_by
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.core.hooks import Fillings, Tell
from lanchat.core.security.tokens import SessionKey
from lanchat.host.policy import Policy

REGISTRATIONS = Rate("registrations", 60, 60)  # of an address


async def register(chat: Chat, form: Registration, device: Device) -> tuple[RegisteredPayload, Opened]:
    """Make an account, take it where newcomers go, and log it in.

    Raises RegistrationClosed, UsernameTaken, EmailTaken or TooMany.
    """
    if not chat.part(Policy).registration_open:
        raise RegistrationClosed
    chat.limits.hit(REGISTRATIONS, device.address)
    password_hash = await chat.passwords.hash(form.password, device.address)
    return await _join(chat, device, SESSION_LIFE, form.username, partial(User.register, form, password_hash))


async def join_as_guest(chat: Chat, form: Guest, device: Device) -> tuple[RegisteredPayload, Opened]:
    """Let somebody in who gives a name only, where the host allows it.

    Raises GuestsNotAllowed, UsernameTaken or TooMany.
    """
    if not chat.part(Policy).guests_allowed:
        raise GuestsNotAllowed
    chat.limits.hit(REGISTRATIONS, device.address)
    return await _join(chat, device, REMEMBERED_LIFE, form.username, partial(User.register_guest, form.username))


def make_account(
    fillings: Fillings, username: str, make: Callable[[str], OwnUserPayload], *, now: str, steady: str
) -> tuple[OwnUserPayload, list[Tell]]:
    """The account that `make(now)` stores, and all that comes with it; on a database thread.

    Guests whose time was over at `steady` give the name back before. Raises what `make` raises.
    """
    free_name(username, steady)
    user = make(now)
    return user, registered.all(fillings, fillings, user.id, now)


async def _join(
    chat: Chat, device: Device, life: timedelta, username: str, make: Callable[[str], OwnUserPayload]
) -> tuple[RegisteredPayload, Opened]:
    """A new account, where newcomers go, with its first session; `make(now)` runs on a database thread."""
    new = new_session(chat, device, life)

    def store() -> tuple[OwnUserPayload, SessionKey, list[Tell]]:
        user, tells = make_account(chat.fillings, username, make, now=new.now, steady=chat.clock.steady())
        return user, Session.open(user.id, new), tells

    user, key, _ = await chat.db.write(store, then=lambda stored: [tell(chat) for tell in stored[2]])
    opened = opened_by(chat, user, key, new, life)
    token = opened.payload
    return RegisteredPayload(**user.model_dump(), access_token=token.access_token, expires_at=token.expires_at), opened
