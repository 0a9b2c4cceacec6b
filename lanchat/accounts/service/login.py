"""Logging in by name and password, and out."""

from lanchat.accounts.errors import WrongCredentials
from lanchat.accounts.models import Session, User
from lanchat.accounts.schemas.incoming import Login
from lanchat.accounts.service.open_session import REMEMBERED_LIFE, SESSION_LIFE, Device, Opened, open_session
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.text_rules import name_key
from lanchat.core.chat import Chat

LOGINS = Rate("logins", 30, 60)  # into an account; only right passwords count, so nobody locks another out
FAILED_LOGINS = Rate("failed_logins", 10, 60)  # of an address and account
FAILED_LOGINS_OF_ADDRESS = Rate("failed_logins_of_address", 20, 60)


async def log_in(chat: Chat, form: Login, device: Device) -> Opened:
    """Raises WrongCredentials, the same and as late for an unknown name, TooMany, or AccountDisabled, which only
    whoever knows the password is told.
    """
    found = await chat.db.read(User.find_credentials, form.username)
    if found is not None:
        chat.limits.check(LOGINS, found.user_id)
    is_right = await chat.passwords.guess(
        form.password,
        None if found is None else found.password_hash,
        device.address,
        chat.limits,
        (FAILED_LOGINS, (device.address, name_key(form.username))),
        (FAILED_LOGINS_OF_ADDRESS, device.address),
    )
    if found is None or not is_right:
        raise WrongCredentials
    found.require_enabled(chat.clock.steady())
    chat.limits.count(LOGINS, found.user_id)

    def who() -> int:
        if not User.is_unchanged(found):
            raise WrongCredentials
        return found.user_id

    return await open_session(chat, device, REMEMBERED_LIFE if form.remember else SESSION_LIFE, who)


async def log_out(chat: Chat, session_id: int) -> None:
    """End a session: its token, its files cookie and its sockets."""
    await chat.db.write(
        Session.revoke,
        session_id,
        chat.clock.steady(),
        then=lambda _: chat.hub.end_session(session_id, "logged_out"),
    )
