"""Owns the queries about a room's members as others see them, and the changes of how they stand."""

from typing import NamedTuple, cast

import peewee

from lanchat.accounts.models import User
from lanchat.rooms.models.bans import KeptMute
from lanchat.rooms.models.memberships import Membership
from lanchat.rooms.permissions import abilities
from lanchat.rooms.schemas.outgoing import CanPayload, MemberPayload, Role


class Stands(NamedTuple):
    """A member as everybody sees them, and what they may do."""

    member: MemberPayload
    can: CanPayload


def members_of(room_id: int, skip: int, limit: int, now: str) -> tuple[list[MemberPayload], int]:
    """A page of members by name, and how many there are in all."""
    by_name = peewee.fn.coalesce(User.display_key, User.username_key), User.id
    query = Membership.select(Membership, User).join(User).where(Membership.room == room_id).order_by(*by_name)
    return [_as_seen(row, now) for row in query.offset(skip).limit(limit)], query.count()


def stands(room_id: int, user_id: int, now: str) -> Stands | None:
    """None for an outsider."""
    query = Membership.select(Membership, User).join(User)
    row = query.where(Membership.room == room_id, Membership.user == user_id).first()
    standing = Membership.find_standing(user_id, room_id)
    return None if row is None or standing is None else Stands(_as_seen(row, now), abilities(standing, now))


def readers_of(room_id: int, seq: int, limit: int) -> tuple[list[int], int]:
    """Who has read up to `seq` (the ids of at most `limit`), and how many they are.

    To whoever came later it only counts as read.
    """
    rows = Membership.run_sql(
        "SELECT user_id FROM membership WHERE room_id = ? AND seen_seq >= ? AND joined_seq < ?", room_id, seq, seq
    ).fetchall()
    return [user_id for (user_id,) in rows[:limit]], len(rows)


def share_a_room(user_id: int, other_id: int) -> bool:
    """Direct rooms count."""
    shared = (
        "SELECT 1 FROM membership a JOIN membership b ON b.room_id = a.room_id WHERE a.user_id = ? AND b.user_id = ?"
    )
    return Membership.run_sql(f"{shared} LIMIT 1", user_id, other_id).fetchone() is not None


def set_role(room_id: int, user_id: int, role: Role) -> bool:
    """False where it was this one."""
    cursor = Membership.run_sql(
        "UPDATE membership SET role = ? WHERE room_id = ? AND user_id = ? AND role <> ?", role, room_id, user_id, role
    )
    return cursor.rowcount > 0


def mute(room_id: int, user_id: int, until: str | None) -> None:
    """Of a member; None ends it. What was kept from when they left before counts no more."""
    Membership.run_sql(
        "UPDATE membership SET muted_until = ? WHERE room_id = ? AND user_id = ?", until, room_id, user_id
    )
    KeptMute.forget(user_id, room_id)


def hand_over(room_id: int, new_owner_id: int) -> list[int]:
    """Who owned the room until now is a moderator; returns their ids."""
    rows = Membership.run_sql(
        "UPDATE membership SET role = 'moderator' WHERE room_id = ? AND role = 'owner' RETURNING user_id", room_id
    ).fetchall()
    set_role(room_id, new_owner_id, "owner")
    return [user_id for (user_id,) in rows]


def _as_seen(row: Membership, now: str) -> MemberPayload:
    user, muted_until = row.user, row.muted_until
    return MemberPayload(
        **user.payload().model_dump(),
        role=cast(Role, row.role),
        muted_until=muted_until if muted_until and muted_until > now else None,
    )
