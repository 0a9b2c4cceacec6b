"""Guests: how long they stay, and whose their name is afterwards."""

from datetime import timedelta

import pytest

from lanchat.accounts import guests
from lanchat.accounts.errors import UsernameTaken
from lanchat.accounts.models import User
from lanchat.accounts.schemas import Guest, RegisteredPayload
from lanchat.accounts.service.identity import authenticate
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.base.errors import NotAuthenticated
from tests.unit.recording import House

DEVICE = Device("127.0.0.1", "test")


async def join(house: House, name: str) -> RegisteredPayload:
    return (await join_as_guest(house.chat, Guest(username=name), DEVICE))[0]


def go_ahead(house: House, monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    steady = house.chat.clock.steady
    monkeypatch.setattr(house.chat.clock, "steady", lambda offset=timedelta(): steady(offset + timedelta(days=days)))


async def names(house: House) -> dict[int, str]:
    return dict(await house.sql("SELECT id, username FROM account"))


async def test_a_name_is_held_as_long_as_its_guest_can_come_back(house: House, monkeypatch: pytest.MonkeyPatch):
    first = await join(house, "Ann")
    go_ahead(house, monkeypatch, 29.9)
    with pytest.raises(UsernameTaken):
        await join(house, "ann")
    go_ahead(house, monkeypatch, 0.2)

    second = await join(house, "ann")

    assert second.id != first.id
    known = await names(house)
    assert (known[first.id], known[second.id]) == ("Ann_1", "ann")


async def test_a_guest_who_comes_back_now_and_then_is_never_shown_out(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await join(house, "ann")
    for _ in range(3):
        go_ahead(house, monkeypatch, 20)
        session = await authenticate(house.chat, ann.access_token)
        await house.chat.db.write(guests.prolong, house.chat, {session.session_id})
    go_ahead(house, monkeypatch, 31)
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, ann.access_token)


async def test_only_the_sessions_of_guests_are_prolonged(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await house.person("ann")
    session = await authenticate(house.chat, ann.access_token)
    await house.chat.db.write(guests.prolong, house.chat, {session.session_id})
    go_ahead(house, monkeypatch, 1)
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, ann.access_token)


async def test_the_names_of_ended_guests_stay_short_and_apart(house: House, monkeypatch: pytest.MonkeyPatch):
    await house.person("abcdefghijklmnopqr_1")
    ended = await join(house, "abcdefghijklmnopqrst")
    go_ahead(house, monkeypatch, 31)
    await join(house, "abcdefghijklmnopqrst")
    assert (await names(house))[ended.id] == "abcdefghijklmnopqr_2"


async def test_a_name_that_is_given_back_often_is_soon_free_again(house: House, monkeypatch: pytest.MonkeyPatch):
    """Nobody else can write while names are tried."""
    tried: list[str] = []
    is_taken = User.is_taken
    monkeypatch.setattr(User, "is_taken", lambda name: (tried.append(name), is_taken(name))[1])
    for _ in range(40):
        ann = await join(house, "ann")
        assert len(tried) <= 11
        tried.clear()
        await house.sql("UPDATE session SET revoked_at = '2026-01-01T00:00:00.000000Z' WHERE user_id = ?", ann.id)
    assert len(set((await names(house)).values())) == len(await names(house))


async def test_a_banned_guest_s_name_is_not_given_away(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await join(house, "ann")
    await house.sql("UPDATE account SET banned_at = '2026-01-01T00:00:00.000000Z' WHERE id = ?", ann.id)
    go_ahead(house, monkeypatch, 31)
    with pytest.raises(UsernameTaken):
        await join(house, "ann")
