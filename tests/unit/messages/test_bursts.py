"""Reactions that come together: one change, heard once, whoever asked."""

import asyncio
from typing import cast

import pytest

from lanchat.accounts.models import User
from lanchat.accounts.schemas.incoming import Registration
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.messages.errors import TooManyReactions
from lanchat.messages.schemas.incoming import Draft, SyncRequest
from lanchat.messages.service import reactions, read, send
from lanchat.rooms.errors import NotAMember
from tests.unit.recording import House

CROWD = 200
SIGNS = ("👍", "🎉", "❤️")


async def person(house: House, name: str) -> RegisteredPayload:
    """More than register from one address in an hour."""
    form = Registration(username=name, password="secret1", password2="secret1")
    return cast("RegisteredPayload", await house.chat.db.write(User.register, form, "hash", house.chat.clock.now()))


async def test_two_hundred_who_react_at_once_are_two_changes_and_none_is_lost(house: House):
    people = [await person(house, f"p{number}") for number in range(CROWD)]
    room = await house.room(*people)
    heard = [house.connect(person, room) for person in people]
    said = (await send.send_message(house.chat, people[0].id, Draft(room_id=room.id, content="vote"))).payload
    place = (room.id, said.id)

    answers = await asyncio.gather(
        *(reactions.react(house.chat, person.id, place, SIGNS[n % 3]) for n, person in enumerate(people))
    )

    told = [house.delivery.of(sid, "message_updated") for sid in heard]
    assert {len(each) for each in told} == {2}  # the first at once, all others together: 400 frames and not 40,000
    assert sum(len(each) for each in told) == 2 * CROWD
    now = answers[-1]
    assert sum(reaction.count for reaction in now.reactions) == CROWD
    assert now.reactions[0].emoji == SIGNS[0]
    numbers = [message["changed_seq"] for message in told[0]]
    assert numbers == [said.changed_seq + 1, said.changed_seq + 2]
    synced = await read.sync(house.chat, people[5].id, SyncRequest(rooms={str(room.id): said.seq}))
    assert synced.rooms[str(room.id)].messages == [now]


async def test_whoever_may_not_is_refused_alone(house: House):
    ann, bob, eve = [await house.person(name) for name in ("ann", "bob", "eve")]
    room = await house.room(ann, bob)
    said = (await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi"))).payload
    place = (room.id, said.id)
    await reactions.react(house.chat, ann.id, place, "👍")
    of_bob, of_eve, again = await asyncio.gather(
        reactions.react(house.chat, bob.id, place, "👍"),
        reactions.react(house.chat, eve.id, place, "👍"),
        reactions.unreact(house.chat, ann.id, place, "👍"),
        return_exceptions=True,
    )
    assert isinstance(of_eve, NotAMember)
    assert of_bob == again
    assert not isinstance(of_bob, BaseException)
    assert [(each.emoji, each.user_ids) for each in of_bob.reactions] == [("👍", [bob.id])]


async def test_kinds_are_bounded_within_a_burst_as_well(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    said = (await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi"))).payload
    signs = [chr(0x1F600 + number) for number in range(22)]
    outcomes = await asyncio.gather(
        *(reactions.react(house.chat, ann.id, (room.id, said.id), sign) for sign in signs), return_exceptions=True
    )
    assert [isinstance(outcome, TooManyReactions) for outcome in outcomes] == [False] * 20 + [True] * 2
    assert (await read.find_message(house.chat, ann.id, room.id, said.id)).reactions[-1].emoji == signs[19]


async def test_what_changes_nothing_is_told_to_nobody(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    of_ann = house.connect(ann, room)
    said = (await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi"))).payload
    place = (room.id, said.id)
    await reactions.unreact(house.chat, ann.id, place, "👍")
    assert house.delivery.of(of_ann, "message_updated") == []
    with pytest.raises(NotAMember):
        await reactions.react(house.chat, (await house.person("eve")).id, place, "👍")
