"""Rooms: authorisation by role, what a change does, and who is told."""

import pytest

from lanchat.accounts.errors import Forbidden
from lanchat.messages.erasing import Erasing
from lanchat.rooms.authorise import authorise
from lanchat.rooms.errors import LobbyIsPermanent, NotAMember, RoomNotFound, WrongRoomPassword
from lanchat.rooms.permissions import Action, Standing, abilities
from lanchat.rooms.schemas.incoming import RoomChange
from lanchat.rooms.service import change, find, join
from tests.unit.recording import House

NOW = "2026-01-01T00:00:00.000000Z"


async def test_a_standing_is_read_as_it_is(house: House):
    """The table itself is tested without a database; here, that each column of it arrives."""
    owner, other = await house.person("owner"), await house.person("other")
    room = await house.room(owner, other)

    async def standing() -> Standing:
        return await house.chat.db.read(authorise, other.id, Action.READ, room.id, NOW)

    assert await standing() == Standing("room", False, "member", False, None, True)
    await house.sql(
        "UPDATE membership SET role = 'moderator', muted_until = 'then' WHERE room_id = ? AND user_id = ?",
        room.id,
        other.id,
    )
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", other.id)
    await house.sql("UPDATE room SET is_private = 1 WHERE id = ?", room.id)
    await house.sql(
        """INSERT INTO account(username, username_key, created_at, last_seen)
        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 19)
        SELECT 'p' || x, 'p' || x, '', '' FROM n"""
    )
    await house.sql(
        """INSERT INTO membership(room_id, user_id, joined_at)
        SELECT ?, id, '' FROM account WHERE username_key LIKE 'p%'""",
        room.id,
    )
    assert await standing() == Standing("room", True, "moderator", True, "then", False)


async def test_what_one_can_do_comes_with_the_room_and_with_a_new_role(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    tab = house.connect(bob, room)
    assert room.can == abilities(Standing("room", False, "owner", False, None, True), NOW)
    seen = await find.find_room(house.chat, bob.id, room.id)
    assert (seen.can.speak, seen.can.manage) == (True, False)
    await join.leave_room(house.chat, ann.id, room.id)
    (told,) = house.delivery.of(tab, "role_changed")
    assert told == {"room_id": room.id, "role": "owner", "can": room.can.model_dump()}
    assert (await find.find_room(house.chat, bob.id, room.id)).can == room.can


async def test_a_private_room_shows_an_outsider_nothing(house: House):
    owner, other = await house.person("owner"), await house.person("other")
    room = await house.room(owner, is_private=True, password="secret")
    for action in Action:
        with pytest.raises(NotAMember):
            await house.chat.db.read(authorise, other.id, action, room.id, NOW)


async def test_a_room_that_is_not_there_is_not_there_for_any_action(house: House):
    owner = await house.person("owner")
    for action in Action:
        with pytest.raises(RoomNotFound):
            await house.chat.db.read(authorise, owner.id, action, 999, NOW)


async def test_not_even_an_administrator_deletes_the_lobby(house: House):
    ann = await house.person("ann")
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", ann.id)
    lobby = (await find.list_rooms(house.chat, ann.id)).user_rooms[0]
    with pytest.raises(LobbyIsPermanent):
        await change.delete_room(house.chat, ann.id, lobby.id)


async def test_not_even_an_administrator_locks_newcomers_out_of_the_lobby(house: House):
    ann = await house.person("ann")
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", ann.id)
    lobby = (await find.list_rooms(house.chat, ann.id)).user_rooms[0]
    with pytest.raises(Forbidden):
        await change.change_room(house.chat, ann.id, lobby.id, RoomChange(is_private=True, password="secret"))
    await change.change_room(house.chat, ann.id, lobby.id, RoomChange(description="for everybody"))
    bob = await house.person("bob")
    assert (await find.list_rooms(house.chat, bob.id)).user_rooms[0].description == "for everybody"


async def test_a_password_changed_while_somebody_knocks_keeps_them_out(house: House):
    """The old one was right when it was compared; the member would be in a room whose password they don't know."""
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, is_private=True, password="old")
    guess = house.chat.passwords.guess

    async def change_first(*args: object) -> bool:
        is_right = await guess(*args)
        await change.change_room(house.chat, ann.id, room.id, RoomChange(password="new"))
        return is_right

    house.chat.passwords.guess = change_first  # the moment between comparing and joining
    with pytest.raises(WrongRoomPassword):
        await join.join_room(house.chat, bob.id, room.id, "old")
    house.chat.passwords.guess = guess
    assert (await join.join_room(house.chat, bob.id, room.id, "new")).role == "member"


async def test_leaving_silences_all_sockets_of_the_leaver_and_no_others(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    tabs = [house.connect(bob, room, sid=f"tab {number}") for number in range(2)]
    of_ann = house.connect(ann, room)
    await join.leave_room(house.chat, bob.id, room.id)
    house.chat.hub.to_room(room.id, "test", {})
    assert [house.delivery.of(tab, "test") for tab in tabs] == [[], []]
    assert len(house.delivery.of(of_ann, "test")) == 1
    assert house.delivery.of(of_ann, "user_left") == [
        {"user_id": bob.id, "username": "bob", "display_name": None, "room_id": room.id}
    ]


async def test_the_last_to_leave_leaves_an_open_room_that_the_next_one_owns(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann)
    await join.leave_room(house.chat, ann.id, room.id)
    assert (await join.join_room(house.chat, bob.id, room.id, None)).role == "owner"


async def test_deleting_a_room_takes_its_messages_along_and_nobody_else_s(house: House):
    ann = await house.person("ann")
    room, other = await house.room(ann), await house.room(ann, name="other")
    for each in (room, other):
        await house.sql(
            """INSERT INTO message(room_id, seq, changed_seq, user_id, message_type, content, created_at)
            VALUES (?, 1, 1, ?, 'text', 'x', 'now')""",
            each.id,
            ann.id,
        )
    await change.delete_room(house.chat, ann.id, room.id)
    assert await house.sql("SELECT room_id FROM message WHERE message_type <> 'system'") == [(other.id,)]
    assert await house.sql("SELECT 1 FROM membership WHERE room_id = ?", room.id) == []


async def test_a_room_opened_to_everybody_forgets_its_password(house: House):
    ann = await house.person("ann")
    room = await house.room(ann, is_private=True, password="secret")
    await change.change_room(house.chat, ann.id, room.id, RoomChange(is_private=False))
    assert await house.sql("SELECT password_hash FROM room WHERE id = ?", room.id) == [(None,)]


async def test_what_was_said_in_a_deleted_room_is_erased_from_the_journal_as_well(house: House):
    owner = await house.person("owner")
    room = await house.room(owner)
    erasing = house.chat.part(Erasing).is_due
    erasing.clear()
    await change.delete_room(house.chat, owner.id, room.id)
    assert erasing.is_set()
