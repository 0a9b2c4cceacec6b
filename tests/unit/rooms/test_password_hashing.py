"""Hashing a room's password comes after the question whether somebody may set it, and is rare."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from lanchat.core.base.errors import ChatError, TooMany
from lanchat.rooms.errors import NotAMember, RoomNameTaken
from lanchat.rooms.schemas.incoming import RoomChange, RoomDraft
from lanchat.rooms.service import change
from tests.unit.recording import House


@asynccontextmanager
async def without_end(house: House) -> AsyncIterator[None]:
    """The only thread for passwords has something to do meanwhile."""
    may_end = threading.Event()
    blocking = asyncio.create_task(house.chat.passwords._pool.run("somebody", may_end.wait))
    await asyncio.sleep(0)
    try:
        async with asyncio.timeout(5):
            yield
    finally:
        may_end.set()
        await blocking


async def test_who_may_not_set_a_password_is_told_without_any_being_hashed(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann)
    async with without_end(house):
        for _ in range(50):
            with pytest.raises(NotAMember):
                await change.change_room(house.chat, bob.id, room.id, RoomChange(password="x"))


async def test_a_room_whose_name_is_taken_is_told_without_hashing(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    async with without_end(house):
        with pytest.raises(RoomNameTaken):
            await change.create_room(
                house.chat, ann.id, RoomDraft(name=room.name, is_private=True, password="x", description=None)
            )


async def test_an_owner_sets_so_many_passwords_and_no_more(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    outcomes: list[type[ChatError] | None] = []
    for number in range(change.NEW_PASSWORDS.count + 1):
        try:
            await change.change_room(house.chat, ann.id, room.id, RoomChange(password=f"x{number}"))
            outcomes.append(None)
        except ChatError as error:
            outcomes.append(type(error))
    assert outcomes == [None] * change.NEW_PASSWORDS.count + [TooMany]
