"""Opening a session: for whom, from where, for how long, and what to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from lanchat.accounts.errors import WrongCredentials
from lanchat.accounts.models import NewSession, Session, User
from lanchat.accounts.schemas.outgoing import OwnUserPayload, TokenPayload
from lanchat.core.chat import Chat
from lanchat.core.security.tokens import SessionKey, new_secret

SESSION_LIFE = timedelta(hours=12)
REMEMBERED_LIFE = timedelta(days=30)
MAX_SESSIONS = 50  # of a user; with one more, the one that was used longest ago ends


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


async def open_session(
    chat: Chat, device: Device, life: timedelta, who: Callable[[], int], tell: Callable[[int], object] | None = None
) -> Opened:
    """A session for the user whose id `who()` returns, in the same transaction; `tell` gets that id after its commit.

    Of more than `MAX_SESSIONS` the one that was used longest ago ends.

    Raises what `who` raises.
    """
    new = new_session(chat, device, life)

    def store() -> tuple[OwnUserPayload, SessionKey, list[int]]:
        user = User.find_own(who())
        if user is None:
            raise WrongCredentials
        key = Session.open(user.id, new)
        return user, key, Session.end_unused(user.id, MAX_SESSIONS, chat.clock.steady())

    def tell_all(stored: tuple[OwnUserPayload, SessionKey, list[int]]) -> None:
        for session_id in stored[2]:
            chat.hub.end_session(session_id, "ended_elsewhere")
        if tell is not None:
            tell(stored[0].id)

    user, key, _ = await chat.db.write(store, then=tell_all)
    return opened_by(chat, user, key, new, life)


def new_session(chat: Chat, device: Device, life: timedelta) -> NewSession:
    return NewSession(
        secret=new_secret(),
        user_agent=device.user_agent,
        address=device.address,
        now=chat.clock.now(),
        expires_at=chat.clock.steady(life),
    )


def opened_by(chat: Chat, user: OwnUserPayload, key: SessionKey, new: NewSession, life: timedelta) -> Opened:
    payload = TokenPayload(
        access_token=chat.tokens.sign(key),
        expires_at=new.expires_at,
        user=user.model_copy(update={"is_online": chat.hub.is_online(user.id)}),
    )
    return Opened(payload, chat.tokens.sign_for_files(key), life)
