"""The contract's section on keeping a room in order: roles, mutes, adding, removing, bans, handing over, log."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from tests.people import Payload, People, Person

LATER = "2099-01-01T00:00:00+08:00"
LATER_UTC = "2098-12-31T16:00:00.000000Z"


async def with_members(people: People, *names: str) -> tuple[Payload, list[Person]]:
    """A room of the first, and everybody in it."""
    persons = await people(*names)
    room = await persons[0].make_room()
    for person in persons[1:]:
        await person.join(room)
    return room, persons


def at(room: Payload, *path: object) -> str:
    return "/".join(map(str, (f"/api/rooms/{room['id']}", *path)))


async def lines(person: Person, room: Payload) -> list[tuple[str, str, str | None]]:
    """The room's own messages: code, actor, target."""
    found = await person.timeline(room)
    said = [each["system"] for each in found if each["message_type"] == "system"]
    return [(each["code"], each["actor_name"], each["target_name"]) for each in said]


async def log(person: Person, room: Payload) -> list[tuple[str, str, str | None, Payload]]:
    entries = (await person.get(at(room, "log"))).expect(200)["entries"]
    return [
        (e["action"], e["actor"]["username"], e["target"] and e["target"]["username"], e["details"]) for e in entries
    ]


async def test_an_owner_makes_a_moderator_who_learns_what_they_may(people: People):
    room, (ann, bob, cem) = await with_members(people, "ann", "bob", "cem")
    of_bob, of_cem = await bob.connect(), await cem.connect()

    member = (await ann.patch(at(room, "members", bob.id), {"role": "moderator"})).expect(200)

    assert (member["id"], member["role"], member["muted_until"]) == (bob.id, "moderator", None)
    changed = await of_bob.hears("role_changed", room_id=room["id"])
    assert (changed["role"], changed["can"]["manage"], changed["can"]["assign"]) == ("moderator", True, False)
    assert (await of_cem.hears("member_updated", room_id=room["id"]))["member"]["role"] == "moderator"
    assert (await bob.patch(at(room, "members", cem.id), {"role": "moderator"})).code == "forbidden"
    assert (await ann.patch(at(room, "members", ann.id), {"role": "member"})).code == "cannot_touch_owner"
    assert (await ann.patch(at(room, "members", bob.id), {})).status == 400
    assert (await ann.patch(at(room, "members", bob.id), {"role": "owner"})).status == 400
    assert await log(ann, room) == [("role_changed", ann.name, bob.name, {"was": "member", "now": "moderator"})]


