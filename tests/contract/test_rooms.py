"""The contract's section on rooms over REST."""

import pytest

from tests.people import People

DETAIL_FIELDS = {
    "id": int,
    "name": str,
    "description": str,
    "is_private": bool,
    "created_at": str,
    "created_by": int,
    "member_count": int,
    "online_count": int,
}


@pytest.mark.parametrize("slash", ["", "/"])
async def test_making_a_room_makes_its_owner(people: People, slash: str):
    ann = await people.one("ann")
    draft = {"name": f"Garden of {ann.name}", "description": "flowers", "is_private": False, "password": ""}
    room = (await ann.post(f"/api/rooms{slash}", draft)).expect(201)

    assert {name: type(room[name]) for name in DETAIL_FIELDS} == DETAIL_FIELDS
    assert room["description"] == "flowers"
    assert (room["created_by"], room["role"], room["member_count"]) == (ann.id, "owner", 1)
    assert (await ann.get(f"/api/rooms/{room['id']}{slash}")).expect(200) == room


async def test_the_lists_keep_my_rooms_and_the_others_apart(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()

    def ids(rooms: list[dict[str, object]]) -> set[object]:
        return {each["id"] for each in rooms}

    of_ann = (await ann.get("/api/rooms")).expect(200)
    of_bob = (await bob.get("/api/rooms/")).expect(200)
    assert set(of_ann) == {"user_rooms", "available_rooms", "archived_rooms", "has_more"}
    assert room["id"] in ids(of_ann["user_rooms"]) - ids(of_ann["available_rooms"])
    assert room["id"] in ids(of_bob["available_rooms"]) - ids(of_bob["user_rooms"])


async def test_newcomers_find_themselves_in_the_lobby(people: People):
    ann = await people.one("ann")
    mine = (await ann.get("/api/rooms/")).expect(200)["user_rooms"]
    assert [(room["name"], room["kind"], room["role"]) for room in mine] == [("Lobby / 大厅", "lobby", "member")]


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 101},
        {"name": 5},
        {"name": "two\nlines"},
        {"name": "hidden\u200bletters"},
        {"name": "\u202eelpoep"},
        {"name": "fine", "description": "x" * 1001},
        {"name": "fine", "is_private": True},
        {"name": "fine", "is_private": True, "password": ""},
        {"name": "fine", "is_private": "yes"},
        {"name": "fine", "is_private": True, "password": "x" * 257},
    ],
)
async def test_a_room_that_cannot_be_is_a_400(people: People, draft: dict[str, object]):
    ann = await people.one("ann")
    assert (await ann.post("/api/rooms/", draft)).expect(400)["error"]["code"] == "invalid_input"


async def test_room_names_are_unique_whatever_their_case(people: People):
    ann = await people.one("ann")
    room = await ann.make_room(f"Kitchen of {ann.name}")
    answer = await ann.post("/api/rooms/", {"name": room["name"].upper()})
    assert answer.expect(409)["error"]["code"] == "room_name_taken"


async def test_a_room_name_may_have_a_hundred_characters(people: People):
    ann = await people.one("ann")
    name = f"{ann.name} ".ljust(100, "室")
    assert (await ann.post("/api/rooms/", {"name": name})).expect(201)["name"] == name


