"""Owns the queries on direct rooms: one for each set of people, and in whose list it stands."""

from typing import Literal, NamedTuple

from lanchat.accounts.errors import UserNotFound
from lanchat.accounts.models import User
from lanchat.core.storage.engines import ENGINE
from lanchat.rooms import bounds
from lanchat.rooms.errors import TooManyRooms
from lanchat.rooms.models.memberships import Membership
from lanchat.rooms.models.rooms import Room
from lanchat.rooms.schemas.outgoing import RoomPayload

Unlisted = Literal["unsaid", "hidden"]
"""Why it stands in somebody's list no more, or not yet: nobody has said anything, or they hid it."""


class Listed(NamedTuple):
    """A direct room that stands in somebody's list from now on, as they see it."""

    user_id: int
    room: RoomPayload


class Opened(NamedTuple):
    room: RoomPayload
    is_new: bool
    is_newly_listed: bool  # to whoever opened it


def find_direct(people: frozenset[int]) -> int | None:
    """The id of the room of exactly these people."""
    room = Room.get_or_none(Room.direct_key == _key_of(people))
    return room and room.id


def open_direct(user_id: int, people: frozenset[int], now: str) -> Opened:
    """The room of these people, the user among them: it stands in their list from now on.

    Raises UserNotFound or TooManyRooms.
    """
    room_id = find_direct(people)
    is_new = room_id is None
    if room_id is None:
        for each in sorted(people):
            if not User.is_reachable(each, now):
                raise UserNotFound(username=f"#{each}")
        _require_place(user_id)
        room_id = _make(user_id, people, now)
    is_newly_listed = _list_again(room_id, user_id) or is_new
    return Opened(Room.find(user_id, room_id, now), is_new, is_newly_listed)


def list_again(room_id: int, now: str) -> tuple[Listed, ...]:
    """Something was said: into the lists of all those in which it didn't stand; before its new number is written."""
    rows = Membership.run_sql(
        "UPDATE membership SET unlisted = NULL WHERE room_id = ? AND unlisted IS NOT NULL RETURNING user_id", room_id
    ).fetchall()
    return tuple(Listed(user_id, Room.find(user_id, room_id, now)) for (user_id,) in rows)


def hide(user_id: int, room_id: int) -> bool:
    """Until the next message. False where it was."""
    return _set_unlisted(room_id, user_id, "hidden")


def forget_unsaid(user_ids: list[int]) -> list[int]:
    """Remove the rooms of these people in which nothing was ever said; their ids."""
    are_theirs, theirs = ENGINE.among("m.user_id", user_ids)
    rows = Room.run_sql(
        f"""DELETE FROM room WHERE kind = 'direct' AND seq = 0 AND id IN
        (SELECT m.room_id FROM membership m WHERE {are_theirs}) RETURNING id""",  # noqa: S608, ours
        theirs,
    ).fetchall()
    return [room_id for (room_id,) in rows]


def _key_of(people: frozenset[int]) -> str:
    return ",".join(map(str, sorted(people)))


def _require_place(user_id: int) -> None:
    """Raises TooManyRooms."""
    most = bounds.MAX_DIRECT_BY_GUEST if User.is_guest_now(user_id) else bounds.MAX_DIRECT
    if Room.select().where(Room.created_by == user_id, Room.kind == "direct").count() >= most:
        raise TooManyRooms(limit=most)


def _make(user_id: int, people: frozenset[int], now: str) -> int:
    room = Room.create(kind="direct", direct_key=_key_of(people), is_private=True, created_by=user_id, created_at=now)
    for each in sorted(people):
        Membership.add(each, room.id, now)
        if each != user_id:
            _set_unlisted(room.id, each, "unsaid")
    return room.id


def _list_again(room_id: int, user_id: int) -> bool:
    return _set_unlisted(room_id, user_id, None)


def _set_unlisted(room_id: int, user_id: int, why: Unlisted | None) -> bool:
    mine = (Membership.room == room_id, Membership.user == user_id, Membership.unlisted.is_null(why is not None))
    return Membership.update(unlisted=why).where(*mine).execute() > 0
