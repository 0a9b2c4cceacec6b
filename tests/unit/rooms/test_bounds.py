"""However many guests somebody is, a host has so many rooms, and an answer so many bytes."""

import pytest

from lanchat.accounts.schemas.incoming import Guest
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.base.answer_size import MAX_ANSWER
from lanchat.rooms import bounds
from lanchat.rooms.errors import HostFull, TooManyJoined, TooManyRooms
from lanchat.rooms.models import Membership
from lanchat.rooms.schemas.incoming import RoomDraft
from lanchat.rooms.service.find import list_rooms
from lanchat.rooms.service.join import join_room
from tests.unit.recording import House

DEVICE = Device("127.0.0.1", "test")


async def guest(house: House, name: str) -> RegisteredPayload:
    return (await join_as_guest(house.chat, Guest(username=name), DEVICE))[0]


async def found(house: House, owner: RegisteredPayload, count: int, description: str = "") -> None:
    """In one transaction, and past the rates."""

    def make() -> None:
        for number in range(count):
            draft = RoomDraft(name=f"{owner.username} {number:04}", description=description)
            Membership.found(owner.id, draft, None, house.chat.clock.now())

    await house.chat.db.write(make)


async def test_a_person_owns_so_many_rooms_and_a_guest_fewer(house: House):
    ann, mallory = await house.person("ann"), await guest(house, "mallory")
    await found(house, mallory, bounds.MAX_OWNED_BY_GUEST)
    with pytest.raises(TooManyRooms) as refusal:
        await house.room(mallory, name="one more")
    assert (refusal.value.code, refusal.value.status, refusal.value.details) == ("too_many_rooms", 409, {"limit": 50})
    await found(house, ann, bounds.MAX_OWNED)
    with pytest.raises(TooManyRooms):
        await house.room(ann, name="one more")


async def test_a_host_has_so_many_rooms_and_guests_made_not_all_of_them(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounds, "MAX_ROOMS", 6)  # with the lobby
    monkeypatch.setattr(bounds, "MAX_ROOMS_OF_GUESTS", 3)
    ann, mallory, eve = await house.person("ann"), await guest(house, "mallory"), await guest(house, "eve")
    await found(house, mallory, 2)
    await found(house, eve, 1)
    with pytest.raises(HostFull):
        await house.room(eve, name="one more")
    await found(house, ann, 2)
    with pytest.raises(HostFull):
        await house.room(ann, name="one more")


async def test_somebody_is_in_so_many_rooms(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounds, "MAX_JOINED", 3)
    ann, bob = await house.person("ann"), await house.person("bob")
    await found(house, ann, 2)
    with pytest.raises(TooManyJoined):
        await house.room(ann, name="one more")
    room = await house.room(bob)
    with pytest.raises(TooManyJoined):
        await join_room(house.chat, ann.id, room.id, None)
    assert await house.sql("SELECT count(*) FROM membership WHERE user_id = ?", ann.id) == [(3,)]


async def test_a_list_of_very_many_rooms_comes_in_parts(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    await found(house, ann, 400, description="字" * 1000)
    seen, parts, has_more = list[str](), 0, True
    while has_more:
        page = await list_rooms(house.chat, bob.id, len(seen))
        assert len(page.model_dump_json().encode()) < MAX_ANSWER * 1.2
        assert page.available_rooms
        assert [room.kind for room in page.user_rooms] == ([] if parts else ["lobby"])
        seen += [room.name for room in page.available_rooms]
        parts, has_more = parts + 1, page.has_more
    assert parts > 1
    assert seen == [f"ann {number:04}" for number in range(400)]
    mine = await list_rooms(house.chat, ann.id)
    assert len(mine.user_rooms) == 401
    assert len(mine.model_dump_json().encode()) < MAX_ANSWER * 1.2
