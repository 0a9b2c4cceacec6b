"""The contract's section on direct messages: one room for each set of people, who alone know of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.test_claim import code_of
from tests.people import Payload, People, Person, people_at
from tests.server import LanChat


async def direct(person: Person, *others: Person) -> Payload:
    """The room of these people, made or found."""
    answer = await person.post("/api/direct/", {"user_ids": [other.id for other in others]})
    assert answer.status in {200, 201}, answer.text
    return answer.body


async def listed(person: Person) -> list[int]:
    """Ids of the direct rooms in somebody's list."""
    return [room["id"] for room in (await rooms(person))["user_rooms"] if room["kind"] == "direct"]


async def rooms(person: Person) -> Payload:
    return (await person.get("/api/rooms/")).expect(200)


async def test_the_same_people_always_have_the_same_room(people: People):
    ann, bob, cem = await people("ann", "bob", "cem")

    made = await ann.post("/api/direct", {"user_ids": [bob.id]})

    room = made.expect(201)
    assert (room["kind"], room["is_private"], room["name"], room["role"]) == ("direct", True, bob.name, "member")
    assert [member["id"] for member in room["members"]] == [ann.id, bob.id]
    assert {member["email"] for member in room["members"]} == {""}
    assert room["can"] == {
        **dict.fromkeys(room["can"], False),
        **dict.fromkeys(("speak", "react", "pin", "mention_all", "call"), True),
    }
    for who, user_ids in ((ann, [bob.id, bob.id, ann.id]), (bob, [ann.id]), (bob, [ann.id, bob.id])):
        again = await who.post("/api/direct/", {"user_ids": user_ids})
        assert again.expect(200)["id"] == room["id"]
    assert again.body["name"] == ann.name
    group = (await bob.post("/api/direct/", {"user_ids": [cem.id, ann.id]})).expect(201)
    assert group["id"] != room["id"]
    assert group["name"] == f"{ann.name}, {cem.name}"
    assert (await direct(cem, ann, bob))["id"] == group["id"]
    assert (await ann.get(f"/api/rooms/{room['id']}")).expect(200)["name"] == bob.name
    assert (await ann.get(f"/api/rooms/{room['id']}/members")).expect(200)["total"] == 2


async def test_somebody_alone_has_notes(people: People):
    (ann,) = await people("ann")
    notes = (await ann.post("/api/direct/", {"user_ids": []})).expect(201)
    assert (await ann.post("/api/direct/", {"user_ids": [ann.id]})).expect(200)["id"] == notes["id"]
    assert (notes["name"], [member["id"] for member in notes["members"]]) == (ann.name, [ann.id])
    await ann.say(notes, "milk")
    assert [message["content"] for message in await ann.history(notes)] == ["milk"]


async def test_a_direct_room_is_for_one_to_eight_others_who_are_there(people: People):
    ann, *others = await people(*(f"p{n}" for n in range(10)))
    everybody = [other.id for other in others]
    refused = await ann.post("/api/direct/", {"user_ids": everybody})
    assert (refused.status, refused.code, list(refused.body["error"]["details"]["fields"])) == (
        400,
        "invalid_input",
        ["user_ids"],
    )
    assert len((await ann.post("/api/direct/", {"user_ids": everybody[:8]})).expect(201)["members"]) == 9
    assert (await ann.post("/api/direct/", {"user_ids": [2**53]})).code == "user_not_found"
    assert (await ann.post("/api/direct/", {"user_ids": [1]})).code == "user_not_found"  # who signs what nobody wrote
    for wrong in ({}, {"user_ids": None}, {"user_ids": ["1"]}, {"user_ids": [0]}, {"user_ids": [others[0].id] * 101}):
        assert (await ann.post("/api/direct/", wrong)).status == 400
    assert (await people.newcomer().post("/api/direct/", {"user_ids": []})).status == 401


async def test_two_who_begin_at_once_meet_in_one_room(people: People):
    ann, bob = await people("ann", "bob")
    answers = await asyncio.gather(
        *(who.post("/api/direct/", {"user_ids": [other.id]}) for who, other in ((ann, bob), (bob, ann)) * 5)
    )
    assert sorted(answer.status for answer in answers) == [200] * 9 + [201]
    assert len({answer.body["id"] for answer in answers}) == 1
    assert await listed(ann) == await listed(bob) == [answers[0].body["id"]]


