"""`POST /api/upload/`: what comes back, what is refused, and that nothing remains of a refusal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.files import MB, fetch, insist, peak_memory, stored, until_stored, upload
from tests.people import PATIENCE, People, Person, people_at
from tests.server import LanChat
from tests.unit.files import samples

DELIMITER = "delimiter"


def part(filename: str, content: bytes, name: str = "file", kind: str = "") -> bytes:
    head = f'--{DELIMITER}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    if kind:
        head += f"Content-Type: {kind}\r\n"
    return head.encode() + b"\r\n" + content + b"\r\n"


async def post_form(person: Person, *parts: bytes, end: bytes = f"--{DELIMITER}--\r\n".encode()):
    headers = {"Content-Type": f"multipart/form-data; boundary={DELIMITER}"}
    return await person.post("/api/upload/", data=b"".join(parts) + end, headers=headers)


async def test_a_file_comes_back_described(people: People):
    ann = await people.one()
    answer = await upload(ann, b"hello", "notes.txt")
    assert answer.status == 201
    assert answer.body == {
        "filename": "notes.txt",
        "file_path": answer.body["file_path"],
        "file_size": 5,
        "content_type": "text/plain",
        "width": None,
        "height": None,
    }
    assert (await fetch(ann, answer.body["file_path"])).content == b"hello"


async def test_the_path_works_without_its_slash(people: People):
    ann = await people.one()
    form = aiohttp.FormData()
    form.add_field("file", b"hello", filename="notes.txt")
    assert (await ann.post("/api/upload", data=form)).status == 201


async def test_a_file_is_stored_under_a_name_that_nobody_guesses(server: LanChat, people: People):
    answer = await upload(await people.one(), b"hello", "../../notes.txt")
    name = answer.body["file_path"].removeprefix("/files/")
    assert len(bytes.fromhex(name)) * 8 == 128
    path = server.data_dir / "uploads" / name[:2] / name
    assert path.read_bytes() == b"hello"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_an_upload_needs_a_login(server: LanChat, people: People):
    before = stored(server)
    answer = await insist_on(server, people.newcomer(), *[bytes(MB)] * 3)
    assert (answer.status, answer.code) == (401, "not_authenticated")
    assert stored(server) == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.jpeg(samples.SIDEWAYS), ("image/jpeg", 48, 64)),
        (samples.png(), ("image/png", 64, 48)),
        (samples.gif(), ("image/gif", 64, 48)),
        (samples.webp(), ("image/webp", 64, 48)),
    ],
)
async def test_an_image_is_known_by_its_content(people: People, content: bytes, expected: tuple[str, int, int]):
    ann = await people.one()
    answer = await upload(ann, content, "archive.zip", "application/zip")
    assert (answer.body["content_type"], answer.body["width"], answer.body["height"]) == expected
    stored = (await fetch(ann, answer.body["file_path"])).content
    assert samples.SECRET not in stored
    assert len(stored) == answer.body["file_size"]


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", samples.png()[:60], b"\xff\xd8\xff" + bytes(40)])
async def test_what_only_claims_to_be_an_image_is_none(people: People, content: bytes):
    answer = await upload(await people.one(), content, "photo.jpg", "image/jpeg")
    assert (answer.status, answer.body["content_type"]) == (201, "application/octet-stream")
    assert answer.body["width"] is None


async def test_a_decompression_bomb_is_refused(server: LanChat, people: People):
    before = stored(server)
    answer = await upload(await people.one(), samples.huge_png(), "small.png")
    assert (answer.status, answer.code) == (413, "too_many_pixels")
    await until_stored(server, before)


async def test_names_are_made_harmless(people: People):
    ann = await people.one()
    for claimed, shown in {"../x/报告.txt": "报告.txt", "invoice\u202egnp.exe": "invoicegnp.exe"}.items():
        assert (await post_form(ann, part(claimed, b"x"))).body["filename"] == shown
    long = (await post_form(ann, part("长" * 200 + ".pdf", b"x"))).body["filename"]
    assert len(long.encode()) <= 255
    assert long.endswith("长.pdf")


async def insist_on(server: LanChat, person: Person, *pieces: bytes, kind: str = "", **headers: str):
    """One file whose sender doesn't listen before all is sent."""
    form = [part("video.mp4", pieces[0], kind=kind)[:-2], *pieces[1:], f"\r\n--{DELIMITER}--\r\n".encode()]
    authorized = {
        "Authorization": f"Bearer {person.token}",
        "Content-Type": f"multipart/form-data; boundary={DELIMITER}",
        **headers,
    }
    size = sum(map(len, form)) if "Chunked" not in headers else None
    return await insist(server, "/api/upload/", form, authorized, size)


async def test_fifty_megabytes_are_taken(people: People):
    answer = await upload(await people.one(), bytes(50 * MB), "video.mp4")
    assert answer.expect(201)["file_size"] == 50 * MB


REFUSED_SIZES = {
    "one byte more": ([bytes(MB)] * 50 + [b"x"], "", {}, 50),
    "far more": ([bytes(MB)] * 120, "", {}, 50),
    "far more after a 100": ([bytes(MB)] * 120, "", {"Expect": "100-continue"}, 50),
    "without a length": ([bytes(MB)] * 60, "", {"Chunked": "yes"}, 50),
    "an image": ([samples.png() + bytes(MB)] + [bytes(MB)] * 10, "", {}, 10),
    "what claims to be an image": ([bytes(MB)] * 11, "image/gif", {}, 10),
}


