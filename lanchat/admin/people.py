"""What whoever holds the data folder may do with accounts, whether or not the server runs.

Each function is one transaction, for `db.write_once`; a running server notices what it ends within a second.
"""

from functools import partial
from typing import NamedTuple

from lanchat.accounts.errors import UserNotFound
from lanchat.accounts.models import Credentials, Session, User
from lanchat.accounts.schemas.incoming import Registration
from lanchat.accounts.service.registration import make_account
from lanchat.core.base.clock import Clock
from lanchat.core.hooks import Fillings
from lanchat.rooms.models import Ban


class Listed(NamedTuple):
    username: str
    is_admin: bool
    is_banned: bool
    last_seen: str


def create(fillings: Fillings, form: Registration, password_hash: str, is_admin: bool) -> None:
    """Raises UsernameTaken."""
    now = Clock().now()
    make = partial(User.register, form, password_hash)
    user, _ = make_account(fillings, form.username, make, now=now, steady=now)
    if is_admin:
        User.set_administrator(user.id, True)


def set_administrator(username: str, is_admin: bool) -> str:
    """The account's name as it is written; raises UserNotFound."""
    user = _find(username)
    User.set_administrator(user.user_id, is_admin)
    return user.username


def reset_password(username: str, password_hash: str) -> str:
    """Ends every session of the account."""
    user = _find(username)
    User.set_password(user.user_id, password_hash)
    Session.revoke_others(user.user_id, None, Clock().now())
    return user.username


def unlock(username: str) -> str:
    """Lift a ban, and let a running server forget the account's failed log-ins."""
    user = _find(username)
    User.unlock(user.user_id)
    Ban.lift_from_lobby(user.user_id)
    return user.username


def list_all() -> list[Listed]:
    return [Listed(*row) for row in User.list_for_host(Clock().now())]


def _find(username: str) -> Credentials:
    user = User.find_credentials(username)
    if user is None or user.password_hash is None:
        raise UserNotFound(username=username)
    return user
