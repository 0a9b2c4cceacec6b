"""The contract on blocks: what is closed between two people, from both sides, and what stays."""

import asyncio

from tests.contract.test_direct import direct, listed, overview
from tests.people import Payload, People, Person


async def block(who: Person, other: Person) -> None:
    (await who.put(f"/api/users/{other.id}/block", {})).expect(200)


async def unblock(who: Person, other: Person) -> None:
    (await who.delete(f"/api/users/{other.id}/block")).expect(200)


async def refusal_of(who: Person, room: Payload, content: str = "hi") -> str:
    return (await who.post(f"/api/messages/{room['id']}", {"content": content})).code


async def can_in(who: Person, room: Payload) -> Payload:
    return (await who.get(f"/api/rooms/{room['id']}")).expect(200)["can"]


async def test_between_two_nobody_writes_whoever_of_them_blocked(people: People):
    ann, bob = await people("ann", "bob")
    room = await direct(ann, bob)
    said = await ann.say(room, "before")
    theirs = await bob.say(room, "as well")
    ear = await ann.connect()

    await block(bob, ann)

    for who, mine, other in ((ann, said, theirs), (bob, theirs, said)):
        base = f"/api/messages/{room['id']}"
        assert await refusal_of(who, room) == "blocked"
        assert (await who.patch(f"{base}/{mine['id']}", {"content": "now"})).code == "blocked"
        assert (await who.put(f"{base}/{other['id']}/pin", {})).code == "blocked"
        assert (await who.put(f"{base}/{other['id']}/reactions/%F0%9F%91%8D", {})).code == "blocked"
        can = await can_in(who, room)
        assert [can[name] for name in ("speak", "react", "pin", "mention_all", "call")] == [False] * 5
        assert len(await who.history(room)) == 2  # what was said stays
    await ear.emit("send_message", {"room_id": room["id"], "content": "hi"})
    await ear.hears_refusal("blocked")
    assert (await bob.delete(f"/api/messages/{room['id']}/{theirs['id']}")).status == 200  # taking back needs no speech

    await unblock(bob, ann)
    await ann.say(room, "again")
    assert (await can_in(bob, room))["speak"]


async def test_it_stays_closed_until_both_want_it(people: People):
    ann, bob = await people("ann", "bob")
    room = await direct(ann, bob)
    await ann.say(room, "hi")
    await block(ann, bob)
    await block(bob, ann)
    await unblock(ann, bob)
    assert [await refusal_of(who, room) for who in (ann, bob)] == ["blocked"] * 2
    await unblock(bob, ann)
    await ann.say(room, "again")


async def test_neither_opens_or_makes_a_room_with_the_other_but_a_third_may(people: People):
    ann, bob, cem, dee = await people("ann", "bob", "cem", "dee")
    old = await direct(ann, dee)
    await dee.say(old, "hi")
    await block(ann, bob)
    await block(dee, ann)
    for who, ids in (
        (ann, [bob.id]),
        (bob, [ann.id]),
        (ann, [bob.id, cem.id]),
        (bob, [cem.id, ann.id]),
        (ann, [dee.id]),
        (dee, [ann.id]),
    ):
        refused = await who.post("/api/direct/", {"user_ids": ids})
        assert (refused.status, refused.code) == (403, "blocked"), ids
    assert await listed(bob) == []
    group = await direct(cem, ann, bob)
    for who in (cem, ann, bob):
        await who.say(group, "all of us")
    assert (await can_in(ann, group))["speak"]


async def test_nobody_brings_somebody_into_a_room_who_blocked_them_or_whom_they_blocked(people: People):
    ann, bob, cem = await people("ann", "bob", "cem")
    await block(ann, bob)
    for who, other in ((ann, bob), (bob, ann)):
        room = await who.make_room()
        refused = await who.put(f"/api/rooms/{room['id']}/members/{other.id}", {})
        assert (refused.status, refused.code) == (403, "blocked")
        await cem.join(room)
        assert (await cem.put(f"/api/rooms/{room['id']}/members/{other.id}", {})).status == 201