async def test_a_mute_silences_until_it_ends_and_outlasts_leaving(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()

    muted = (await ann.patch(at(room, "members", bob.id), {"muted_until": LATER})).expect(200)

    assert muted["muted_until"] == LATER_UTC
    told = await of_bob.hears("member_muted", room_id=room["id"])
    assert (told["muted_until"], told["can"]["speak"]) == (LATER_UTC, False)
    refused = await bob.post(f"/api/messages/{room['id']}", {"content": "but"})
    assert (refused.status, refused.code) == (403, "muted")
    assert (await of_bob.call("send_message", {"room_id": room["id"], "content": "but"}))["error"]["code"] == "muted"
    await bob.leave(room["id"])
    again = await bob.join(room)
    assert (again["muted_until"], again["can"]["speak"]) == (LATER_UTC, False)

    (await ann.patch(at(room, "members", bob.id), {"muted_until": None})).expect(200)
    assert (await of_bob.hears("member_muted", muted_until=None))["can"]["speak"]
    await bob.say(room, "thanks")
    await bob.leave(room["id"])
    assert (await bob.join(room))["muted_until"] is None
    past = (datetime.now(UTC) - timedelta(seconds=5)).isoformat()
    for wrong in (past, "tomorrow", "2099-01-01T00:00:00", 5):
        assert (await ann.patch(at(room, "members", bob.id), {"muted_until": wrong})).status == 400, wrong


async def test_nobody_keeps_those_above_them_in_order(people: People):
    room, (ann, bob, cem) = await with_members(people, "ann", "bob", "cem")
    (await ann.patch(at(room, "members", bob.id), {"role": "moderator"})).expect(200)
    acts = [
        lambda person, other: person.patch(at(room, "members", other.id), {"muted_until": LATER}),
        lambda person, other: person.delete(at(room, "members", other.id)),
        lambda person, other: person.put(at(room, "bans", other.id), {}),
    ]
    for act in acts:
        assert (await act(bob, ann)).code == "cannot_touch_owner"
        assert (await act(bob, bob)).code == "forbidden"
        assert (await act(cem, bob)).code == "forbidden"
    stranger = await people.one("dora")
    for reply in [await act(stranger, cem) for act in acts] + [
        await stranger.get(at(room, part)) for part in ("bans", "log")
    ]:
        assert (reply.status, reply.code) == (403, "not_a_member")
    for part in ("bans", "log"):
        assert (await cem.get(at(room, part))).code == "forbidden"


async def test_who_is_removed_hears_it_and_may_come_back(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_ann, of_bob = await ann.connect(), await bob.connect()

    (await ann.delete(at(room, "members", bob.id))).expect(200)
    (await ann.delete(at(room, "members", bob.id))).expect(200)

    assert await of_bob.hears("room_left") == {"room_id": room["id"], "reason": "removed"}
    assert (await of_ann.hears("user_left"))["user_id"] == bob.id
    line = await of_ann.hears("new_message", message_type="system", room_id=room["id"])
    assert (line["user_id"], line["content"]) == (ann.id, f"{ann.name} removed {bob.name}.")
    assert (await bob.get(f"/api/messages/{room['id']}")).code == "not_a_member"
    await bob.join(room)
    assert [code for code, *_ in await lines(bob, room)] == ["member_joined", "member_removed", "member_joined"]
    assert (await log(ann, room))[0][:3] == ("member_removed", ann.name, bob.name)


async def test_a_banned_person_comes_in_by_no_door(people: People):
    room, (ann, bob, cem) = await with_members(people, "ann", "bob", "cem")
    of_bob = await bob.connect()
    link = (await cem.post(at(room, "invites"), {})).expect(200)["path"].partition("#")[2]
    his = (await bob.post(at(room, "invites"), {})).expect(200)["path"].partition("#")[2]

    ban = (await ann.put(at(room, "bans", bob.id), {"reason": "shouting", "until": LATER})).expect(200)

    assert (ban["user"]["id"], ban["reason"], ban["until"], ban["banned_by"]["id"]) == (
        bob.id,
        "shouting",
        LATER_UTC,
        ann.id,
    )
    assert (await of_bob.hears("room_left"))["reason"] == "banned"
    refused = await bob.post(at(room, "join"), {})
    assert (refused.status, refused.code, refused.body["error"]["details"]) == (403, "banned", {"until": LATER_UTC})
    assert (await of_bob.call("join_room", {"room_id": room["id"]}))["error"]["code"] == "banned"
    assert (await bob.post("/api/invites/redeem", {"code": link})).code == "banned"
    assert (await cem.put(at(room, "members", bob.id), {})).code == "banned"
    dora = await people.one("dora")
    assert (await dora.post("/api/invites/redeem", {"code": his})).code == "invite_revoked"
    listed = (await ann.get(at(room, "bans"))).expect(200)
    assert ([each["user"]["id"] for each in listed["bans"]], listed["next_cursor"]) == ([bob.id], None)

    (await ann.delete(at(room, "bans", bob.id))).expect(200)
    await bob.join(room)
    (await ann.put(at(room, "bans", dora.id), {})).expect(200)
    assert (await dora.post(at(room, "join"), {})).body["error"]["details"] == {"until": None}
    assert [entry[0] for entry in await log(ann, room)] == ["banned", "unbanned", "banned"]


async def test_a_member_brings_somebody_into_a_public_room_and_only_managers_into_a_private_one(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    cem = await people.one("cem")
    of_cem = await cem.connect()

    added = await bob.put(at(room, "members", cem.id), {})

    assert (added.status, added.body["id"], added.body["role"]) == (201, cem.id, "member")
    assert (await of_cem.hears("membership_added"))["room"]["id"] == room["id"]
    assert (await bob.put(at(room, "members", cem.id), {})).status == 200
    assert ("member_joined", bob.name, cem.name) in await lines(cem, room)
    assert (await bob.put(at(room, "members", 10**9), {})).code == "user_not_found"
    private = await ann.make_room(password="let me in")
    await bob.join(private, "let me in")
    assert (await bob.put(at(private, "members", cem.id), {})).code == "forbidden"
    assert (await cem.put(at(private, "members", bob.id), {})).code == "not_a_member"
    assert (await ann.put(at(private, "members", cem.id), {})).status == 201


async def test_a_room_handed_over_has_another_owner_and_keeps_the_old_one_as_moderator(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    stranger = await people.one("cem")
    of_bob = await bob.connect()

    assert (await bob.post(at(room, "transfer"), {"user_id": bob.id})).code == "forbidden"
    assert (await ann.post(at(room, "transfer"), {"user_id": stranger.id})).code == "not_a_member"
    assert (await ann.post(at(room, "transfer"), {"user_id": bob.id})).expect(200)["role"] == "moderator"

    assert (await of_bob.hears("role_changed"))["role"] == "owner"
    assert (await bob.get(at(room))).body["role"] == "owner"
    assert (await lines(bob, room))[-1] == ("ownership_transferred", ann.name, bob.name)
    assert (await bob.delete(at(room, "members", ann.id))).status == 200
    lobby = await ann.lobby()
    assert (await ann.post(at(lobby, "transfer"), {"user_id": bob.id})).code == "lobby_is_permanent"


async def test_an_owner_who_leaves_is_followed_by_who_is_next(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()
    await ann.leave(room["id"])
    assert (await of_bob.hears("role_changed"))["role"] == "owner"
    assert [code for code, *_ in await lines(bob, room)][-2:] == ["member_left", "ownership_transferred"]


async def test_where_managers_post_others_read(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()

    assert (await bob.put(at(room), {"posting": "managers"})).code == "forbidden"
    assert (await ann.put(at(room), {"posting": "managers"})).expect(200)["posting"] == "managers"

    await of_bob.hears("room_updated", id=room["id"])
    seen = (await bob.get(at(room))).expect(200)
    assert (seen["can"]["speak"], seen["can"]["react"]) == (False, True)
    refused = await bob.post(f"/api/messages/{room['id']}", {"content": "may I"})
    assert (refused.status, refused.code) == (403, "read_only_room")
    await ann.say(room, "welcome")
    assert (await lines(bob, room))[-1][0] == "posting_changed"
    assert (await log(ann, room))[0] == (
        "setting_changed", ann.name, None, {"setting": "posting", "was": "everyone", "now": "managers"}
    )  # fmt: skip


async def test_a_slow_room_lets_everybody_but_managers_wait(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    (await ann.put(at(room), {"slow_mode": 3600})).expect(200)
    first = await bob.say(room, "one", client_id="one")
    refused = await bob.post(f"/api/messages/{room['id']}", {"content": "two"})
    assert (refused.status, refused.code) == (429, "slow_mode")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    again = await bob.post(f"/api/messages/{room['id']}", {"content": "one", "client_id": "one"})
    assert (again.status, again.body["id"]) == (200, first["id"])
    for word in ("I", "manage"):
        await ann.say(room, word)
    await bob.leave(room["id"])
    await bob.join(room)
    assert (await bob.post(f"/api/messages/{room['id']}", {"content": "faster"})).code == "slow_mode"
    (await ann.put(at(room), {"slow_mode": 0})).expect(200)
    await bob.say(room, "two")
    for wrong in (-1, 3601, "1"):
        assert (await ann.put(at(room), {"slow_mode": wrong})).status == 400


async def test_an_archived_room_is_read_by_its_members_and_gone_for_others(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    stranger = await people.one("cem")
    of_bob, of_stranger = await bob.connect(), await stranger.connect()
    said = await bob.say(room, "the last word")

    assert (await bob.put(at(room), {"archived": True})).code == "forbidden"
    assert (await ann.put(at(room), {"archived": True})).expect(200)["archived"] is True

    assert (await of_bob.hears("room_updated", id=room["id"]))["archived"] is True
    await of_stranger.hears("room_deleted", room_id=room["id"])
    rooms = (await bob.get("/api/rooms/")).expect(200)
    assert room["id"] in {each["id"] for each in rooms["archived_rooms"]}
    assert room["id"] not in {each["id"] for each in rooms["user_rooms"] + rooms["available_rooms"]}
    assert said in await bob.history(room)
    for reply in (
        await bob.post(f"/api/messages/{room['id']}", {"content": "more"}),
        await bob.patch(f"/api/messages/{room['id']}/{said['id']}", {"content": "else"}),
        await bob.put(at(room, "members", stranger.id), {}),
        await bob.post(at(room, "invites"), {}),
    ):
        assert (reply.status, reply.code) == (403, "room_archived")
    for reply in (await stranger.get(at(room)), await stranger.post(at(room, "join"), {})):
        assert (reply.status, reply.code) == (404, "room_not_found")

    (await ann.put(at(room), {"archived": False})).expect(200)
    assert (await of_stranger.hears("room_created", id=room["id"]))["archived"] is False
    await bob.say(room, "not the last")
    assert (await ann.put(f"/api/rooms/{(await ann.lobby())['id']}", {"archived": True})).code == "lobby_is_permanent"


async def test_who_joins_a_room_that_hides_its_past_sees_nothing_of_it(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    before = await ann.say(room, "before")
    (await ann.put(at(room), {"history": "since_joining"})).expect(200)
    await bob.join(room)
    after = await ann.say(room, "after")

    assert [each["content"] for each in await bob.timeline(room)] == [f"{bob.name} joined.", "after"]
    assert (await bob.get(f"/api/messages/{room['id']}/{before['id']}")).code == "message_not_found"
    assert (await bob.get(f"/api/messages/{room['id']}/{after['id']}")).status == 200
    of_bob = await bob.connect()
    synced = (await of_bob.call("sync", {"rooms": {str(room["id"]): 0}}))["rooms"][str(room["id"])]
    assert [each["content"] for each in synced["messages"]] == [f"{bob.name} joined.", "after"]
    assert synced["last_seq"] == after["seq"]
    (await ann.patch(f"/api/messages/{room['id']}/{before['id']}", {"content": "changed"})).expect(200)
    last = await ann.say(room, "last")
    await of_bob.hears("new_message", id=last["id"])
    assert of_bob.all("message_updated") == []
    synced = (await of_bob.call("sync", {"rooms": {str(room["id"]): after["seq"]}}))["rooms"][str(room["id"])]
    assert [each["content"] for each in synced["messages"]] == ["last"]
    overview = (await bob.get("/api/messages/overview")).expect(200)["rooms"]
    assert next(each for each in overview if each["room_id"] == room["id"])["unread_count"] == 2
    (await ann.put(at(room), {"history": "everyone"})).expect(200)
    assert "changed" in [each["content"] for each in await bob.history(room)]


async def test_names_descriptions_and_archives_are_said_and_written_down(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    name = f"Garden of {ann.name}"
    (await ann.put(at(room), {"name": name, "description": "flowers"})).expect(200)
    (await ann.put(at(room), {"name": name})).expect(200)
    assert await lines(ann, room) == [("room_renamed", ann.name, None), ("room_described", ann.name, None)]
    assert (await ann.timeline(room))[0]["system"]["value"] == name
    assert [entry[3]["setting"] for entry in await log(ann, room)] == ["description", "name"]


async def test_a_log_is_read_page_by_page(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    for number in range(5):
        (await ann.put(at(room), {"description": f"text {number}"})).expect(200)
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await ann.get(at(room, "log"), params=query)).expect(200)
        seen += [entry["details"]["now"] for entry in page["entries"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"text {number}" for number in reversed(range(5))]
    of_bans = base64.urlsafe_b64encode(b'["2026-01-01",1]').decode()
    huge = base64.urlsafe_b64encode(b"[9223372036854775807]").decode()
    for wrong in ("x", "bnVsbA==", "W10", "W10=", of_bans, huge):
        reply = await ann.get(at(room, "log"), params={"cursor": wrong})
        assert (reply.status, reply.code) == (400, "invalid_input"), wrong
    assert (await ann.get(at(room, "log"), params={"limit": 101})).status == 400


async def test_coming_and_going_is_not_said_in_a_crowd(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    crowd = await people(*(f"p{number}" for number in range(50)))
    for person in crowd:
        await person.join(room)
    joined = [line for line in await lines(ann, room) if line[0] == "member_joined"]
    assert len(joined) == 48  # with the owner, the fiftieth is a crowd
    await crowd[0].leave(room["id"])
    assert not [line for line in await lines(ann, room) if line[0] == "member_left"][:-1]


@pytest.mark.parametrize("by", ["rest", "socket"])
async def test_nothing_is_unread_that_nobody_said(people: People, by: str):
    room, (ann, _) = await with_members(people, "ann", "bob")
    cem = await people.one("cem")
    if by == "rest":
        await cem.join(room)
    else:
        await (await cem.connect()).call("join_room", {"room_id": room["id"]})
    overview = (await ann.get("/api/messages/overview")).expect(200)["rooms"]
    mine = next(each for each in overview if each["room_id"] == room["id"])
    assert (mine["unread_count"], mine["last_message"]["message_type"]) == (0, "system")
    line = (await ann.timeline(room))[-1]
    assert (await cem.patch(f"/api/messages/{room['id']}/{line['id']}", {"content": "x"})).code == "system_message"


async def test_who_comes_and_goes_all_the_time_is_told_of_no_more(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    for _ in range(12):
        await bob.leave(room["id"])
        await bob.join(room)
    told = [line for line in await lines(ann, room) if line[1] == bob.name]
    assert 2 <= len(told) <= 8
    assert {member["id"] for member in (await ann.get(at(room, "members"))).expect(200)["members"]} == {ann.id, bob.id}


async def test_who_was_banned_gets_no_second_look_at_what_they_said(people: People):
    """Sending it again answers the message, with all that became of it: for whoever is still there."""
    room, (ann, bob) = await with_members(people, "ann", "bob")
    draft = {"content": "mine", "client_id": "one"}
    (await bob.post(f"/api/messages/{room['id']}", draft)).expect(201)
    (await bob.post(f"/api/messages/{room['id']}", draft)).expect(200)
    (await ann.put(at(room, "bans", bob.id), {})).expect(200)
    assert (await bob.post(f"/api/messages/{room['id']}", draft)).status == 403
    other = await bob.make_room()
    assert (await bob.post(f"/api/messages/{other['id']}", draft)).status == 403
    assert await bob.history(other) == []


async def test_whoever_owns_a_room_is_muted_no_more_as_nobody_could_end_it(people: People):
    room, (ann, bob, cem) = await with_members(people, "ann", "bob", "cem")
    of_bob, of_cem = await bob.connect(), await cem.connect()
    for person in (bob, cem):
        (await ann.patch(at(room, "members", person.id), {"muted_until": LATER})).expect(200)
        await person.sockets[0].hears("member_muted", muted_until=LATER_UTC)

    (await ann.post(at(room, "transfer"), {"user_id": bob.id})).expect(200)
    told = await of_bob.hears("member_muted", muted_until=None)
    assert told["can"]["speak"]
    await bob.say(room, "mine now")

    (await bob.delete(at(room, "members", ann.id))).expect(200)
    await bob.leave(room["id"])
    await of_cem.hears("role_changed", role="owner")
    assert (await of_cem.hears("member_muted", muted_until=None))["can"]["speak"]
    await cem.say(room, "and now mine")
    assert [action for action, *_ in await log(cem, room)][:2] == ["unmuted", "ownership_transferred"]
