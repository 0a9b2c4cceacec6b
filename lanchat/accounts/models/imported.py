"""Accounts that came from elsewhere: nobody can log in to one until whoever it is of takes it by a link."""

from datetime import datetime, timedelta
from typing import NamedTuple

from lanchat.accounts.models.device_codes import DeviceCode
from lanchat.accounts.models.names import is_taken, named
from lanchat.accounts.models.sessions import NewSession, Session
from lanchat.accounts.models.users import User
from lanchat.core.base.clock import iso
from lanchat.core.base.text_rules import name_key
from lanchat.core.security.tokens import new_secret
from lanchat.core.storage.engines import ENGINE

CLAIM_LIFE = timedelta(days=30)
DEVICE = "import"  # how the session is called that its link hangs on


class NewAccount(NamedTuple):
    username: str  # free
    display_name: str | None  # free
    email: str
    now: str  # ISO 8601


def add_imported(new: NewAccount) -> int:
    """Returns its id. An e-mail address that somebody else has is left out."""
    email_key = name_key(new.email) or None
    if email_key is not None and User.select().where(User.email_key == email_key).exists():
        email_key = None
    return User.create(
        **named(new.username, new.display_name),
        email=new.email if email_key else "",
        email_key=email_key,
        created_at=new.now,
        last_seen=new.now,
    ).id


def is_free(name: str) -> bool:
    return not is_taken(name)


def offer_claim(user_id: int, code_digest: str, now: str) -> bool:
    """Let a code sign somebody in, once and within 30 days; False where they have a password and need none."""
    if User.get_by_id(user_id).password_hash is not None:
        return False
    expires_at = iso(datetime.fromisoformat(now) + CLAIM_LIFE)
    key = Session.open(user_id, NewSession(new_secret(), DEVICE, "", now, expires_at))
    DeviceCode.give_out(user_id, key.session_id, code_digest, expires_at)
    return True


def usernames_of(user_ids: list[int]) -> dict[int, str]:
    """As they are called now; those who are gone are left out."""
    are_wanted, wanted = ENGINE.among("id", user_ids)
    return dict(User.run_sql(f"SELECT id, username FROM account WHERE {are_wanted}", wanted).fetchall())  # noqa: S608, ours
