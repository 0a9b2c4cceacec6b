"""`GET /files/<name>`: how a file arrives: shown or saved, whole or in parts, to slow and to broken readers."""

import asyncio
from pathlib import Path

import pytest

from tests.files import MB, Fetched, fetch, peak_memory, stored, upload
from tests.people import PATIENCE, People, Person, people_at
from tests.server import LanChat
from tests.unit.files import samples

CONTENT = bytes(range(256)) * 4


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


@pytest.mark.parametrize(
    "filename",
    [
        *(
            "a.js",
            "a.mjs",
            "a.css",
            "a.html",
            "a.xhtml",
            "a.svg",
            "a.xml",
            "a.xsl",
            "a.wasm",
            "a.json",
            "a.webmanifest",
        ),
        *("a.rss", "a.hta", "a.swf", "a.mht", "a.appcache", "a.vtt", "a.ttf", "a.js.txt.js"),
    ],
)
async def test_nothing_that_is_sent_is_a_script_or_a_style_of_a_page(people: People, filename: str):
    """`script-src 'self'` lets a page of ours run whatever has such a type here."""
    answer = await shared(people, b"alert(1)", filename)
    assert answer.headers["Content-Type"].partition(";")[0] in {"text/plain", "application/octet-stream"}
    assert_harmless(answer)


@pytest.mark.parametrize(
    ("filename", "kind"), [("a.mp4", "video/mp4"), ("a.pdf", "application/pdf"), ("a.mp3", "audio/mpeg")]
)
async def test_what_can_be_played_and_printed_keeps_its_type(people: People, filename: str, kind: str):
    assert (await shared(people, b"x", filename)).headers["Content-Type"] == kind


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