async def test_the_others_learn_of_it_just_before_its_first_message(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    of_ann, of_bob, of_eve = [await person.connect() for person in (ann, bob, eve)]

    room = await direct(ann, bob)

    assert (await of_ann.hears("membership_added"))["room"]["id"] == room["id"]
    await of_bob.catch_up()
    await of_eve.catch_up()
    assert [event for ear in (of_bob, of_eve) for event, told in ear.heard if room["id"] in _numbers_in(told)] == []
    assert (await listed(ann), await listed(bob)) == ([room["id"]], [])
    assert str(room["id"]) not in {str(each["room_id"]) for each in await overview(bob)}

    assert (await of_ann.call("send_message", {"room_id": room["id"], "content": "hi"}))["ok"]
    await ann.say(room, "there")

    await of_bob.hears("new_message", content="there")
    told = [(event, payload) for event, payload in of_bob.heard if event in {"membership_added", "new_message"}]
    assert [event for event, _ in told] == ["membership_added", "new_message", "new_message"]
    added = told[0][1]["room"]
    assert (added["id"], added["name"], added["last_seq"], added["last_read_seq"]) == (room["id"], ann.name, 0, 0)
    assert [(each["id"], each["is_online"]) for each in added["members"]] == [(ann.id, True), (bob.id, True)]
    assert await listed(bob) == [room["id"]]
    (news,) = [each for each in await overview(bob) if each["room_id"] == room["id"]]
    assert (news["unread_count"], news["last_message"]["content"]) == (2, "there")
    await of_eve.catch_up()
    assert [event for event, told in of_eve.heard if room["id"] in _numbers_in(told)] == []
    for person in (ann, bob, eve):
        assert room["id"] not in [each["id"] for each in (await rooms(person))["available_rooms"]]


async def test_who_connects_before_the_first_message_hears_of_the_room_first(people: People):
    ann, bob = await people("ann", "bob")
    room = await direct(ann, bob)
    of_bob = await bob.connect()
    await ann.say(room, "hi")
    await of_bob.hears("new_message", content="hi")
    events = [event for event, told in of_bob.heard if room["id"] in _numbers_in(told)]
    assert events[0] == "membership_added"


async def overview(person: Person) -> list[Payload]:
    return (await person.get("/api/messages/overview")).expect(200)["rooms"]


def _numbers_in(told: object) -> set[object]:
    """Room ids that an event names."""
    if not isinstance(told, dict):
        return set()
    room = told.get("room")
    return {told.get("room_id"), room.get("id") if isinstance(room, dict) else None}


async def test_whoever_hides_it_sees_it_again_with_the_next_message(people: People):
    ann, bob = await people("ann", "bob")
    room = await direct(ann, bob)
    first = await ann.say(room, "hi")
    of_bob, other_tab, of_ann = await bob.connect(), await bob.connect(), await ann.connect()

    (await bob.delete(f"/api/direct/{room['id']}")).expect(200)
    (await bob.delete(f"/api/direct/{room['id']}")).expect(200)

    for ear in (of_bob, other_tab):
        await ear.hears("room_hidden", room_id=room["id"])
        await ear.catch_up()
        assert len(ear.all("room_hidden")) == 1
    assert (await listed(bob), await listed(ann)) == ([], [room["id"]])
    assert room["id"] not in {each["room_id"] for each in await overview(bob)}
    assert [message["content"] for message in await bob.history(room)] == ["hi"]
    # A change is no message.
    path = f"/api/messages/{room['id']}/{first['id']}"
    (await ann.patch(path, {"content": "hello"})).expect(200)
    assert await listed(bob) == []

    of_bob.forget()
    await ann.say(room, "again")
    await of_bob.hears("new_message", content="again")
    told = [event for event, _ in of_bob.heard if event in {"membership_added", "new_message"}]
    assert told == ["membership_added", "new_message"]
    assert await listed(bob) == [room["id"]]
    await of_ann.catch_up()
    assert not of_ann.all("room_hidden")
    # Whoever opens or answers a hidden one has it again as well.
    for again in (lambda: direct(bob, ann), lambda: bob.say(room, "yes")):
        (await bob.delete(f"/api/direct/{room['id']}")).expect(200)
        of_bob.forget()
        await again()
        await of_bob.hears("membership_added")
        assert await listed(bob) == [room["id"]]


async def test_hiding_and_writing_at_once_leave_it_in_the_list_or_out_as_was_told(people: People):
    ann, bob = await people("ann", "bob")
    room = await direct(ann, bob)
    await ann.say(room, "first")
    of_bob = await bob.connect()
    for n in range(10):
        await of_bob.catch_up()
        of_bob.forget()
        await asyncio.gather(ann.say(room, f"n {n}"), bob.delete(f"/api/direct/{room['id']}"))
        await of_bob.catch_up()
        told = [event for event, _ in of_bob.heard if event in {"room_hidden", "membership_added"}]
        is_listed = await listed(bob) == [room["id"]]
        assert is_listed is (told[-1] == "membership_added")
        assert told in (["room_hidden"], ["room_hidden", "membership_added"])
        await direct(bob, ann)


ROUTES = [
    ("PUT", "/api/rooms/{room}", {"name": "ours"}),
    ("PUT", "/api/rooms/{room}", {"archived": True}),
    ("PUT", "/api/rooms/{room}", {"is_private": True, "password": "secret"}),
    ("DELETE", "/api/rooms/{room}", None),
    ("PUT", "/api/rooms/{room}/picture", None),
    ("DELETE", "/api/rooms/{room}/picture", None),
    ("POST", "/api/rooms/{room}/join", {}),
    ("POST", "/api/rooms/{room}/leave", None),
    ("PATCH", "/api/rooms/{room}/members/{other}", {"role": "moderator"}),
    ("PATCH", "/api/rooms/{room}/members/{other}", {"muted_until": None}),
    ("PUT", "/api/rooms/{room}/members/{third}", None),
    ("DELETE", "/api/rooms/{room}/members/{other}", None),
    ("PUT", "/api/rooms/{room}/bans/{other}", {}),
    ("DELETE", "/api/rooms/{room}/bans/{other}", None),
    ("GET", "/api/rooms/{room}/bans", None),
    ("POST", "/api/rooms/{room}/transfer", {"user_id": "{other}"}),
    ("GET", "/api/rooms/{room}/log", None),
    ("GET", "/api/rooms/{room}/reports", None),
    ("POST", "/api/rooms/{room}/reports/{other}", {"action": "dismiss"}),
    ("POST", "/api/rooms/{room}/invites", {}),
    ("GET", "/api/rooms/{room}/invites", None),
    ("DELETE", "/api/rooms/{room}/invites/{me}", None),
    ("DELETE", "/api/rooms/{room}/invites/{other}", None),
]
OPEN = [  # to those who are in it
    ("GET", "/api/rooms/{room}", None),
    ("GET", "/api/rooms/{room}/members", None),
    ("GET", "/api/rooms/{room}/pins", None),
    ("GET", "/api/rooms/{room}/export/size", None),
    ("POST", "/api/rooms/{room}/export", {"format": "json"}),
    ("GET", "/api/messages/{room}", None),
    ("POST", "/api/messages/{room}", {"content": "hi"}),
    ("GET", "/api/messages/{room}/1/readers", None),
    ("GET", "/api/messages/{room}/{message}", None),
    ("PATCH", "/api/messages/{room}/{message}", {"content": "hello"}),
    ("GET", "/api/messages/{room}/{message}/edits", None),
    ("GET", "/api/messages/{room}/{message}/read-by", None),
    ("GET", "/api/messages/{room}/{message}/thread", None),
    ("GET", "/api/messages/{room}/{message}/reactions", None),
    ("PUT", "/api/messages/{room}/{message}/reactions/👍", None),
    ("DELETE", "/api/messages/{room}/{message}/reactions/👍", None),
    ("PUT", "/api/messages/{room}/{message}/pin", None),
    ("DELETE", "/api/messages/{room}/{message}/pin", None),
    ("DELETE", "/api/messages/{room}/{message}", None),
    ("DELETE", "/api/direct/{room}", None),
    ("POST", "/api/rooms/{room}/unread", {"seq": 1}),
    ("PUT", "/api/rooms/{room}/notifications", {"level": "none"}),
]
OF_ANOTHERS = [
    ("POST", "/api/messages/{room}/{message}/report", {"reason": "spam", "with_context": False})
]  # not of one's own message
DOWNLOADS = [("GET", "/api/rooms/{room}/export?format=json", None)]  # what is in them is for test_exports.py
EVENTS = [
    ("join_room", {}, "direct_room"),
    ("leave_room", {}, "direct_room"),
    ("send_message", {"content": "hi"}, None),
    ("typing_start", {}, None),
    ("typing_stop", {}, None),
    ("mark_read", {"seq": 1}, None),
    ("mark_delivered", {"seq": 1}, None),
]


async def test_nobody_manages_it_and_to_others_it_is_not_there(stage: "Stage"):
    wrong = {}
    for route in [*OF_ANOTHERS, *ROUTES, *OPEN, *DOWNLOADS]:
        for outsider in (stage.eve, stage.admin):
            if outsider is stage.admin and "/reports" in route[1]:
                continue  # what somebody in it reported is theirs to decide
            refused = await stage.ask(outsider, *route)
            if (refused.status, refused.text[:40].count("room_not_found")) != (404, 1):
                wrong[outsider.name, route[:2]] = refused.status, refused.text[:60]
        if route in DOWNLOADS:
            continue
        answer = await stage.ask(stage.bob if route in OF_ANOTHERS else stage.ann, *route)
        if route not in ROUTES:
            assert answer.status in {200, 201}, answer.text
        elif (answer.status, answer.code) != (409, "direct_room"):
            wrong[stage.ann.name, route[:2]] = answer.status, answer.text[:60]
    assert wrong == {}


async def test_no_event_does_either(stage: "Stage"):
    ears = [await person.connect() for person in (stage.ann, stage.eve, stage.admin)]
    for name, more, code in EVENTS:
        answers = [await ear.call(name, {"room_id": stage.room["id"], **more}) for ear in ears]
        codes = [answer.get("error", {}).get("code") for answer in answers]
        assert (name, codes) == (name, [code, "room_not_found", "room_not_found"])


async def test_the_tables_above_have_every_route_that_names_a_room(stage: "Stage"):
    paths = (await stage.ann.get("/openapi.json")).expect(200)["paths"]
    named = {
        (method.upper(), path.replace("room_id", "room"))
        for path, methods in paths.items()
        for method in methods
        if "{room_id}" in path
    }
    tested = {(method, path) for method, path, _ in [*ROUTES, *OPEN, *OF_ANOTHERS, *DOWNLOADS]}
    assert {(m, _bare(p)) for m, p in named} - {(m, _bare(p)) for m, p in tested} == set()


def _bare(path: str) -> str:
    """Without the names of its parameters and a slash at its end."""
    return re.sub(r"\{\w+\}|👍", "{}", path.partition("?")[0]).replace("/1/", "/{}/").rstrip("/")


async def test_a_host_may_do_without_and_what_there_is_stays(stage: "Stage"):
    asked = await stage.admin.put("/api/admin/host", {"direct_messages": False})
    assert asked.expect(200)["direct_messages"] is False
    refused = await stage.ann.post("/api/direct/", {"user_ids": [stage.eve.id]})
    assert (refused.status, refused.code) == (403, "direct_messages_off")
    assert (await direct(stage.bob, stage.ann))["id"] == stage.room["id"]
    await direct(stage.ann)


async def test_new_rooms_have_a_rate_and_known_ones_have_none(tmp_path: Path):
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "lanchat.toml").write_text("[rates]\nnew_direct_rooms = 2\n")
    with LanChat(tmp_path / "data").start() as running:
        async with people_at(running.url) as people:
            ann, bob, cem = await people("ann", "bob", "cem")
            for others in ((), (bob,), (), (bob,)):
                await direct(ann, *others)
            refused = await ann.post("/api/direct/", {"user_ids": [cem.id]})
            assert (refused.status, refused.code) == (429, "too_many")
            assert await direct(ann, bob)
        running.end_well()


class Stage:
    """A direct room of two with a message, and two outside, one of whom administers the host."""

    def __init__(self, ann: Person, bob: Person, eve: Person, admin: Person) -> None:
        self.ann, self.bob, self.eve, self.admin = ann, bob, eve, admin
        self.room: Payload = {}
        self.message: Payload = {}

    async def set(self) -> "Stage":
        self.room = await direct(self.ann, self.bob)
        self.message = await self.ann.say(self.room, "hi")
        return self

    async def ask(self, who: Person, method: str, path: str, body: Payload | None):
        names = {
            "room": self.room["id"],
            "message": self.message["id"],
            "me": who.id,
            "other": self.bob.id,
            "third": self.eve.id,
        }
        filled = None if body is None else {k: self.bob.id if v == "{other}" else v for k, v in body.items()}
        return await who.request(method, path.format(**names), json=filled)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    with LanChat(tmp_path / "data").start() as running:
        async with people_at(running.url) as people:
            ann, bob, eve, admin = await people("ann", "bob", "eve", "admin")
            (await admin.post("/api/admin/claim", {"code": code_of(running)})).expect(200)
            yield await Stage(ann, bob, eve, admin).set()
        running.end_well()
