"""Guests: how long they stay, and whose their name is afterwards."""

from datetime import timedelta

import pytest

from lanchat.accounts import guests
from lanchat.accounts.errors import UsernameTaken
from lanchat.accounts.models import names as account_names
from lanchat.accounts.schemas.incoming import Guest
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.accounts.service.identity import authenticate
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.base.errors import NotAuthenticated
from lanchat.files.models import Attachment, NewAttachment, Quota
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.service.send import send_message
from lanchat.rooms.schemas.incoming import DirectDraft
from lanchat.rooms.service.direct import open_room
from lanchat.rooms.service.find import list_rooms
from lanchat.rooms.service.join import join_room, leave_room
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
    is_taken = account_names.is_taken
    monkeypatch.setattr(account_names, "is_taken", lambda name: (tried.append(name), is_taken(name))[1])
    for _ in range(40):
        ann = await join(house, "ann")
        assert len(tried) <= 11
        tried.clear()
        await house.sql("UPDATE session SET revoked_at = '2026-01-01T00:00:00.000000Z' WHERE user_id = ?", ann.id)
    assert len(set((await names(house)).values())) == len(await names(house))


async def test_a_banned_guest_s_name_is_not_given_away(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await join(house, "ann")
    await house.sql("UPDATE account SET disabled_until = '9999' WHERE id = ?", ann.id)
    go_ahead(house, monkeypatch, 31)
    with pytest.raises(UsernameTaken):
        await join(house, "ann")


async def end_sessions_of(house: House, *people: RegisteredPayload) -> None:
    for person in people:
        await house.sql("UPDATE session SET revoked_at = '2026-01-01T00:00:00.000000Z' WHERE user_id = ?", person.id)


async def test_a_guest_who_left_nothing_is_forgotten_with_the_session(house: House):
    host = await house.person("host")
    ear = house.connect(host, *(await list_rooms(house.chat, host.id)).user_rooms)
    silent, here = await join(house, "silent"), await join(house, "here")
    await end_sessions_of(house, silent)
    assert await guests.forget(house.chat) == 1
    assert set((await names(house)).values()) == {"LanChat", "host", "here"}
    assert await house.sql("SELECT 1 FROM membership WHERE user_id = ?", silent.id) == []
    assert [left["user_id"] for left in house.delivery.of(ear, "user_left")] == [silent.id]
    assert await guests.forget(house.chat) == 0
    assert (await join(house, "silent")).id not in {silent.id, here.id}


async def test_who_said_made_or_sent_something_is_not_forgotten(house: House):
    speaker, maker, sender, banned = [await join(house, name) for name in ("speaker", "maker", "sender", "banned")]
    lobby = (await list_rooms(house.chat, speaker.id)).user_rooms[0]
    await send_message(house.chat, speaker.id, Draft(room_id=lobby.id, content="hello"))
    await house.room(maker)
    new = NewAttachment("ab" * 16, sender.id, "a.txt", 1, "text/plain", None, None, house.chat.clock.steady())
    await house.chat.db.write(Attachment.add, new, Quota(9, 9, 9))
    await house.sql("UPDATE account SET disabled_until = '9999' WHERE id = ?", banned.id)
    await end_sessions_of(house, speaker, maker, sender, banned)
    assert await guests.forget(house.chat) == 0


async def test_a_room_that_a_forgotten_guest_owned_passes_on(house: House):
    host = await house.person("host")
    room = await house.room(host)
    guest = await join(house, "guest")
    await leave_room(house.chat, host.id, room.id)
    await join_room(house.chat, guest.id, room.id, None)
    await join_room(house.chat, host.id, room.id, None)
    await end_sessions_of(house, guest)
    assert await guests.forget(house.chat) == 1
    assert await house.sql("SELECT user_id, role FROM membership WHERE room_id = ?", room.id) == [(host.id, "owner")]


async def test_whoever_was_written_to_is_not_forgotten_and_silent_beginnings_are(house: House):
    host = await house.person("host")
    ear = house.connect(host)
    written, silent, beginner = [await join(house, name) for name in ("written", "silent", "beginner")]
    spoken, _ = await open_room(house.chat, host.id, DirectDraft(user_ids=[written.id]))
    await send_message(house.chat, host.id, Draft(room_id=spoken.id, content="hello"))
    quiet, _ = await open_room(house.chat, host.id, DirectDraft(user_ids=[silent.id]))
    await open_room(house.chat, beginner.id, DirectDraft(user_ids=[host.id, written.id]))
    await end_sessions_of(house, written, silent, beginner)

    assert await guests.forget(house.chat) == 2

    assert {name for name in (await names(house)).values() if name in {"written", "silent", "beginner"}} == {"written"}
    mine = (await list_rooms(house.chat, host.id)).user_rooms
    (direct,) = [room for room in mine if room.kind == "direct"]
    assert (direct.id, [(m.username, m.is_gone) for m in direct.members or []]) == (
        spoken.id,
        [("host", False), ("written", True)],
    )
    assert [hidden["room_id"] for hidden in house.delivery.of(ear, "room_hidden")] == [quiet.id]
    assert await house.sql("SELECT count(*) FROM room WHERE kind = 'direct'") == [(1,)]


async def test_of_too_many_silent_guests_those_stay_who_were_here_last(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guests, "MAX_SILENT", 2)
    people = [await join(house, f"guest_{number}") for number in range(5)]
    house.connect(people[0])
    for number, person in enumerate(people):
        used = f"2026-01-0{number + 1}T00:00:00.000000Z"
        await house.sql("UPDATE session SET last_used_at = ? WHERE user_id = ?", used, person.id)
    assert await guests.forget(house.chat) == 2
    left = await names(house)
    assert [person.id in left for person in people] == [True, False, False, True, True]
