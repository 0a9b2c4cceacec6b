"""Whoever connects hears the rooms of exactly that moment, and everything that changes afterwards."""

import asyncio
import threading

import pytest

from lanchat.accounts.schemas.incoming import Guest
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.chat import Hello
from lanchat.presence import service as presence
from lanchat.rooms.models import Membership
from lanchat.rooms.service import join
from tests.unit.recording import House

MEANWHILE = 0.3  # s that looking up somebody's rooms takes here


async def test_a_room_joined_while_connecting_is_heard(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The join finds no socket yet to tell, so the look at the rooms must not be older than it."""
    ann = await house.person("ann")
    room = await house.room(ann)
    bob, _ = await join_as_guest(house.chat, Guest(username="bob"), Device("127.0.0.1", "test"))
    look, has_looked, has_joined = Membership.heard_by, threading.Event(), threading.Event()

    def look_slowly(user_id: int) -> list[int]:
        found = look(user_id)
        has_looked.set()
        has_joined.wait(MEANWHILE)
        return found

    monkeypatch.setattr(Membership, "heard_by", look_slowly)
    connecting = asyncio.create_task(presence.come_online(house.chat, "socket", Hello(bob.access_token, "en", False)))
    assert await asyncio.to_thread(has_looked.wait, 20)
    await join.join_room(house.chat, bob.id, room.id, None)
    has_joined.set()
    await connecting
    assert house.chat.hub.hears(bob.id, room.id)