async def test_in_common_rooms_both_speak_and_names_are_only_text(people: People):
    ann, bob, cem = await people("ann", "bob", "cem")
    room = await ann.make_room()
    for who in (bob, cem):
        await who.join(room)
    await block(ann, bob)

    spoken = [await bob.say(room, f"@{ann.name} and @{cem.name}"), await ann.say(room, f"@{bob.name}")]

    assert [message["mentions"] for message in spoken] == [[cem.id], []]
    edited = (await bob.patch(f"/api/messages/{room['id']}/{spoken[0]['id']}", {"content": f"@{ann.name}!"})).expect(
        200
    )
    assert edited["mentions"] == []
    assert (await bob.say(room, "@all look"))["mentions_all"]
    counts = {who.name: await _counts(who, room) for who in (ann, bob, cem)}
    # What Ann's client folds doesn't wait for her either, but Bob hears her as ever.
    assert counts == {ann.name: (0, 0), bob.name: (1, 0), cem.name: (3, 1)}
    await unblock(ann, bob)
    assert await _counts(ann, room) == (2, 1)
    await bob.say(room, f"@{ann.name}, please")
    assert await _counts(ann, room) == (3, 2)
    await block(ann, bob)
    assert await _counts(ann, room) == (0, 0)
    await unblock(ann, bob)
    assert (await bob.say(room, f"@{ann.name}"))["mentions"] == [ann.id]


async def _counts(who: Person, room: Payload) -> tuple[int, int]:
    (row,) = [each for each in await overview(who) if each["room_id"] == room["id"]]
    return row["unread_count"], row["mention_count"]


async def test_my_tabs_hear_whom_i_block_and_the_other_only_what_they_may_do(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    room = await direct(ann, bob)
    await ann.say(room, "hi")
    tabs, of_bob, of_eve = [await ann.connect(), await ann.connect()], await bob.connect(), await eve.connect()

    await block(ann, bob)

    for tab in tabs:
        assert await tab.hears("block_changed") == {"user_id": bob.id, "is_blocked": True}
        assert not (await tab.hears("room_abilities", room_id=room["id"]))["can"]["speak"]
    assert not (await of_bob.hears("room_abilities", room_id=room["id"]))["can"]["speak"]
    await block(ann, bob)  # again: nobody is told
    await unblock(ann, bob)
    await unblock(ann, bob)
    for tab in tabs:
        await tab.catch_up()
        assert [each["is_blocked"] for each in tab.all("block_changed")] == [True, False]
    await asyncio.gather(of_bob.catch_up(), of_eve.catch_up())
    assert [each["can"]["speak"] for each in of_bob.all("room_abilities")] == [False, True]
    assert of_bob.all("block_changed") == of_eve.all("block_changed") == of_eve.all("room_abilities") == []


async def test_of_a_room_that_the_other_does_not_know_of_they_hear_nothing(people: People):
    ann, bob = await people("ann", "bob")
    of_bob = await bob.connect()
    room = await direct(ann, bob)  # and nothing is said in it
    await block(ann, bob)
    await of_bob.catch_up()
    assert of_bob.all("room_abilities") == []
    assert not (await can_in(ann, room))["speak"]


async def test_whom_i_block_is_for_me_to_see_the_last_first(people: People):
    ann, *others = await people("ann", "bob", "cem", "dee")
    for other in others:
        await block(ann, other)
    first = (await ann.get("/api/users/blocked", params={"limit": 2})).expect(200)
    rest = (await ann.get("/api/users/blocked/", params={"cursor": first["next_cursor"]})).expect(200)
    assert [user["id"] for user in first["users"] + rest["users"]] == [other.id for other in others[::-1]]
    assert rest["next_cursor"] is None
    assert {user["email"] for user in first["users"]} == {""}
    assert (await others[0].get("/api/users/blocked")).expect(200)["users"] == []


async def test_who_can_be_blocked(people: People):
    ann, bob = await people("ann", "bob")
    assert (await ann.put(f"/api/users/{ann.id}/block", {})).code == "cannot_block_self"
    for nobody in (2**40, 1):  # 1 signs what nobody wrote
        assert (await ann.put(f"/api/users/{nobody}/block", {})).code == "user_not_found"
    assert (await ann.delete(f"/api/users/{bob.id}/block")).status == 200  # nothing to lift
    stranger = people.newcomer()
    for method, path in (("PUT", f"{bob.id}/block"), ("DELETE", f"{bob.id}/block"), ("GET", "blocked")):
        assert (await stranger.request(method, f"/api/users/{path}")).status == 401
