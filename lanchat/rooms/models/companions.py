"""Owns who is in direct rooms, and what such a room is called to one of them."""

from collections import defaultdict

from lanchat.accounts.models import User
from lanchat.accounts.models.guests import gone_among
from lanchat.core.storage.engines import ENGINE
from lanchat.rooms.schemas.outgoing import DirectMember, RoomPayload


def with_companions(user_id: int, rooms: list[RoomPayload], now: str) -> list[RoomPayload]:
    """The same, those that are direct with their people and a name; two statements, however many there are."""
    direct = [room.id for room in rooms if room.kind == "direct"]
    if not direct:
        return rooms
    people = _people_of(direct, now)
    return [
        room.model_copy(update={"members": people[room.id], "name": _name_to(user_id, people[room.id])})
        if room.kind == "direct"
        else room
        for room in rooms
    ]


def names_to(user_id: int, room_ids: list[int], now: str) -> dict[int, str]:
    """What these direct rooms are called to somebody who is in them."""
    return {room_id: _name_to(user_id, people) for room_id, people in _people_of(room_ids, now).items()}


def _people_of(room_ids: list[int], now: str) -> dict[int, list[DirectMember]]:
    """By room, in order of name. What they say of themselves stays on their card: an answer may have many rooms."""
    are_meant, meant = ENGINE.among("room_id", room_ids)
    pairs = User.run_sql(f"SELECT room_id, user_id FROM membership WHERE {are_meant}", meant).fetchall()  # noqa: S608, ours
    rooms_of: dict[int, list[int]] = defaultdict(list)
    for room_id, user_id in pairs:
        rooms_of[user_id].append(room_id)
    gone = gone_among(rooms_of.keys(), now)
    people: dict[int, list[DirectMember]] = defaultdict(list)
    for user in User.payloads(list(rooms_of)):
        member = DirectMember(**user.model_dump(exclude={"bio", "real_name"}), is_gone=user.id in gone)
        for room_id in rooms_of[user.id]:
            people[room_id].append(member)
    return people


def _name_to(user_id: int, people: list[DirectMember]) -> str:
    """The others' names; of notes to oneself, one's own."""
    others = [each for each in people if each.id != user_id]
    return ", ".join(each.display_name or each.username for each in others or people)
