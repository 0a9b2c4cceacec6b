"""The contract's section on presence: user_status_update and online_users_update."""

import asyncio

import pytest

from tests.people import People, Person

SEEN_OFFLINE_WITHIN = 3.0  # s


async def in_a_room_of_their_own(people: People, *names: str) -> tuple[list[Person], dict]:
    """Out of the lobby, where all of the other tests' people are."""
    everybody = await people(*names)
    lobby = await everybody[0].lobby()
    room = await everybody[0].make_room()
    for person in everybody:
        await person.leave(lobby["id"])
        await person.join(room)
    return everybody, room


async def test_coming_and_going_is_told_to_people_who_share_a_room(people: People):
    (ann, bob), room = await in_a_room_of_their_own(people, "ann", "bob")
    of_ann = await ann.connect()
    of_bob = await bob.connect()
    assert await of_ann.hears("user_status_update", user_id=bob.id) == {
        "user_id": bob.id,
        "username": bob.name,
        "is_online": True,
    }
    await of_bob.disconnect()
    left = asyncio.get_running_loop().time()
    status = await of_ann.hears("user_status_update", user_id=bob.id)
    assert status["is_online"] is False
    assert asyncio.get_running_loop().time() - left < SEEN_OFFLINE_WITHIN
    detail = (await ann.get(f"/api/rooms/{room['id']}")).expect(200)
    assert (detail["member_count"], detail["online_count"]) == (2, 1)


async def test_who_is_online_is_a_list_of_users(people: People):
    (ann, bob), room = await in_a_room_of_their_own(people, "ann", "bob")
    of_ann = await ann.connect()
    await bob.connect()
    update = await of_ann.hears("online_users_update", where=lambda update: len(update["online_users"]) == 2)
    assert update["room_id"] == room["id"]
    assert [user["username"] for user in update["online_users"]] == [ann.name, bob.name]
    assert all(user["is_online"] for user in update["online_users"])


async def test_whoever_asks_for_ids_hears_only_these_and_others_hear_as_before(people: People):
    (ann, bob), room = await in_a_room_of_their_own(people, "ann", "bob")
    brief, full = await ann.connect(presence="ids"), await ann.connect()
    of_bob = await bob.connect()
    both = {"room_id": room["id"], "online_ids": sorted([ann.id, bob.id])}
    assert await brief.hears("online_ids_update", where=lambda update: len(update["online_ids"]) == 2) == both
    await full.hears("online_users_update", where=lambda update: len(update["online_users"]) == 2)
    await of_bob.disconnect()
    await brief.hears("user_status_update", user_id=bob.id, is_online=False)
    await brief.hears("online_ids_update", online_ids=[ann.id])
    await full.hears("online_users_update", where=lambda update: len(update["online_users"]) == 1)
    assert brief.all("online_users_update") == full.all("online_ids_update") == []


@pytest.mark.parametrize("presence", ["all", 5, None, ["ids"]])
async def test_any_other_wish_for_presence_is_the_contract(people: People, presence: object):
    ann = await people.one("ann")
    ear = await ann.connect(presence=presence)
    await ear.hears("online_users_update", where=lambda update: update["online_users"])
    assert ear.all("online_ids_update") == []


async def test_one_of_two_tabs_closed_is_still_online(people: People):
    (ann, bob), _ = await in_a_room_of_their_own(people, "ann", "bob")
    of_ann = await ann.connect()
    tab, other_tab = await bob.connect(), await bob.connect()
    await of_ann.hears("user_status_update", user_id=bob.id, is_online=True)
    await tab.disconnect()
    (cleo,) = await people("cleo")
    room = (await ann.get("/api/rooms/")).expect(200)["user_rooms"][0]
    await cleo.join(room)
    await cleo.connect()
    await of_ann.hears("user_status_update", user_id=cleo.id)  # announced later than a loss of bob's would be
    assert of_ann.all("user_status_update", user_id=bob.id, is_online=False) == []
    await other_tab.disconnect()
    await of_ann.hears("user_status_update", user_id=bob.id, is_online=False)


async def test_a_page_that_reloads_never_was_gone(people: People):
    (ann, bob), _ = await in_a_room_of_their_own(people, "ann", "bob")
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await of_ann.hears("user_status_update", user_id=bob.id, is_online=True)
    await of_bob.disconnect()
    again = await bob.connect()
    await again.disconnect()
    await of_ann.hears("user_status_update", user_id=bob.id)
    assert [status["is_online"] for status in of_ann.all("user_status_update", user_id=bob.id)] == [True, False]


async def test_last_seen_moves_when_somebody_goes(people: People):
    (ann, bob), room = await in_a_room_of_their_own(people, "ann", "bob")
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await of_ann.hears("user_status_update", user_id=bob.id)

    async def last_seen() -> str:
        members = (await ann.get(f"/api/rooms/{room['id']}/members")).expect(200)["members"]
        return next(member["last_seen"] for member in members if member["id"] == bob.id)

    before = await last_seen()
    await of_bob.disconnect()
    await of_ann.hears("user_status_update", user_id=bob.id, is_online=False)
    assert await last_seen() > before


async def test_a_broken_connection_counts_as_gone(people: People):
    (ann, bob), _ = await in_a_room_of_their_own(people, "ann", "bob")
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await of_ann.hears("user_status_update", user_id=bob.id, is_online=True)
    of_bob.sio.eio.ws._writer.transport.abort()
    await of_ann.hears("user_status_update", user_id=bob.id, is_online=False)


@pytest.mark.parametrize("relation", ["stranger", "removed"])
async def test_presence_is_no_business_of_those_who_share_no_room(people: People, relation: str):
    (ann, bob), room = await in_a_room_of_their_own(people, "ann", "bob")
    (stranger,) = await people("stranger")
    await stranger.leave((await stranger.lobby())["id"])
    if relation == "removed":
        await stranger.join(room)
        await stranger.leave(room["id"])
    outside, inside = await stranger.connect(), await ann.connect()
    of_bob = await bob.connect()
    await inside.hears("user_status_update", user_id=bob.id, is_online=True)
    await inside.hears("online_users_update", where=lambda update: len(update["online_users"]) == 2)
    await of_bob.disconnect()
    await inside.hears("user_status_update", user_id=bob.id, is_online=False)
    await outside.catch_up()
    assert outside.all("user_status_update") == []
    assert outside.all("online_users_update") == []
