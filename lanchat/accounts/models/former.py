"""Queries on accounts that their people delete: what is left is a number, under which what they said stands."""

from lanchat.accounts.models.names import ENABLED, call_otherwise, rename
from lanchat.accounts.models.users import User
from lanchat.accounts.schemas.names import FORMER

_EMPTY = """email = '', email_key = NULL, password_hash = NULL, avatar_url = NULL, real_name = NULL, bio = NULL,
    status_emoji = NULL, status_text = NULL, status_until = NULL, is_admin = FALSE, is_guest = FALSE,
    disabled_until = NULL, disabled_reason = NULL, preferences = '{}', initials = NULL, found_by = ''"""


def former_name(user_id: int) -> str:
    return f"{FORMER}{user_id}"


def is_last_administrator(user_id: int, now: str) -> bool:
    """Whether nobody else who can come in administers the host."""
    if not User.is_administrator(user_id):
        return False
    others = f"SELECT 1 FROM account WHERE is_admin AND id <> ? AND {ENABLED}"  # noqa: S608, ours
    return User.run_sql(others, user_id, now).fetchone() is None


def make_former(user_id: int, now: str, reserved_until: str) -> str | None:
    """Leave of an account nothing but its number; nobody takes its name until then. The path of its picture."""
    picture, is_guest = User.run_sql("SELECT avatar_url, is_guest FROM account WHERE id = ?", user_id).fetchone()
    if is_guest:  # whose names are free as soon as they go
        rename(user_id, former_name(user_id))
    else:
        User.run_sql("UPDATE account SET display_name = NULL WHERE id = ?", user_id)
        call_otherwise(user_id, former_name(user_id), reserved_until)
    User.run_sql(f"UPDATE account SET {_EMPTY}, last_seen = ?, deleted_at = ? WHERE id = ?", now, now, user_id)  # noqa: S608, ours
    return picture


def end_sessions(user_id: int) -> list[int]:
    """With all that is known of the devices; ids of the sessions."""
    User.run_sql("DELETE FROM device_code WHERE user_id = ?", user_id)
    rows = User.run_sql("DELETE FROM session WHERE user_id = ? RETURNING id", user_id).fetchall()
    return [session_id for (session_id,) in rows]
