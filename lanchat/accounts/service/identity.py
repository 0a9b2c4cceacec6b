"""Knowing who holds a token, and when they last used it."""

from collections.abc import Callable

from lanchat.accounts.models import ActiveSession, Session, User
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.core.base.errors import NotAuthenticated
from lanchat.core.chat import Chat, Identity, Part
from lanchat.core.security.tokens import SessionKey


class LastUse(Part, scope="process"):
    """Which sessions were used since that was last written down: one write a minute, not one a request."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.recent: set[int] = set()

    def note(self, session_id: int) -> None:
        self.recent.add(session_id)


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


async def _identify(chat: Chat, key: SessionKey | None) -> Identity:
    session = None
    if key is not None:
        session = await chat.db.read(Session.find_active, key, chat.clock.steady())
    if session is None:
        raise NotAuthenticated
    chat.part(LastUse).note(session.session_id)
    return Identity(session.user_id, session.session_id, session.is_guest)
