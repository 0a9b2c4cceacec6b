"""What administrators of the host may do in rooms: little from outside, all inside; and who stays on the host."""

import pytest

from lanchat.accounts.errors import AccountDisabled, Forbidden
from lanchat.accounts.models import User
from lanchat.accounts.schemas.incoming import Login
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.accounts.service.identity import authenticate
from lanchat.accounts.service.login import log_in
from lanchat.accounts.service.open_session import Device
from lanchat.admin import people, service
from lanchat.admin.claim import Claim
from lanchat.core.base.errors import NotAuthenticated
from lanchat.core.base.lists import ListQuery
from lanchat.rooms.errors import LobbyIsPermanent, Muted, NotAMember
from lanchat.rooms.schemas.incoming import BanDraft, MemberChange, RoomChange
from lanchat.rooms.service import bans, change, find, join, log, members
from tests.unit.recording import PASSWORD, House

LATER = "2099-01-01T00:00:00.000000Z"


async def administrator(house: House, name: str = "root") -> RegisteredPayload:
    person = await house.person(name)
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", person.id)
    return person


async def lobby_of(house: House, person: RegisteredPayload) -> int:
    return (await find.list_rooms(house.chat, person.id)).user_rooms[0].id


async def test_outside_they_archive_hand_over_and_delete_and_nothing_else(house: House):
    root, ann, bob = await administrator(house), await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    chat = house.chat
    for refused in (
        change.change_room(chat, root.id, room.id, RoomChange(name="mine")),
        change.change_room(chat, root.id, room.id, RoomChange(name="mine", archived=True)),
        members.change_member(chat, root.id, room.id, bob.id, MemberChange(role="moderator")),
        members.remove_member(chat, root.id, room.id, bob.id),
        bans.ban(chat, root.id, room.id, bob.id, BanDraft()),
        bans.list_bans(chat, root.id, room.id, ListQuery()),
        log.read_log(chat, root.id, room.id, ListQuery()),
    ):
        with pytest.raises(NotAMember):
            await refused
    assert (await change.change_room(chat, root.id, room.id, RoomChange(archived=True))).archived
    assert (await change.change_room(chat, root.id, room.id, RoomChange(archived=False))).can.manage is False
    await members.transfer(chat, root.id, room.id, bob.id)
    assert (await find.find_room(chat, bob.id, room.id)).role == "owner"
    await change.delete_room(chat, root.id, room.id)


async def test_inside_they_stand_above_the_owner_and_nobody_above_them(house: House):
    root, ann = await administrator(house), await house.person("ann")
    room = await house.room(ann, root)
    with pytest.raises(Forbidden):
        await bans.ban(house.chat, ann.id, room.id, root.id, BanDraft())
    await members.change_member(house.chat, root.id, room.id, ann.id, MemberChange(muted_until=LATER))
    await members.remove_member(house.chat, root.id, room.id, ann.id)
    assert (await find.find_room(house.chat, root.id, room.id)).role == "owner"


async def test_banned_from_the_lobby_is_disabled_on_the_host(house: House):
    root, ann, bob = await administrator(house), await house.person("ann"), await house.person("bob")
    lobby = await lobby_of(house, root)
    of_ann = house.connect(ann)
    with pytest.raises(LobbyIsPermanent):
        await members.remove_member(house.chat, root.id, lobby, ann.id)
    with pytest.raises(Forbidden):
        await bans.ban(house.chat, bob.id, lobby, ann.id, BanDraft())

    await bans.ban(house.chat, root.id, lobby, ann.id, BanDraft(reason="shouting", until=LATER))

    assert house.delivery.of(of_ann, "session_revoked") == [{"reason": "account_disabled"}]
    with pytest.raises(NotAuthenticated):
        await authenticate(house.chat, ann.access_token)
    with pytest.raises(AccountDisabled) as told:
        await log_in(house.chat, Login(username="ann", password=PASSWORD), Device("127.0.0.1", "test"))
    assert told.value.details == {"reason": "shouting", "until": LATER}
    listed = await bans.list_bans(house.chat, root.id, lobby, ListQuery())
    assert [(ban.user.username, ban.reason) for ban in listed.bans] == [("ann", "shouting")]

    await bans.unban(house.chat, root.id, lobby, ann.id)

    with pytest.raises(NotAuthenticated):  # what was given out before the ban stays worthless
        await authenticate(house.chat, ann.access_token)
    again = await log_in(house.chat, Login(username="ann", password=PASSWORD), Device("127.0.0.1", "test"))
    assert (await authenticate(house.chat, again.payload.access_token)).user_id == ann.id
    assert (await find.find_room(house.chat, ann.id, lobby)).role == "member"


async def test_a_moderator_of_the_lobby_mutes_but_bans_nobody_from_the_host(house: House):
    root, ann, bob = await administrator(house), await house.person("ann"), await house.person("bob")
    lobby = await lobby_of(house, root)
    await members.change_member(house.chat, root.id, lobby, ann.id, MemberChange(role="moderator"))
    await members.change_member(house.chat, ann.id, lobby, bob.id, MemberChange(muted_until=LATER))
    for refused in (
        bans.ban(house.chat, ann.id, lobby, bob.id, BanDraft()),
        bans.unban(house.chat, ann.id, lobby, bob.id),
        bans.list_bans(house.chat, ann.id, lobby, ListQuery()),
    ):
        with pytest.raises(Forbidden):
            await refused
    await join.leave_room(house.chat, bob.id, lobby)
    again = await join.join_room(house.chat, bob.id, lobby, None)
    assert again.muted_until == LATER


async def test_unlocking_at_the_host_lifts_the_ban_from_the_lobby_too(house: House):
    root, ann = await administrator(house), await house.person("ann")
    lobby = await lobby_of(house, root)
    await bans.ban(house.chat, root.id, lobby, ann.id, BanDraft())
    await house.chat.db.write(people.unlock, "ann")
    assert (await bans.list_bans(house.chat, root.id, lobby, ListQuery())).bans == []
    await join.leave_room(house.chat, ann.id, lobby)
    assert (await join.join_room(house.chat, ann.id, lobby, None)).role == "member"


async def test_an_administrator_whose_time_away_is_over_is_one_again(house: House):
    root = await administrator(house)
    await house.sql("UPDATE account SET disabled_until = ? WHERE id = ?", "2020-01-01T00:00:00.000000Z", root.id)
    house.chat.part(Claim).close()  # opened at the start, when there was none
    await service.open_claim(house.chat)
    assert not service.is_claimable(house.chat)


async def test_no_administrator_is_banned_from_the_host_not_even_by_themselves(house: House):
    root, ann = await administrator(house), await house.person("ann")
    await house.chat.db.write(User.set_administrator, ann.id, True)
    lobby = await lobby_of(house, root)
    for who, whom in ((root, ann), (ann, root), (root, root)):
        with pytest.raises(Forbidden):
            await bans.ban(house.chat, who.id, lobby, whom.id, BanDraft())


async def test_who_is_muted_says_nothing_by_the_name_or_the_description_of_a_room(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    await members.change_member(house.chat, ann.id, room.id, bob.id, MemberChange(role="moderator", muted_until=LATER))
    for words in ({"name": "bob is muted"}, {"description": "bob is muted"}):
        with pytest.raises(Muted):
            await change.change_room(house.chat, bob.id, room.id, RoomChange(**words))
    assert (await change.change_room(house.chat, bob.id, room.id, RoomChange(slow_mode=5))).slow_mode == 5
    with pytest.raises(Forbidden):  # nobody ends their own mute
        await members.change_member(house.chat, bob.id, room.id, bob.id, MemberChange(muted_until=None))
