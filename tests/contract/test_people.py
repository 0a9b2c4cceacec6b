"""The contract's section on people: how one shows oneself, and how others find one."""

from typing import Any

import pytest

from tests.contract.test_guests import as_guest
from tests.contract.test_room_order import at, with_members
from tests.people import PASSWORD, Payload, People, Person

ME = "/api/auth/me"
LATER = "2099-01-01T00:00:00.000000Z"


async def me(person: Person) -> Payload:
    return (await person.get(ME)).expect(200)


async def change(person: Person, **fields: object) -> Payload:
    return (await person.patch(ME, fields)).expect(200)


async def found(person: Person, q: str, **query: object) -> list[int]:
    """Ids, in the order of the directory."""
    answer = (await person.get("/api/users/", params={"q": q, **query})).expect(200)
    return [user["id"] for user in answer["users"]]


def unlike(person: Person) -> str:
    """A display name that no other test has."""
    return f"Anna B. {person.id}"


async def test_what_somebody_says_of_themselves_is_seen_by_those_who_share_a_room(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()
    status = {"emoji": "🏖", "text": "at the sea", "until": LATER}
    said = await change(
        ann, display_name=unlike(ann), real_name=" Anna Berg ", bio="One.\n\n\u202eTwo.", status=status, email="a@x.y"
    )
    seen = {
        "display_name": unlike(ann),
        "initials": None,
        "real_name": "Anna Berg",
        "bio": "One.\n\nTwo.",
        "status": {**status, "emoji": "🏖\ufe0f"},
        "is_admin": False,
    }
    assert said == {**said, **seen, "email": "a@x.y"} == await me(ann)
    told = await of_bob.hears("user_updated", id=ann.id)
    own = {"preferences": said["preferences"], "email": "a@x.y", "can_log_in": True}
    assert {**told, **own} == said
    assert (told["email"], {"preferences", "can_log_in"} & set(told)) == ("", set())
    members = (await bob.get(f"/api/rooms/{room['id']}/members")).expect(200)["members"]
    assert seen.items() <= next(each for each in members if each["id"] == ann.id).items()

    (await ann.patch(ME, {"display_name": None, "real_name": None, "bio": None, "status": None, "email": None}))
    again = await of_bob.hears("user_updated", id=ann.id)
    assert [again[name] for name in ("display_name", "real_name", "bio", "status")] == [None] * 4
    assert (await me(ann))["email"] == ""


async def test_who_shares_no_room_hears_nothing_and_nobody_of_what_is_not_theirs_to_see(people: People):
    ann, eve = await people("ann", "eve")
    of_ann, of_eve = await ann.connect(), await eve.connect()
    await eve.leave((await eve.lobby())["id"])
    await change(ann, display_name=unlike(ann))
    assert (await of_ann.hears("user_updated"))["id"] == ann.id
    await change(ann, email=f"ann{ann.id}@x.y")
    await change(ann, display_name=unlike(ann))
    await of_eve.catch_up()
    await of_ann.catch_up()
    assert of_eve.all("user_updated", id=ann.id) == []
    assert len(of_ann.all("user_updated", id=ann.id)) == 1


async def test_messages_and_quotes_show_the_name_of_now(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = await ann.say(room, "mine")
    answer = await bob.say(room, "and mine", reply_to_id=said["id"])
    assert (said["display_name"], answer["reply_to"]["display_name"]) == (None, None)
    await change(ann, display_name=unlike(ann))
    shown = {message["id"]: message for message in await bob.history(room)}
    assert shown[said["id"]]["display_name"] == unlike(ann)
    assert shown[answer["id"]]["reply_to"]["display_name"] == unlike(ann)
    assert (await ann.say(room, "again"))["display_name"] == unlike(ann)
    assert shown[answer["id"]]["changed_seq"] == answer["changed_seq"]
    of_bob = await bob.connect()
    await ann.leave(room["id"])
    assert (await of_bob.hears("user_left", user_id=ann.id))["display_name"] == unlike(ann)
    assert (await of_bob.hears("new_message", message_type="system"))["system"]["actor_name"] == unlike(ann)


async def test_who_types_is_told_by_the_name_of_now(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_ann, of_bob = await ann.connect(), await bob.connect()
    await change(ann, display_name=unlike(ann))
    await of_ann.emit("typing_start", {"room_id": room["id"]})
    told = await of_bob.hears("typing_update")
    assert (told["typing_users"], told["typing_names"]) == ([ann.name], [unlike(ann)])
    await ann.say(room, "done")
    await of_bob.hears("typing_update", typing_names=[])
    again = await ann.connect()
    await again.emit("typing_start", {"room_id": room["id"]})
    await of_bob.hears("typing_update", typing_names=[unlike(ann)])


async def test_nobody_takes_anothers_name_or_one_that_looks_like_it(people: People):
    ann, bob = await people("ann", "bob")
    shown = f"Paul {ann.id} Il"
    await change(ann, display_name=shown)
    for name in (
        shown,
        shown.upper(),
        f"  {shown}",
        shown.replace("Il", "lI"),
        shown.replace("a", "\u0430"),  # Cyrillic
        shown.replace("P", "\uff30"),
        ann.name,
        ann.name.replace("a", "\u0430"),
        ann.name.upper(),
    ):
        refusal = await bob.patch(ME, {"display_name": name})
        assert (refusal.status, refusal.code) == (409, "name_taken"), name
    single = f"mira{ann.id}"
    await change(ann, display_name=single)
    for username in (single, single.replace("a", "\u0430"), single.replace("i", "\u0456")):
        form = {"username": username, "password": PASSWORD, "password2": PASSWORD}
        assert (await people.newcomer().post("/api/auth/register", form)).code == "username_taken"
        assert (await people.newcomer().post("/api/auth/guest", {"username": username})).code == "username_taken"
    await change(ann, display_name=ann.name.upper())  # one's own
    await change(ann, display_name=None)
    await change(bob, display_name=shown)  # free again


@pytest.mark.parametrize(
    "fields",
    [
        {"display_name": " "},
        {"display_name": "x" * 41},
        {"display_name": "two\nlines"},
        {"display_name": "hid\u200bden"},
        {"display_name": "\u202eevil"},
        {"display_name": "--"},
        {"display_name": "😀"},
        {"display_name": "z" + "\u0335" * 8},
        {"display_name": "LanChat"},
        {"display_name": "L\u0430nChat"},
        {"display_name": 5},
        {"real_name": "x" * 61},
        {"bio": "x" * 301},
        {"bio": "\0"},
        {"status": {"emoji": "x", "text": ""}},
        {"status": {"emoji": "😀😀", "text": "two"}},
        {"status": {"emoji": None, "text": ""}},
        {"status": {"text": "x" * 81}},
        {"status": {"text": "over", "until": "2020-01-01T00:00:00Z"}},
        {"status": {"text": "when?", "until": "tomorrow"}},
        {"status": "busy"},
        {"email": "nowhere"},
        {},
    ],
)
async def test_what_cannot_be_said_of_oneself_is_refused(people: People, fields: dict[str, Any]):
    ann = await people.one("ann")
    before = await me(ann)
    assert (await ann.patch(ME, fields)).expect(400)["error"]["code"] == "invalid_input"
    assert await me(ann) == before


async def test_an_address_belongs_to_one(people: People):
    ann, bob = await people("ann", "bob")
    await change(ann, email=f"Shared{ann.id}@x.y", display_name=unlike(ann))
    refusal = await bob.patch(ME, {"email": f"shared{ann.id}@x.y", "display_name": "Somebody else altogether"})
    assert (refusal.status, refusal.code) == (409, "email_taken")
    assert (await me(bob))["display_name"] is None


async def test_a_profile_is_changed_thirty_times_an_hour(people: People):
    ann = await people.one("ann")
    for number in range(30):
        await change(ann, real_name=f"Anna {number}")
    refusal = await ann.patch(ME, {"real_name": "once more"})
    assert (refusal.status, refusal.code) == (429, "too_many")
    assert int(refusal.headers["Retry-After"]) > 3000


async def test_the_directory_finds_by_name_and_by_sound(people: People):
    ann, ben, cem = await people("ann", "ben", "cem")
    tag = f"q{ann.id}"
    await change(ann, display_name=f"{tag}张三")
    await change(ben, display_name=f"Zoe {tag}张三")
    await change(cem, display_name=f"曾{cem.id}数据")
    assert await found(ann, tag) == [ann.id, ben.id]
    assert await found(cem, tag.upper()) == [ann.id, ben.id]
    assert ann.id in await found(cem, "qzs")
    assert {cem.id} <= set(await found(ann, f"c{cem.id}sj")) & set(await found(ann, f"z{cem.id}sj"))
    assert (await me(cem))["initials"] == f"c{cem.id}sj"
    assert await found(ben, ann.name) == [ann.id]
    assert await found(ben, "%") == []
    assert await found(ben, "\\") == []
    first = (await ben.get("/api/users/", params={"q": tag, "limit": 1})).expect(200)
    assert first["users"][0]["id"] == ann.id
    assert first["users"][0]["email"] == ""
    assert await found(ben, tag, cursor=first["next_cursor"]) == [ben.id]
    assert (await ben.get("/api/users/", params={"cursor": "x"})).status == 400
    assert (await people.newcomer().get("/api/users/")).code == "not_authenticated"


async def test_every_page_of_the_directory_together_is_everybody_once(people: People):
    ann = await people.one("ann")
    await people("a", "b", "c")
    ids: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await ann.get("/api/users/", params={"limit": 7} | ({"cursor": cursor} if cursor else {}))).expect(200)
        ids += [user["id"] for user in page["users"]]
        cursor = page["next_cursor"]
    assert len(ids) == len(set(ids)) >= 4
    assert {person.id for person in people.all} <= set(ids)
    assert not any(user["username"] == "LanChat" for user in page["users"])


async def test_a_guest_is_found_while_their_session_lives(people: People):
    ann, guest = await people.one("ann"), await as_guest(people, "gus")
    await change(guest, display_name=f"Gustav {guest.id}")
    room = await ann.make_room()
    await guest.join(room)
    await guest.say(room, "a trace")
    assert await found(ann, f"gustav {guest.id}") == [guest.id]
    (await guest.post("/api/auth/logout")).expect(200)
    assert await found(ann, f"gustav {guest.id}") == []
    assert (await ann.get(f"/api/users/{guest.id}")).expect(200)["is_guest"] is True
    await change(ann, display_name=f"Gustav {guest.id}")  # nobody bears it any more
    assert (await ann.get(f"/api/users/{guest.id}")).expect(200)["display_name"] is None


async def test_a_card_says_which_rooms_both_are_in(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    await bob.make_room()
    secret = await ann.make_room(password="secret")
    card = (await ann.get(f"/api/users/{bob.id}")).expect(200)
    lobby = await ann.lobby()
    assert [each["id"] for each in card["common_rooms"]] == [
        each["id"] for each in sorted((room, lobby), key=lambda each: each["name"].casefold())
    ]
    assert (card["username"], card["email"], card["is_online"]) == (bob.name, "", False)
    await bob.connect()
    assert (await ann.get(f"/api/users/{bob.id}")).expect(200)["is_online"] is True
    (await ann.put(at(room, "bans", bob.id), {})).expect(200)
    card = (await ann.get(f"/api/users/{bob.id}")).expect(200)
    assert [each["id"] for each in card["common_rooms"]] == [lobby["id"]]
    own = (await ann.get(f"/api/users/{ann.id}")).expect(200)
    assert {room["id"], secret["id"], lobby["id"]} == {each["id"] for each in own["common_rooms"]}
    for nobody in (1, 10**9):  # LanChat itself is nobody
        assert (await ann.get(f"/api/users/{nobody}")).code == "user_not_found"


async def test_a_guest_who_makes_an_account_is_no_guest_to_anybody(people: People):
    ann, guest = await people.one("ann"), await as_guest(people, "gus")
    of_ann = await ann.connect()
    (await guest.post("/api/auth/upgrade", {"password": PASSWORD, "password2": PASSWORD})).expect(200)
    assert (await of_ann.hears("user_updated", id=guest.id))["is_guest"] is False


NAME = f"{ME}/username"


async def test_whoever_takes_another_user_name_logs_in_by_it_and_is_shown_by_it_at_once(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_ann, of_bob = await ann.connect(), await bob.connect()
    former, name = ann.name, f"nina_{ann.id}"
    assert (await ann.put(NAME, {"username": name, "password": "wrong"})).code == "wrong_password"
    assert (await ann.put(NAME, {"username": bob.name.upper(), "password": PASSWORD})).code == "username_taken"
    assert (await ann.put(NAME, {"username": "x", "password": PASSWORD})).status == 400
    assert (await ann.put(NAME, {"username": name, "password": PASSWORD})).expect(200)["username"] == name
    assert (await of_bob.hears("user_updated", id=ann.id))["username"] == name
    await of_ann.emit("typing_start", {"room_id": room["id"]})
    await of_bob.hears("typing_update", typing_users=[name])
    assert (await ann.post("/api/auth/login", data={"username": former, "password": PASSWORD})).status == 401
    ann.name = name
    await ann.log_in()
    for taken in (former, former.replace("a", "\u0430")):
        form = {"username": taken, "password": PASSWORD, "password2": PASSWORD}
        assert (await people.newcomer().post("/api/auth/register", form)).code == "username_taken"
        assert (await bob.patch(ME, {"display_name": taken})).code == "name_taken"
    assert (await ann.put(NAME, {"username": former, "password": PASSWORD})).expect(200)["username"] == former


async def test_a_guest_takes_another_name_without_a_password(people: People):
    guest = await as_guest(people, "gus")
    assert (await guest.put(NAME, {"username": f"gina_{guest.id}"})).expect(200)["username"] == f"gina_{guest.id}"
    assert (await people.newcomer().put(NAME, {"username": "nobody_1"})).status == 401
