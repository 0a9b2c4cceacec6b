"""Rooms that came from elsewhere, with their members."""

from typing import NamedTuple

from lanchat.rooms import bounds
from lanchat.rooms.errors import HostFull
from lanchat.rooms.models.direct import find_direct
from lanchat.rooms.models.memberships import Membership
from lanchat.rooms.models.rooms import Room, named_room


class NewRoom(NamedTuple):
    """`password_hash` of a private one is of a password that nobody knows: who manages it sets another."""

    name: str  # free
    description: str
    password_hash: str | None
    is_archived: bool
    created_at: str  # ISO 8601
    now: str


def add_imported_room(new: NewRoom, creator_id: int, member_ids: list[int], owner_id: int | None) -> int:
    """Returns its id. Raises HostFull."""
    if Room.count() >= bounds.MAX_ROOMS:
        raise HostFull(limit=bounds.MAX_ROOMS)
    room = Room.create(
        **named_room(new.name),
        description=new.description,
        is_private=new.password_hash is not None,
        password_hash=new.password_hash,
        created_by=creator_id,
        created_at=new.created_at,
        archived_at=new.now if new.is_archived else None,
    )
    first = [owner_id] if owner_id in member_ids else []
    for user_id in [*first, *(each for each in member_ids if each != owner_id)]:  # the first owns it
        Membership.add(user_id, room.id, new.now)
    return room.id


def add_imported_direct(people: frozenset[int], creator_id: int, now: str) -> int:
    """Of exactly these people; the one that they have, if they have one."""
    room_id = find_direct(people)
    if room_id is not None:
        return room_id
    key = ",".join(map(str, sorted(people)))
    room = Room.create(kind="direct", direct_key=key, is_private=True, created_by=creator_id, created_at=now)
    for user_id in sorted(people):
        Membership.add(user_id, room.id, now)
    return room.id


def add_member(room_id: int, user_id: int, now: str) -> bool:
    return Membership.add(user_id, room_id, now)


def count_as_read(room_id: int, before: int, now_seq: int) -> None:
    """What came from elsewhere is news to nobody who had read all that was there."""
    Membership.run_sql(
        "UPDATE membership SET read_seq = ?, delivered_seq = ? WHERE room_id = ? AND read_seq >= ?",
        *(now_seq, now_seq, room_id, before),
    )


def is_there(room_id: int) -> bool:
    return Room.select().where(Room.id == room_id).exists()


def is_room_name_free(name: str) -> bool:
    return not Room.select().where(Room.is_alike(name)).exists()