async def test_joining_and_leaving_change_the_count(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()

    joined = (await bob.post(f"/api/rooms/{room['id']}/join")).expect(200)
    assert (joined["member_count"], joined["role"]) == (2, "member")
    assert (await bob.post(f"/api/rooms/{room['id']}/join/", {})).expect(200)["member_count"] == 2
    answer = (await bob.post(f"/api/rooms/{room['id']}/leave")).expect(200)
    assert set(answer) == {"message"}
    assert (await ann.get(f"/api/rooms/{room['id']}")).expect(200)["member_count"] == 1


async def test_a_private_room_opens_to_its_password_only(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="Sesame")
    door = f"/api/rooms/{room['id']}/join"

    for wrong in ({}, {"password": None}, {"password": ""}, {"password": "sesame"}):
        assert (await bob.post(door, wrong)).expect(403)["error"]["code"] == "wrong_room_password"
    assert (await bob.post(door, {"password": 7})).expect(400)["error"]["code"] == "invalid_input"
    assert (await bob.post(door, {"password": "Sesame"})).expect(200)["role"] == "member"
    assert (await bob.post(door)).expect(200)["role"] == "member"


async def test_a_room_password_is_kept_as_it_was_written(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password=" with spaces ")
    await bob.join(room, " with spaces ")


async def test_an_outsider_of_a_private_room_sees_its_row_and_nothing_else(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    rows = (await bob.get("/api/rooms/")).expect(200)["available_rooms"]
    row = next(each for each in rows if each["id"] == room["id"])
    assert row["is_private"] is True
    assert "secret" not in str(row)
    for path in (f"/api/rooms/{room['id']}", f"/api/rooms/{room['id']}/members", f"/api/messages/{room['id']}"):
        assert (await bob.get(path)).expect(403)["error"]["code"] == "not_a_member"


async def test_members_are_listed_by_name_with_role_and_presence(people: People):
    ann, bob, cleo = await people("ann", "bob", "cleo")
    room = await ann.make_room()
    await cleo.join(room)
    await bob.join(room)
    await bob.connect()

    found = (await ann.get(f"/api/rooms/{room['id']}/members")).expect(200)

    assert found["total"] == 3
    members = [(member["username"], member["role"], member["is_online"]) for member in found["members"]]
    assert members == [(ann.name, "owner", False), (bob.name, "member", True), (cleo.name, "member", False)]
    page = (await ann.get(f"/api/rooms/{room['id']}/members", params={"skip": 1, "limit": 1})).expect(200)
    assert [member["id"] for member in page["members"]] == [bob.id]


async def test_an_owner_changes_and_deletes_a_room(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    path = f"/api/rooms/{room['id']}"

    changed = (await ann.put(path, {"name": f"New {ann.name}", "description": "better"})).expect(200)
    assert (changed["name"], changed["description"]) == (f"New {ann.name}", "better")
    assert (await ann.put(path, {"is_private": True})).expect(400)["error"]["code"] == "invalid_input"
    assert (await ann.put(path, {"is_private": True, "password": "pw"})).expect(200)["is_private"] is True
    assert (await bob.post(f"{path}/join")).status == 403
    assert (await ann.put(path, {"is_private": False})).expect(200)["is_private"] is False
    await bob.join(room)
    assert set((await ann.delete(path)).expect(200)) == {"message"}
    assert (await ann.get(path)).expect(404)["error"]["code"] == "room_not_found"
    assert (await bob.get(f"/api/messages/{room['id']}")).status == 404


@pytest.mark.parametrize("standing", ["member", "stranger", "removed"])
async def test_only_the_owner_changes_or_deletes_a_room(people: People, standing: str):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    if standing != "stranger":
        await bob.join(room)
    if standing == "removed":
        await bob.leave(room["id"])
    assert (await bob.put(f"/api/rooms/{room['id']}", {"name": "mine now"})).status == 403
    assert (await bob.delete(f"/api/rooms/{room['id']}")).status == 403
    assert (await ann.get(f"/api/rooms/{room['id']}")).expect(200)["name"] == room["name"]


async def test_the_room_of_an_owner_who_leaves_goes_to_its_eldest_member(people: People):
    ann, bob, cleo = await people("ann", "bob", "cleo")
    room = await ann.make_room()
    await bob.join(room)
    await cleo.join(room)
    ear = await bob.connect()

    await ann.leave(room["id"])

    assert (await ear.hears("role_changed"))["role"] == "owner"
    assert (await bob.put(f"/api/rooms/{room['id']}", {"description": "inherited"})).status == 200
    assert (await cleo.put(f"/api/rooms/{room['id']}", {"description": "no"})).status == 403


async def test_the_lobby_stays(people: People):
    ann = await people.one("ann")
    lobby = await ann.lobby()
    assert (await ann.delete(f"/api/rooms/{lobby['id']}")).expect(409)["error"]["code"] == "lobby_is_permanent"
    assert (await ann.put(f"/api/rooms/{lobby['id']}", {"name": "mine"})).status == 403
    await ann.leave(lobby["id"])
    await ann.join(lobby)


@pytest.mark.parametrize("room_id", ["0", "999999999", "9" * 30, "-1", "x"])
async def test_an_unknown_room_is_a_404(people: People, room_id: str):
    ann = await people.one("ann")
    for method, path in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/join"), ("POST", "/leave")):
        answer = await ann.request(method, f"/api/rooms/{room_id}{path}", json={})
        assert answer.status == 404, (method, path, answer.text)
        assert answer.code in {"room_not_found", "not_found"}
    assert (await ann.get(f"/api/rooms/{room_id}/members")).status == 404


async def test_i_say_of_what_i_am_told_in_a_room_and_all_my_tabs_hear_it(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    room = await ann.make_room()
    assert room["notifications"] == {"level": "all", "muted_until": None}
    assert (await bob.join(room))["notifications"] == {"level": "all", "muted_until": None}
    tab, phone, other = await bob.connect(), await bob.connect(), await ann.connect()
    path, later = f"/api/rooms/{room['id']}/notifications", "2099-01-01T00:00:00.000000Z"
    wish = {"level": "mentions", "muted_until": "2099-01-01T01:00:00+01:00"}
    wanted = (await bob.put(path, wish)).expect(200)
    assert wanted == {"level": "mentions", "muted_until": later}
    for each in (tab, phone):
        assert (await each.hears("room_preferences"))["notifications"] == wanted
    assert (await bob.get(f"/api/rooms/{room['id']}")).expect(200)["notifications"] == wanted
    mine = (await ann.get("/api/rooms/")).expect(200)["user_rooms"]
    assert next(each for each in mine if each["id"] == room["id"])["notifications"]["level"] == "all", "each their own"
    outside = (await eve.get("/api/rooms/")).expect(200)["available_rooms"]
    assert next(each for each in outside if each["id"] == room["id"])["notifications"] is None
    assert (await bob.put(path, {"level": "none"})).expect(200) == {"level": "none", "muted_until": None}
    await other.catch_up()
    assert not other.all("room_preferences")


async def test_a_wish_of_what_one_is_told_is_refused_where_it_means_nothing(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    room, other = await ann.make_room(), await ann.make_room()
    await bob.join(room)
    path = f"/api/rooms/{room['id']}/notifications"
    for wish in ({"level": "all", "muted_until": "2020-01-01T00:00:00Z"}, {"level": "some"}, {}):
        assert (await bob.put(path, wish)).code == "invalid_input"
    await bob.leave(room["id"])
    for who, place in ((eve, room), (bob, room), (bob, other)):
        answer = await who.put(f"/api/rooms/{place['id']}/notifications", {"level": "all"})
        assert (answer.status, answer.code) == (403, "not_a_member")
    assert (await eve.put("/api/rooms/99999/notifications", {"level": "all"})).code == "room_not_found"


async def test_who_joins_a_busy_room_is_told_of_mentions_only_and_the_rest_stays_as_it_was(people: People):
    crowd = await people(*(f"member{number}" for number in range(10)))
    room = await crowd[0].make_room()
    levels = [room["notifications"]["level"]]
    levels += [(await each.join(room))["notifications"]["level"] for each in crowd[1:]]
    assert levels == ["all"] * 9 + ["mentions"]
    assert (await crowd[0].get(f"/api/rooms/{room['id']}")).expect(200)["notifications"]["level"] == "all"
