"""Joining with a name only."""

from pathlib import Path

from tests.people import People, Person
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
