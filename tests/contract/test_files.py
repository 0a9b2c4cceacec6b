"""`GET /files/<name>`: who may read a file, how it arrives, and in which parts."""

import asyncio
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from tests.files import MB, Fetched, fetch, peak_memory, share, stored, upload
from tests.people import PASSWORD, PATIENCE, People, Person, people_at
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


# Who may read


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


# How it arrives


async def shared(people: People, content: bytes, filename: str) -> Fetched:
    ann = await people.one()
    return await fetch(ann, (await upload(ann, content, filename)).expect(201)["file_path"])


@pytest.mark.parametrize(
    ("content", "filename", "kind"),
    [
        (samples.png(), "a.png", "image/png"),
        (samples.jpeg(), "a.html", "image/jpeg"),
        (samples.gif(), "a", "image/gif"),
        (samples.webp(), "a.webp", "image/webp"),
    ],
)
async def test_an_image_is_shown(people: People, content: bytes, filename: str, kind: str):
    answer = await shared(people, content, filename)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert_harmless(answer)


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "logo.svg"),
        (b"<html><script>alert(1)</script></html>", "page.html"),
        (b"<html><script>alert(1)</script></html>", "photo.png"),
        (b"%PDF-1.7", "report.pdf"),
        (b"BM" + bytes(60), "old.bmp"),
    ],
)
async def test_anything_else_is_saved(people: People, content: bytes, filename: str):
    answer = await shared(people, content, filename)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={filename}"
    assert_harmless(answer)


def assert_harmless(answer: Fetched) -> None:
    assert answer.status == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


async def test_a_name_arrives_in_every_script(people: People):
    answer = await shared(people, b"x", '年度 "报告".pdf')
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"__ ____.pdf\"; filename*=UTF-8''%E5%B9%B4%E5%BA%A6%20%22%E6%8A%A5%E5%91%8A%22.pdf"
    )


# In parts


@pytest.fixture
async def part_of(people: People):
    ann = await people.one()
    path = (await upload(ann, CONTENT, "notes.bin")).expect(201)["file_path"]

    async def read(method: str = "GET", **headers: str) -> Fetched:
        return await fetch(ann, path, method, **headers)

    return read


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        ("bytes=1000-", 1000, 1024),
        ("bytes=1000-9999", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-9999", 0, 1024),
    ],
)
async def test_a_part_is_sent_for_a_range(part_of, wanted: str, start: int, end: int):
    answer = await part_of(Range=wanted)
    assert (answer.status, answer.content) == (206, CONTENT[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/1024"
    assert answer.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=9999-10000"])
async def test_a_range_behind_the_end_is_refused(part_of, wanted: str):
    answer = await part_of(Range=wanted)
    assert answer.status == 416
    assert answer.headers["Content-Range"] == "bytes */1024"
    assert b"range_not_satisfiable" in answer.content


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=1-2", "bytes", "bytes=a-b", "bytes=9-3", "bytes=--1", ""])
async def test_a_range_that_cant_be_understood_gets_the_whole(part_of, wanted: str):
    answer = await part_of(Range=wanted)
    assert (answer.status, answer.content) == (200, CONTENT)
    assert answer.headers["Accept-Ranges"] == "bytes"


async def test_what_is_known_is_not_sent_again(part_of):
    etag = (await part_of()).headers["ETag"]
    answer = await part_of(If_None_Match=f'"other", {etag}')
    assert (answer.status, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert (await part_of(If_None_Match='"other"')).status == 200


async def test_a_part_is_sent_only_of_the_same_file(part_of):
    etag = (await part_of()).headers["ETag"]
    assert (await part_of(Range="bytes=0-9", If_Range=etag)).status == 206
    assert (await part_of(Range="bytes=0-9", If_Range='"other"')).status == 200


async def test_a_head_tells_all_but_the_content(part_of):
    whole, head = await part_of(), await part_of("HEAD")
    assert (head.status, head.content) == (200, b"")
    for name in ("Content-Length", "Content-Type", "Content-Disposition", "ETag", "Accept-Ranges"):
        assert head.headers[name] == whole.headers[name]


# Large files, slow and broken readers


async def test_a_large_file_to_a_slow_reader_takes_no_memory(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one()
        content = bytes(49 * MB)
        path = (await upload(ann, content, "video.mp4")).expect(201)["file_path"]
        before = peak_memory(own_server)
        reader, writer = await open_download(own_server, ann, path)
        assert (await people.newcomer().get("/health")).status == 200  # nobody else waits for the slow one
        assert peak_memory(own_server) - before < 8 * MB
        async with asyncio.timeout(PATIENCE):
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.readexactly(len(content)) == content
        assert peak_memory(own_server) - before < 8 * MB
        writer.close()


async def test_a_reader_who_leaves_half_way_leaves_no_open_file(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one()
        path = (await upload(ann, bytes(20 * MB), "video.mp4")).expect(201)["file_path"]
        _, writer = await open_download(own_server, ann, path)
        (file,) = stored(own_server)
        async with asyncio.timeout(PATIENCE):
            while not is_open(own_server, file):  # noqa: ASYNC110, another process tells nothing
                await asyncio.sleep(0.01)
            writer.transport.abort()
            while is_open(own_server, file):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert own_server.stop() == 0
    assert "unclosed file" not in "".join(own_server.output)  # closed by us, not by the garbage collector


async def open_download(
    server: LanChat, person: Person, path: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    head = f"GET {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {person.token}\r\n\r\n"
    writer.write(head.encode())
    return reader, writer


def is_open(server: LanChat, file: Path) -> bool:
    descriptors = Path(f"/proc/{server.pid}/fd")
    return any(link.exists() and link.resolve() == file for link in descriptors.iterdir())