@pytest.mark.parametrize(("pieces", "kind", "headers", "limit"), REFUSED_SIZES.values(), ids=REFUSED_SIZES)
async def test_what_is_too_large_is_refused_and_its_sender_told(
    server: LanChat, people: People, *, pieces: list[bytes], kind: str, headers: dict[str, str], limit: int
):
    before = stored(server)
    answer = await insist_on(server, await people.one(), *pieces, kind=kind, **headers)
    assert (answer.status, answer.code) == (413, "too_large")
    assert answer.body["error"]["details"]["limit"] == limit * MB
    await until_stored(server, before)


async def test_an_empty_file_is_refused(server: LanChat, people: People):
    before = stored(server)
    answer = await upload(await people.one(), b"", "empty.txt")
    assert (answer.status, answer.code) == (400, "empty_file")
    await until_stored(server, before)


BROKEN = {
    "no file": [part("a.txt", b"x", name="other")],
    "a field without a file name": [
        f'--{DELIMITER}\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n'.encode()
    ],
    "two files": [part("a.txt", b"x"), part("b.txt", b"y")],
    "a part without a name": [f"--{DELIMITER}\r\nContent-Type: text/plain\r\n\r\nx\r\n".encode()],
    "no parts": [b"hello"],
    "a name that is no text": [part("a", b"x").replace(b'"a"', b'"\xff\xfe"')],
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN)
async def test_a_form_without_exactly_one_file_is_refused(server: LanChat, people: People, parts: list[bytes]):
    before = stored(server)
    answer = await post_form(await people.one(), *parts)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert answer.body["error"]["details"]["fields"]
    await until_stored(server, before)


async def test_a_form_that_never_ends_is_refused(server: LanChat, people: People):
    before = stored(server)
    answer = await post_form(await people.one(), part("a.txt", b"x"), end=b"")
    assert (answer.status, answer.code) == (400, "invalid_input")
    await until_stored(server, before)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_only_a_form_is_taken(people: People, kind: str):
    answer = await (await people.one()).post("/api/upload/", data=b"{}", headers={"Content-Type": kind})
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


async def test_other_fields_are_let_be(people: People):
    note = f'--{DELIMITER}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhi\r\n'.encode()
    answer = await post_form(await people.one(), note, part("a.txt", b"x"), note)
    assert answer.status == 201
    assert answer.body["file_size"] == 1


async def test_a_disconnection_half_way_leaves_nothing(server: LanChat, people: People):
    before = stored(server)
    ann = await people.one()
    _, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(
        f"POST /api/upload/ HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {ann.token}\r\n"
        f"Content-Type: multipart/form-data; boundary={DELIMITER}\r\nContent-Length: {20 * MB}\r\n\r\n".encode()
        + part("half.bin", bytes(MB))[:-2]
    )
    async with asyncio.timeout(PATIENCE):
        while stored(server) == before:  # noqa: ASYNC110, a disk tells nothing
            await asyncio.sleep(0.01)
    writer.transport.abort()
    await until_stored(server, before)


@asynccontextmanager
async def configured(data_dir: Path, **settings: int) -> AsyncIterator[tuple[LanChat, Person]]:
    """A LanChat with its own lanchat.toml, and somebody who uses it."""
    (data_dir / "lanchat.toml").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
    server = LanChat(data_dir).start()
    try:
        async with people_at(server.url) as people:
            yield server, await people.one()
        assert server.stop() == 0
    finally:
        server.kill()


async def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path):
    async with configured(tmp_path, disk_reserve_bytes=1 << 60) as (server, ann):
        answer = await upload(ann, b"hello")
        assert (answer.status, answer.code) == (507, "storage_full")
        assert stored(server) == set()


async def test_a_disk_that_fills_up_half_way_is_said_and_leaves_nothing(tmp_path: Path):
    server = LanChat(tmp_path, prefix=("prlimit", f"--fsize={8 * MB}")).start()
    try:
        async with people_at(server.url) as people:
            ann = await people.one()
            answer = await insist_on(server, ann, *[bytes(MB)] * 9)
            assert (answer.status, answer.code) == (507, "storage_full")
            await until_stored(server, set())
            assert (await upload(ann, bytes(7 * MB), "video.mp4")).status == 201
        assert server.stop() == 0
    finally:
        server.kill()


async def test_a_quota_holds_for_all_files_of_a_user_together(tmp_path: Path):
    async with configured(tmp_path, upload_quota_bytes=2 * MB) as (server, ann):
        assert (await upload(ann, bytes(MB))).status == 201
        answer = await upload(ann, bytes(MB + 1))
        assert (answer.status, answer.code) == (413, "quota_exceeded")
        assert answer.body["error"]["details"]["used"] == MB
        assert (await upload(ann, bytes(MB))).status == 201
        assert len(stored(server)) == 2


async def test_sixty_uploads_a_minute_are_the_limit(people: People):
    ann, ben = await people.one(), await people.one()
    for _ in range(60):
        assert (await upload(ann, b"x")).status == 201
    answer = await upload(ann, b"x")
    assert (answer.status, answer.code) == (429, "too_many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert (await upload(ben, b"x")).status == 201


async def test_a_large_upload_takes_no_memory(tmp_path: Path):
    async with configured(tmp_path) as (server, ann):
        await upload(ann, bytes(MB), "warm.bin")
        before = peak_memory(server)
        assert (await upload(ann, bytes(49 * MB), "video.mp4")).status == 201
        assert peak_memory(server) - before < 8 * MB
