"""A user's sessions: where they are logged in, ending them, and noticing those that others ended."""

import asyncio
import logging
from collections.abc import Iterable
from typing import cast

from lanchat.accounts import guests
from lanchat.accounts.errors import SessionNotFound, WrongPassword
from lanchat.accounts.models import Credentials, Session, User
from lanchat.accounts.schemas.incoming import PasswordChange
from lanchat.accounts.schemas.outgoing import SessionPayload, SessionsPayload
from lanchat.accounts.service.identity import LastUse
from lanchat.accounts.service.login import FAILED_LOGINS, FAILED_LOGINS_OF_ADDRESS
from lanchat.accounts.service.open_session import REMEMBERED_LIFE
from lanchat.accounts.user_agents import in_words
from lanchat.core.base.errors import ChatError
from lanchat.core.base.text_rules import name_key
from lanchat.core.chat import Chat, Identity

LOOK_EVERY = 0.4  # s; what another program on this computer ends has ended for sockets within a second
EXPIRY_EVERY = 60.0  # s between two looks for sockets whose session has expired, and two notes of last use

log = logging.getLogger(__name__)


async def list_sessions(chat: Chat, identity: Identity) -> SessionsPayload:
    """Where the user is logged in, the latest used first."""
    now = chat.clock.now()
    in_use = {socket.session_id for socket in chat.hub.sockets()} | chat.part(LastUse).recent | {identity.session_id}
    rows = await chat.db.read(Session.list_active, identity.user_id, chat.clock.steady())
    sessions = [
        SessionPayload(
            id=row.session_id,
            user_agent=in_words(row.user_agent),
            address=row.address,
            created_at=row.created_at,
            last_used_at=now if row.session_id in in_use else row.last_used_at,
            is_current=row.session_id == identity.session_id,
        )
        for row in rows
    ]
    return SessionsPayload(sessions=sorted(sessions, key=lambda s: (s.is_current, s.last_used_at), reverse=True))


async def end_session(chat: Chat, identity: Identity, session_id: int) -> None:
    """Sign one of the user's own devices out. Raises SessionNotFound."""

    def tell(ended: bool) -> None:
        if ended:
            chat.hub.end_session(session_id, "ended_elsewhere")

    if not await chat.db.write(Session.revoke_own, identity.user_id, session_id, chat.clock.steady(), then=tell):
        raise SessionNotFound


async def end_other_sessions(chat: Chat, identity: Identity) -> int:
    """Sign the user out everywhere else; returns how many sessions that ended."""

    def tell(ended: list[int]) -> None:
        _end_sockets(chat, ended, "ended_elsewhere")

    ended = await chat.db.write(
        Session.revoke_others, identity.user_id, identity.session_id, chat.clock.steady(), then=tell
    )
    return len(ended)


async def require_password(chat: Chat, user_id: int, password: str, address: str) -> Credentials:
    """What a password was compared with, of somebody who is logged in already. Raises WrongPassword or TooMany."""
    found = await chat.db.read(User.find_credentials_of, user_id)
    windows = (FAILED_LOGINS, (address, name_key(found.username))), (FAILED_LOGINS_OF_ADDRESS, address)
    if not await chat.passwords.guess(password, found.password_hash, user_id, chat.limits, *windows):
        raise WrongPassword
    return found


async def change_password(chat: Chat, identity: Identity, change: PasswordChange, address: str) -> None:
    """Also ends every other session: whoever knew the old password may hold one. Raises WrongPassword or TooMany."""
    found = await require_password(chat, identity.user_id, change.current_password, address)
    password_hash = await chat.passwords.hash(change.password, identity.user_id)

    def store() -> list[int]:
        if not User.is_unchanged(found):
            raise WrongPassword
        User.set_password(identity.user_id, password_hash)
        return Session.revoke_others(identity.user_id, identity.session_id, chat.clock.steady())

    await chat.db.write(store, then=lambda ended: _end_sockets(chat, ended, "password_changed"))


async def watch(chat: Chat) -> None:
    """For ever: ends the sockets of sessions that expired, or that another program ended."""
    loop = asyncio.get_running_loop()
    next_expiry = loop.time()
    is_changed = False  # stays so until what follows from it was done
    while True:
        try:
            is_changed = await chat.db.was_changed_outside() or is_changed
            if is_changed:
                await _end_what_ended(chat, "ended_by_host")
                await _forgive_unlocked(chat)
                is_changed = False
            if loop.time() >= next_expiry:
                next_expiry = loop.time() + EXPIRY_EVERY
                await _end_what_ended(chat, "expired")
                await _write_last_use(chat)
        except ChatError as error:
            log.warning("sessions could not be looked after, next time soon: %s", error)
        await asyncio.sleep(LOOK_EVERY)


async def _forgive_unlocked(chat: Chat) -> None:
    """Forget the failed log-ins of accounts that were unlocked at the host, and of where they came from."""
    names = set(await chat.db.write(User.take_unlocked))
    if names:
        for key in chat.limits.forget_where(FAILED_LOGINS, lambda key: cast("tuple[str, str]", key)[1] in names):
            chat.limits.forget(FAILED_LOGINS_OF_ADDRESS, cast("tuple[str, str]", key)[0])


async def _end_what_ended(chat: Chat, reason: str) -> None:
    in_use = {socket.session_id for socket in chat.hub.sockets()}
    if in_use:
        _end_sockets(chat, in_use - await chat.db.read(Session.active_among, in_use, chat.clock.steady()), reason)


async def _write_last_use(chat: Chat) -> None:
    last_use = chat.part(LastUse)
    used = last_use.recent | {socket.session_id for socket in chat.hub.sockets()}
    last_use.recent = set()
    now = chat.clock.now()
    await chat.db.write(Session.touch, used, now)
    await chat.db.write(guests.prolong, chat, used)
    await chat.db.write(Session.forget_old, chat.clock.steady(-REMEMBERED_LIFE))
    await guests.forget(chat)


def _end_sockets(chat: Chat, session_ids: Iterable[int], reason: str) -> None:
    for session_id in session_ids:
        chat.hub.end_session(session_id, reason)
