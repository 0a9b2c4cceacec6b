"""Joining with a name only."""

from pathlib import Path

from tests.people import PASSWORD, People, Person
from tests.server import LanChat


async def test_a_guest_gives_a_name_and_is_in_the_lobby(people: People):
    (ann,) = await people("ann")
    lobby = await ann.lobby()
    name = f"guest_{ann.id}"
    body = (await ann.post("/api/auth/guest", {"username": name}, headers={"Authorization": ""})).expect(201)
    assert (body["username"], body["is_guest"], body["is_admin"]) == (name, True, False)
    as_guest = {"Authorization": f"Bearer {body['access_token']}"}
    rooms = (await ann.get("/api/rooms/", headers=as_guest)).expect(200)
    assert lobby["id"] in [room["id"] for room in rooms["user_rooms"]]
    sent = await ann.post(f"/api/messages/{lobby['id']}", {"content": "hello"}, headers=as_guest)
    assert sent.expect(201)["username"] == name


async def test_a_guests_name_is_theirs_and_nobody_logs_in_to_it(people: People):
    (ann,) = await people("ann")
    name = f"only_{ann.id}"
    (await ann.post("/api/auth/guest", {"username": name})).expect(201)
    again = await ann.post("/api/auth/guest", {"username": name.upper()})
    assert (again.status, again.code) == (409, "username_taken")
    for password in ("", "None", "secret1"):
        login = await ann.post("/api/auth/login", data={"username": name, "password": password})
        assert login.status in {400, 401}
    for wrong in ("x", "two words", "LanChat", 5, None):
        assert (await ann.post("/api/auth/guest", {"username": wrong})).status == 400


async def test_a_host_that_takes_no_guests_says_so(tmp_path: Path):
    (tmp_path / "lanchat.toml").write_text("allow_guests = false\n")
    server = LanChat(tmp_path).start()
    try:
        eve = Person(server.url, "eve", "127.0.0.1")
        refusal = await eve.post("/api/auth/guest", {"username": "eve"})
        assert (refusal.status, refusal.code) == (403, "guests_not_allowed")
        assert (await eve.get("/api/info")).body["guests_allowed"] is False
        await eve.close()
    finally:
        assert server.stop() == 0


async def as_guest(people: People, name: str = "guest") -> Person:
    guest = people.newcomer(name)
    body = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)
    guest.id, guest.token = body["id"], body["access_token"]
    return guest


async def test_a_guest_is_told_from_others_wherever_they_speak(people: People):
    ann, guest = await people.one("ann"), await as_guest(people, "gus")
    room = await ann.make_room()
    await guest.join(room)
    heard_by_ann, of_guest = await ann.connect(), await guest.connect()
    await of_guest.emit("typing_start", {"room_id": room["id"]})
    typing = await heard_by_ann.hears("typing_update")
    assert (typing["typing_users"], typing["typing_guests"]) == ([guest.name], [guest.name])
    for speaker, is_guest in ((guest, True), (ann, False)):
        said = await speaker.say(room, "hello")
        assert said["is_guest"] is is_guest
        assert (await heard_by_ann.hears("new_message", id=said["id"]))["is_guest"] is is_guest
        (row,) = [
            row
            for row in (await ann.get("/api/messages/overview")).expect(200)["rooms"]
            if row["room_id"] == room["id"]
        ]
        assert row["last_message"]["is_guest"] is is_guest
    assert [message["is_guest"] for message in await ann.history(room)] == [True, False]

    (await guest.post("/api/auth/upgrade", new_password())).expect(200)
    await of_guest.emit("typing_stop", {"room_id": room["id"]})
    await of_guest.emit("typing_start", {"room_id": room["id"]})
    await heard_by_ann.hears("typing_update", typing_users=[guest.name], typing_guests=[])
    assert (await guest.say(room, "still me"))["is_guest"] is False
    history = (await ann.get(f"/api/messages/{room['id']}")).expect(200)["messages"]
    assert not any(message["is_guest"] for message in history)


def new_password(**changes: str) -> dict[str, str]:
    return {"password": PASSWORD, "password2": PASSWORD, **changes}


async def test_a_guest_makes_an_account_and_stays_who_they_are(people: People):
    guest, ann = await as_guest(people), await people.one("ann")
    garden = await ann.make_room()
    await guest.join(garden)
    said = await guest.say(garden, "as a guest")
    ear = await guest.connect()

    body = (await guest.post("/api/auth/upgrade", new_password())).expect(200)

    assert (body["id"], body["username"], body["is_guest"]) == (guest.id, guest.name, False)
    await ear.catch_up()
    assert (await guest.get("/api/auth/me")).expect(200)["is_guest"] is False
    guest.token = await guest.log_in()
    assert garden["id"] in [room["id"] for room in (await guest.get("/api/rooms/")).expect(200)["user_rooms"]]
    assert (await guest.history(garden))[0]["user_id"] == said["user_id"] == guest.id


async def test_an_account_is_made_once_and_by_its_guest_only(people: People):
    guest, ann = await as_guest(people), await people.one("ann")
    for body in (new_password(password2="another"), new_password(password="short", password2="short"), {}):
        assert (await guest.post("/api/auth/upgrade", body)).expect(400)["error"]["code"] == "invalid_input"
    refusal = await ann.post("/api/auth/upgrade", new_password(password="stolen account", password2="stolen account"))
    assert refusal.expect(409)["error"]["code"] == "not_a_guest"
    await ann.log_in()
    assert (await people.newcomer().post("/api/auth/upgrade", new_password())).status == 401
    (await guest.post("/api/auth/upgrade", new_password())).expect(200)
    assert (await guest.post("/api/auth/upgrade", new_password())).status == 409


async def test_a_name_that_its_guest_gave_up_goes_without_what_they_said(people: People):
    guest, ann = await as_guest(people), await people.one("ann")
    garden = await ann.make_room()
    await guest.join(garden)
    await guest.say(garden, "by the first")
    assert (await people.newcomer().post("/api/auth/guest", {"username": guest.name})).code == "username_taken"
    (await guest.post("/api/auth/logout")).expect(200)

    second = people.newcomer()
    body = (await second.post("/api/auth/guest", {"username": guest.name})).expect(201)

    assert body["id"] != guest.id
    second.token = body["access_token"]
    assert garden["id"] not in [room["id"] for room in (await second.get("/api/rooms/")).expect(200)["user_rooms"]]
    (message,) = await ann.history(garden)
    assert (message["user_id"], message["username"]) == (guest.id, f"{guest.name}_1")
    third = await people.newcomer().post("/api/auth/register", {**new_password(), "username": guest.name})
    assert third.code == "username_taken"


async def test_an_ended_guest_s_name_can_be_registered(people: People):
    guest = await as_guest(people)
    (await guest.post("/api/auth/logout")).expect(200)
    body = (await guest.post("/api/auth/register", {**new_password(), "username": guest.name})).expect(201)
    assert body["id"] != guest.id
    assert body["is_guest"] is False
