"""Rooms: authorisation by role, what a change does, and who is told."""

import pytest

from lanchat.accounts.errors import Forbidden
from lanchat.rooms import service
from lanchat.rooms.access import Action, authorise
from lanchat.rooms.errors import LobbyIsPermanent, NotAMember, RoomNotFound, WrongRoomPassword
from lanchat.rooms.schemas import RoomChange
from tests.unit.recording import House

ALLOWED = {
    "owner": set(Action),
    "moderator": set(Action) - {Action.DELETE},
    "member": {Action.SEE, Action.READ, Action.SPEAK},
    "outsider": {Action.SEE},
    "administrator": {Action.SEE, Action.CHANGE, Action.DELETE},
}


@pytest.mark.parametrize("who", ALLOWED)
async def test_each_role_may_do_exactly_what_it_may(house: House, who: str):
    owner, other = await house.person("owner"), await house.person("other")
    room = await house.room(owner, *([other] if who in {"moderator", "member"} else []))
    if who == "moderator":
        await house.sql("UPDATE membership SET role = 'moderator' WHERE user_id = ?", other.id)
    if who == "administrator":
        await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", other.id)
    actor = owner if who == "owner" else other

    async def may(action: Action) -> bool:
        try:
            await house.chat.db.read(authorise, actor.id, action, room.id)
        except (Forbidden, NotAMember):
            return False
        return True

    assert {action for action in Action if await may(action)} == ALLOWED[who]


async def test_a_private_room_shows_an_outsider_nothing(house: House):
    owner, other = await house.person("owner"), await house.person("other")
    room = await house.room(owner, is_private=True, password="secret")
    for action in Action:
        with pytest.raises(NotAMember):
            await house.chat.db.read(authorise, other.id, action, room.id)


async def test_a_room_that_is_not_there_is_not_there_for_any_action(house: House):
    owner = await house.person("owner")
    for action in Action:
        with pytest.raises(RoomNotFound):
            await house.chat.db.read(authorise, owner.id, action, 999)


async def test_not_even_an_administrator_deletes_the_lobby(house: House):
    ann = await house.person("ann")
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", ann.id)
    lobby = (await service.list_rooms(house.chat, ann.id)).user_rooms[0]
    with pytest.raises(LobbyIsPermanent):
        await service.delete_room(house.chat, ann.id, lobby.id)


async def test_not_even_an_administrator_locks_newcomers_out_of_the_lobby(house: House):
    ann = await house.person("ann")
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", ann.id)
    lobby = (await service.list_rooms(house.chat, ann.id)).user_rooms[0]
    with pytest.raises(Forbidden):
        await service.change_room(house.chat, ann.id, lobby.id, RoomChange(is_private=True, password="secret"))
    await service.change_room(house.chat, ann.id, lobby.id, RoomChange(description="for everybody"))
    bob = await house.person("bob")
    assert (await service.list_rooms(house.chat, bob.id)).user_rooms[0].description == "for everybody"


async def test_a_password_changed_while_somebody_knocks_keeps_them_out(house: House):
    """The old one was right when it was compared; the member would be in a room whose password they don't know."""
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, is_private=True, password="old")
    guess = house.chat.passwords.guess

    async def change_first(*args: object) -> bool:
        is_right = await guess(*args)
        await service.change_room(house.chat, ann.id, room.id, RoomChange(password="new"))
        return is_right

    house.chat.passwords.guess = change_first  # the moment between comparing and joining
    with pytest.raises(WrongRoomPassword):
        await service.join_room(house.chat, bob.id, room.id, "old")
    house.chat.passwords.guess = guess
    assert (await service.join_room(house.chat, bob.id, room.id, "new")).role == "member"


async def test_leaving_silences_all_sockets_of_the_leaver_and_no_others(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    tabs = [house.connect(bob, room, sid=f"tab {number}") for number in range(2)]
    of_ann = house.connect(ann, room)
    await service.leave_room(house.chat, bob.id, room.id)
    house.chat.hub.to_room(room.id, "test", {})
    assert [house.delivery.of(tab, "test") for tab in tabs] == [[], []]
    assert len(house.delivery.of(of_ann, "test")) == 1
    assert house.delivery.of(of_ann, "user_left") == [{"user_id": bob.id, "username": "bob", "room_id": room.id}]


async def test_the_last_to_leave_leaves_an_open_room_that_the_next_one_owns(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann)
    await service.leave_room(house.chat, ann.id, room.id)
    assert (await service.join_room(house.chat, bob.id, room.id, None)).role == "owner"


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
    await service.delete_room(house.chat, ann.id, room.id)
    assert await house.sql("SELECT room_id FROM message") == [(other.id,)]
    assert await house.sql("SELECT 1 FROM membership WHERE room_id = ?", room.id) == []


async def test_a_room_opened_to_everybody_forgets_its_password(house: House):
    ann = await house.person("ann")
    room = await house.room(ann, is_private=True, password="secret")
    await service.change_room(house.chat, ann.id, room.id, RoomChange(is_private=False))
    assert await house.sql("SELECT password_hash FROM room WHERE id = ?", room.id) == [(None,)]
