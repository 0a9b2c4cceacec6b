"""What is remembered of how far messages came."""

import asyncio

import pytest

from lanchat.messages import receipts
from lanchat.messages.receipts import Receipts
from lanchat.rooms.models import Marks
from lanchat.rooms.schemas.outgoing import RoomPayload
from tests.unit.recording import House

PATIENCE = 10.0  # s


async def told(house: House, sid: str, room: RoomPayload) -> None:
    """Wait for the news of a room."""
    async with asyncio.timeout(PATIENCE):
        while not any(update["room_id"] == room.id for update in house.delivery.of(sid, "receipts_update")):  # noqa: ASYNC110
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "PAUSE", 0)


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_a_room_that_nobody_hears_is_forgotten(house: House, is_deleted: bool):
    ann, bob = [await house.person(name) for name in ("ann", "bob")]
    first, second = [await house.room(ann, bob, name=name) for name in ("first", "second")]
    of_ann = house.connect(ann, first, second)
    marks = house.chat.part(Receipts)
    await told(house, of_ann, second)  # that bob came
    marks.moved(bob.id, first.id, Marks(1, 1, 1))
    await told(house, of_ann, first)

    if is_deleted:
        house.chat.hub.close_room(first.id)
    else:
        house.chat.hub.evict(ann.id, first.id)
    third = await house.room(ann, bob, name="third")
    assert set(marks._rooms) == {second.id, third.id}


async def test_a_room_that_goes_silent_before_its_news_does_no_harm(house: House):
    ann, bob = [await house.person(name) for name in ("ann", "bob")]
    first, second = [await house.room(ann, bob, name=name) for name in ("first", "second")]
    of_ann = house.connect(ann, first, second)
    marks = house.chat.part(Receipts)
    marks.moved(bob.id, first.id, Marks(1, 1, 1))
    house.chat.hub.close_room(first.id)
    marks.moved(bob.id, second.id, Marks(1, 1, 1))
    await told(house, of_ann, second)
    here = [{"user_id": bob.id, "seq": 1}]
    assert house.delivery.of(of_ann, "receipts_update") == [{"room_id": second.id, "delivered": here, "seen": here}]
