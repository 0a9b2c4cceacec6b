"""`GET /files/<name>`: who may read a file."""

import asyncio
from http.cookies import SimpleCookie

import pytest

from tests.files import fetch, share, upload
from tests.people import PASSWORD, PATIENCE, People, Person
from tests.server import LanChat
from tests.unit.files import samples

CONTENT = bytes(range(256)) * 4


async def files_cookie(person: Person) -> str:
    form = {"username": person.name, "password": PASSWORD}
    answer = await person.post("/api/auth/login", data=form)
    answer.expect(200)
    (morsel,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert morsel["httponly"]
    assert (morsel["path"], morsel["samesite"]) == ("/files/", "Strict")
    return f"{morsel.key}={morsel.value}"


async def test_an_upload_is_its_uploaders_until_it_is_sent(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    path = (await upload(ann, CONTENT)).expect(201)["file_path"]
    assert (await fetch(ann, path)).content == CONTENT
    assert (await fetch(bob, path)).status == 404
    await ann.say(room, path, message_type="file", file_path=path)
    assert (await fetch(bob, path)).content == CONTENT


async def test_a_file_sent_as_its_path_only_is_the_rooms_too(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    path = (await upload(ann, samples.png(), "photo.png")).expect(201)["file_path"]
    message = await ann.say(room, path, message_type="image")
    assert message["attachment"]["filename"] == "photo.png"
    assert (await fetch(bob, path)).status == 200


async def test_an_outsider_learns_nothing_of_a_file(people: People):
    ann, eve = await people("ann", "eve")
    path = await share(ann, await ann.make_room(), CONTENT)
    await eve.make_room()  # being in some room doesn't help
    refused = await fetch(eve, path)
    assert refused.status == 404
    assert refused.content == (await fetch(eve, "/files/" + "0" * 32)).content
    name = path.removeprefix("/files/")
    assert (await fetch(eve, path, If_None_Match=f'"{name}"')).status == 404
    assert (await fetch(eve, path, Range="bytes=0-1")).status == 404
    assert (await fetch(eve, path, "HEAD")).status == 404


async def test_a_stranger_is_asked_to_log_in(people: People):
    ann = await people.one()
    path = await share(ann, await ann.make_room(), CONTENT)
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}, {"Cookie": "x=y"}):
        assert (await fetch(people.newcomer(), path, **headers)).status == 401
    assert (await fetch(people.newcomer(), "/files/" + "0" * 32)).status == 401


async def test_who_left_the_room_reads_its_files_no_more(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    path = await share(ann, room, CONTENT)
    assert (await fetch(bob, path)).status == 200
    await bob.leave(room["id"])
    assert (await fetch(bob, path)).status == 404


async def test_a_room_that_is_gone_takes_its_files_along(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    path = await share(ann, room, CONTENT)
    (await ann.delete(f"/api/rooms/{room['id']}")).expect(200)
    assert (await fetch(bob, path)).status == 404


async def test_nobody_opens_anothers_file_by_sending_it(people: People):
    ann, eve = await people("ann", "eve")
    path = (await upload(ann, CONTENT)).expect(201)["file_path"]
    room = await eve.make_room()
    message = {"content": path, "message_type": "file", "file_path": path}
    assert (await eve.post(f"/api/messages/{room['id']}", message)).status == 404
    assert (await fetch(eve, path)).status == 404


async def test_the_cookie_opens_files_and_nothing_else(people: People):
    ann, eve = await people("ann", "eve")
    path = await share(ann, await ann.make_room(), CONTENT)
    cookie = await files_cookie(ann)
    assert (await fetch(ann, path, Cookie=cookie)).content == CONTENT
    assert (await fetch(ann, path, "HEAD", Cookie=cookie)).status == 200
    assert (await fetch(eve, path, Cookie=await files_cookie(eve))).status == 404
    assert (await fetch(ann, "/api/auth/me", Cookie=cookie)).status == 401
    assert (await fetch(ann, "/api/upload/", "POST", Cookie=cookie)).status == 401
    name, _, value = cookie.partition("=")
    assert (await fetch(ann, path, Cookie=f"{name}={ann.token}")).status == 401
    assert (await fetch(ann, path, Authorization=f"Bearer {value}")).status == 401


async def test_two_accounts_in_one_browser_read_their_own_files(people: People):
    """One tab each; the browser sends the cookies of both with whatever either asks for."""
    ann, bob = await people("ann", "bob")
    anns, bobs = await share(ann, await ann.make_room(), CONTENT), await share(bob, await bob.make_room(), CONTENT)
    mine, his = await files_cookie(ann), await files_cookie(bob)
    assert mine.partition("=")[0] != his.partition("=")[0]
    both = f"{mine}; {his}"
    browser = people.newcomer()
    for path, reader, other in ((anns, ann, bob), (bobs, bob, ann)):
        assert (await fetch(browser, path, Cookie=both)).content == CONTENT
        assert (await fetch(browser, f"{path}?as={reader.id}", Cookie=both)).content == CONTENT
        assert (await fetch(browser, f"{path}?as={other.id}", Cookie=both)).status == 404
    ended = f"{mine}; {his}x"
    assert (await fetch(browser, anns, Cookie=ended)).content == CONTENT, "one that is over spoils nothing"
    assert (await fetch(browser, f"{bobs}?as={bob.id}", Cookie=ended)).status == 401


async def test_the_cookie_of_an_earlier_version_still_opens_files(people: People):
    ann = await people.one()
    path = (await upload(ann, CONTENT)).expect(201)["file_path"]
    name, _, value = (await files_cookie(ann)).partition("=")
    assert (await fetch(ann, path, Cookie=f"{name.rpartition('_')[0]}={value}")).status == 200


async def test_logging_out_ends_the_cookie_too(people: People):
    ann = await people.one()
    path = (await upload(ann, CONTENT)).expect(201)["file_path"]
    cookie = await files_cookie(ann)
    session = (await ann.post("/api/auth/login", data={"username": ann.name, "password": PASSWORD})).expect(200)
    await ann.post("/api/auth/logout", headers={"Authorization": f"Bearer {session['access_token']}"})
    assert (await fetch(ann, path, Cookie=cookie)).status == 200  # another session's
    (morsel,) = SimpleCookie(
        (answer := await ann.post("/api/auth/login", data={"username": ann.name, "password": PASSWORD})).headers[
            "Set-Cookie"
        ]
    ).values()
    await ann.post("/api/auth/logout", headers={"Authorization": f"Bearer {answer.body['access_token']}"})
    assert (await fetch(ann, path, Cookie=f"{morsel.key}={morsel.value}")).status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/files/../lanchat.db",
        "/files/..%2f..%2flanchat.db",
        "//etc/passwd",
        "/files//etc/passwd",
        "/files/",
        "/files/%00",
    ],
)
async def test_no_path_leads_out_of_the_uploads(people: People, server: LanChat, path: str):
    ann = await people.one()
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nConnection: close\r\n"
        f"Authorization: Bearer {ann.token}\r\n\r\n".encode()
    )
    async with asyncio.timeout(PATIENCE):
        answer = await reader.read()
    writer.close()
    assert answer.split(b" ")[1] in {b"400", b"404"}
    assert b"SQLite" not in answer
    assert b"root:" not in answer
