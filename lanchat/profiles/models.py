"""The queries on people as they look each other up, and on what they say of themselves."""

from typing import Any, NamedTuple

import peewee

from lanchat.accounts.errors import EmailTaken, NameTaken, UserNotFound
from lanchat.accounts.models import ENABLED, User
from lanchat.accounts.models.guests import HAS_SESSION
from lanchat.accounts.models.names import free_name, is_taken, rename
from lanchat.accounts.models.users import SeenRow
from lanchat.accounts.schemas.names import is_official
from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.refusals import invalid_input
from lanchat.core.base.text_rules import name_key
from lanchat.core.hooks import Tell
from lanchat.core.storage.engines import ENGINE
from lanchat.files.pictures import Square, forget
from lanchat.profiles.schemas import CommonRoom, ProfileChange

MAX_COMMON_ROOMS = 100
HERE = f"{ENABLED} AND (password_hash IS NOT NULL OR (is_guest AND {HAS_SESSION}))"
# Whoever's name begins with what was typed comes before whoever has it somewhere within.
ORDER = "CASE WHEN found_by LIKE ? ESCAPE '\\' THEN '0' ELSE '1' END || coalesce(display_key, username_key)"


class Found(NamedTuple):
    user: UserPayload
    order: str


def find_people(typed: str, now: str, after: tuple[str, int], most: int) -> list[Found]:
    """Who can be reached, by name; `typed` is part of a name or of its initials."""
    wanted = name_key(typed).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    columns = ", ".join(SeenRow._fields)
    rows = User.run_sql(
        f"""SELECT * FROM (
            SELECT {columns}, {ORDER} AS place FROM account WHERE {HERE} AND found_by LIKE ? ESCAPE '\\') AS found
        WHERE place > ? OR (place = ? AND id > ?) ORDER BY place, id LIMIT ?""",  # noqa: S608, ours
        f"%\n{wanted}%",
        now,
        now,
        f"%{wanted}%",
        after[0],
        *after,
        most,
    )
    return [Found(UserPayload(**SeenRow(*row[:-1]).fields()), row[-1]) for row in rows]


def find_person(user_id: int) -> UserPayload | None:
    """Whoever it is, gone or not; but for our own account, which is nobody."""
    user = User.get_or_none(User.id == user_id, User.password_hash.is_null(False) | User.is_guest)
    return user and user.payload()


def common_rooms(user_id: int, other_id: int) -> list[CommonRoom]:
    """Those that both are members of, by name; direct ones left out."""
    rows = User.run_sql(
        """SELECT r.id, r.name, r.kind, r.is_private FROM room r
        JOIN membership mine ON mine.room_id = r.id AND mine.user_id = ?
        JOIN membership theirs ON theirs.room_id = r.id AND theirs.user_id = ?
        WHERE r.kind <> 'direct' ORDER BY r.name_key, r.id LIMIT ?""",
        user_id,
        other_id,
        MAX_COMMON_ROOMS,
    )
    return [CommonRoom(id=row[0], name=row[1], kind=row[2], is_private=bool(row[3])) for row in rows]


def change_profile(user_id: int, change: ProfileChange, steady: str) -> None:
    """Raises NameTaken, InvalidInput, EmailTaken or UserNotFound."""
    if "display_name" in change.model_fields_set:
        _show_as(user_id, change.display_name, steady)
    sets: dict[str, Any] = {name: getattr(change, name) for name in {"real_name", "bio"} & change.model_fields_set}
    if "email" in change.model_fields_set:
        sets |= {"email": change.email or "", "email_key": name_key(change.email or "") or None}
    if "status" in change.model_fields_set:
        said = change.status
        sets |= {
            "status_emoji": said and said.emoji,
            "status_text": said and said.text,
            "status_until": said and said.until,
        }
    try:
        if sets:
            User.update(sets).where(User.id == user_id).execute()
    except peewee.IntegrityError:
        raise EmailTaken from None


def _show_as(user_id: int, display_name: str | None, steady: str) -> None:
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise UserNotFound(username=f"#{user_id}")
    if user.display_name == display_name:
        return
    if display_name is not None:
        if is_official(display_name) and not user.is_admin:
            raise invalid_input("display_name", "username_reserved")
        free_name(display_name, steady)
        if is_taken(display_name, besides=user_id):
            raise NameTaken
    rename(user_id, user.username, display_name)


def show_picture(user_id: int, square: Square | None) -> None:
    """In place of the one before; None: no picture."""
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise UserNotFound(username=f"#{user_id}")
    if square is None:
        forget(user.avatar_url)
    else:
        square.keep(user.avatar_url)
    User.update(avatar_url=square and square.path).where(User.id == user_id).execute()


def forget_pictures(user_ids: list[int], _now: str) -> Tell:
    """Of guests who are forgotten."""
    are_meant, meant = ENGINE.among("id", user_ids)
    for (path,) in User.run_sql(f"SELECT avatar_url FROM account WHERE {are_meant}", meant).fetchall():  # noqa: S608, ours
        forget(path)
    return lambda _: None


def statuses_over(now: str, most: int) -> list[int]:
    """Ids of those whose status has ended by itself."""
    rows = User.run_sql("SELECT id FROM account WHERE status_until <= ? ORDER BY status_until LIMIT ?", now, most)
    return [user_id for (user_id,) in rows]


def end_status(user_id: int, now: str) -> None:
    """Unless they have said something else meanwhile."""
    nothing = {"status_emoji": None, "status_text": None, "status_until": None}
    User.update(nothing).where(User.id == user_id, User.status_until <= now).execute()
