"""`POST /api/upload/`: what comes back, what is refused, and that nothing remains of a refusal."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import aiohttp
import pytest

from tests.conftest import Newcomer
from tests.server import PATIENCE, Person, Server, running, stranger
from tests.unit.files import samples

MB = 1 << 20
DELIMITER = "delimiter"


def stored_files(server: Server) -> set[Path]:
    return {path for path in (server.data_dir / "uploads").rglob("*") if path.is_file()}


async def until_unchanged_from(server: Server, files: set[Path]) -> None:
    """Wait until nothing else lies on the disk; what was given up is removed a moment later."""
    async with asyncio.timeout(PATIENCE):
        while stored_files(server) != files:  # noqa: ASYNC110, a disk tells nothing
            await asyncio.sleep(0.01)


def part(filename: str, content: bytes, name: str = "file") -> bytes:
    head = f'--{DELIMITER}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


async def post_form(person: Person, *parts: bytes, end: bytes = f"--{DELIMITER}--\r\n".encode()):
    headers = {"Content-Type": f"multipart/form-data; boundary={DELIMITER}"}
    return await person.post("/api/upload/", data=b"".join(parts) + end, headers=headers)


async def test_a_file_comes_back_described(newcomer: Newcomer):
    ann = await newcomer()
    answer = await ann.upload(b"hello", "notes.txt")
    assert answer.status == 201
    assert answer.json == {
        "filename": "notes.txt",
        "file_path": answer.json["file_path"],
        "file_size": 5,
        "content_type": "text/plain",
        "width": None,
        "height": None,
    }
    assert (await ann.get(answer.json["file_path"])).body == b"hello"


async def test_the_path_works_without_its_slash(newcomer: Newcomer):
    ann = await newcomer()
    form = aiohttp.FormData()
    form.add_field("file", b"hello", filename="notes.txt")
    assert (await ann.post("/api/upload", data=form)).status == 201


async def test_a_file_is_stored_under_a_name_that_nobody_guesses(server: Server, newcomer: Newcomer):
    answer = await (await newcomer()).upload(b"hello", "../../notes.txt")
    name = answer.json["file_path"].removeprefix("/files/")
    assert len(bytes.fromhex(name)) * 8 == 128
    path = server.data_dir / "uploads" / name[:2] / name
    assert path.read_bytes() == b"hello"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_an_upload_needs_a_login(server: Server):
    before = stored_files(server)
    async with stranger(server) as nobody:
        answer = await nobody.upload(bytes(3 * MB))
    assert (answer.status, answer.code) == (401, "not_authenticated")
    assert stored_files(server) == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.jpeg(samples.SIDEWAYS), ("image/jpeg", 48, 64)),
        (samples.png(), ("image/png", 64, 48)),
        (samples.gif(), ("image/gif", 64, 48)),
        (samples.webp(), ("image/webp", 64, 48)),
    ],
)
async def test_an_image_is_known_by_its_content(newcomer: Newcomer, content: bytes, expected: tuple[str, int, int]):
    ann = await newcomer()
    answer = await ann.upload(content, "archive.zip", "application/zip")
    assert (answer.json["content_type"], answer.json["width"], answer.json["height"]) == expected
    stored = (await ann.get(answer.json["file_path"])).body
    assert samples.SECRET not in stored
    assert len(stored) == answer.json["file_size"]


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", samples.png()[:60], b"\xff\xd8\xff" + bytes(40)])
async def test_what_only_claims_to_be_an_image_is_none(newcomer: Newcomer, content: bytes):
    answer = await (await newcomer()).upload(content, "photo.jpg", "image/jpeg")
    assert (answer.status, answer.json["content_type"]) == (201, "application/octet-stream")
    assert answer.json["width"] is None


async def test_a_decompression_bomb_is_refused(server: Server, newcomer: Newcomer):
    before = stored_files(server)
    answer = await (await newcomer()).upload(samples.huge_png(), "small.png")
    assert (answer.status, answer.code) == (413, "too_many_pixels")
    await until_unchanged_from(server, before)


async def test_names_are_made_harmless(newcomer: Newcomer):
    ann = await newcomer()
    for claimed, shown in {"../x/报告.txt": "报告.txt", "invoice\u202egnp.exe": "invoicegnp.exe"}.items():
        assert (await post_form(ann, part(claimed, b"x"))).json["filename"] == shown
    long = (await post_form(ann, part("长" * 200 + ".pdf", b"x"))).json["filename"]
    assert len(long.encode()) <= 255
    assert long.endswith("长.pdf")


@pytest.mark.parametrize("size", [50 * MB, 50 * MB + 1])
async def test_fifty_megabytes_are_the_limit(server: Server, newcomer: Newcomer, size: int):
    before = stored_files(server)
    answer = await (await newcomer()).upload(bytes(size), "video.mp4")
    if size == 50 * MB:
        assert answer.status == 201
        assert answer.json["file_size"] == size
    else:
        assert (answer.status, answer.code) == (413, "too_large")
        assert answer.json["error"]["details"]["limit"] == 50 * MB
        await until_unchanged_from(server, before)


@pytest.mark.parametrize(("name", "kind"), [("scan.bin", None), ("photo.png", None), ("x", "image/gif")])
async def test_ten_megabytes_are_the_limit_for_images(server: Server, newcomer: Newcomer, name: str, kind: str | None):
    before = stored_files(server)
    content = samples.png() + bytes(10 * MB) if kind is None else bytes(10 * MB + 1)
    answer = await (await newcomer()).upload(content, name, kind)
    assert (answer.status, answer.code) == (413, "too_large")
    assert answer.json["error"]["details"]["limit"] == 10 * MB
    await until_unchanged_from(server, before)


async def test_an_oversize_body_without_a_length_is_refused_where_it_passes_the_limit(
    server: Server, newcomer: Newcomer
):
    before = stored_files(server)

    async def endless() -> AsyncIterator[bytes]:
        yield part("big.bin", b"")[:-2]
        for _ in range(60):
            yield bytes(MB)

    ann = await newcomer()
    headers = {"Content-Type": f"multipart/form-data; boundary={DELIMITER}"}
    answer = await ann.post("/api/upload/", data=endless(), headers=headers)
    assert (answer.status, answer.code) == (413, "too_large")
    await until_unchanged_from(server, before)


@pytest.mark.parametrize("expects", [False, True], ids=["at once", "after a 100"])
async def test_a_refusal_reaches_who_sends_everything_before_reading(
    server: Server, newcomer: Newcomer, *, expects: bool
):
    ann = await newcomer()
    answers = await asyncio.to_thread(_send_all_then_read, server, ann.token, 120 * MB, expects)
    assert answers == [(413, "too_large"), (200, None)]


def _send_all_then_read(server: Server, token: str, size: int, expects: bool) -> list[tuple[int, str | None]]:
    """As most libraries do; then another request on the same connection. Status and code of each answer."""
    answers: list[tuple[int, str | None]] = []
    with closing(HTTPConnection(server.host, server.port, timeout=PATIENCE)) as connection:
        connection.putrequest("POST", "/api/upload/")
        connection.putheader("Authorization", f"Bearer {token}")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={DELIMITER}")
        connection.putheader("Content-Length", str(size))
        if expects:
            connection.putheader("Expect", "100-continue")
        connection.endheaders()
        for _ in range(size // MB):
            connection.send(bytes(MB))
        for _ in range(2):
            with connection.getresponse() as response:
                answers.append((response.status, json.load(response).get("error", {}).get("code")))
            if len(answers) == 1:
                connection.request("GET", "/health")
    return answers


async def test_an_empty_file_is_refused(server: Server, newcomer: Newcomer):
    before = stored_files(server)
    answer = await (await newcomer()).upload(b"", "empty.txt")
    assert (answer.status, answer.code) == (400, "empty_file")
    await until_unchanged_from(server, before)


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
async def test_a_form_without_exactly_one_file_is_refused(server: Server, newcomer: Newcomer, parts: list[bytes]):
    before = stored_files(server)
    answer = await post_form(await newcomer(), *parts)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert answer.json["error"]["details"]["fields"]
    await until_unchanged_from(server, before)


async def test_a_form_that_never_ends_is_refused(server: Server, newcomer: Newcomer):
    before = stored_files(server)
    answer = await post_form(await newcomer(), part("a.txt", b"x"), end=b"")
    assert (answer.status, answer.code) == (400, "invalid_input")
    await until_unchanged_from(server, before)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_only_a_form_is_taken(newcomer: Newcomer, kind: str):
    answer = await (await newcomer()).post("/api/upload/", data=b"{}", headers={"Content-Type": kind})
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


async def test_other_fields_are_let_be(newcomer: Newcomer):
    note = f'--{DELIMITER}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhi\r\n'.encode()
    answer = await post_form(await newcomer(), note, part("a.txt", b"x"), note)
    assert answer.status == 201
    assert answer.json["file_size"] == 1


async def test_a_disconnection_half_way_leaves_nothing(server: Server, newcomer: Newcomer):
    before = stored_files(server)
    ann = await newcomer()
    _, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(
        f"POST /api/upload/ HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {ann.token}\r\n"
        f"Content-Type: multipart/form-data; boundary={DELIMITER}\r\nContent-Length: {20 * MB}\r\n\r\n".encode()
        + part("half.bin", bytes(MB))[:-2]
    )
    async with asyncio.timeout(PATIENCE):
        while stored_files(server) == before:  # noqa: ASYNC110, a disk tells nothing
            await asyncio.sleep(0.01)
    writer.transport.abort()
    await until_unchanged_from(server, before)


async def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path):
    with running(tmp_path, disk_reserve_bytes=1 << 60) as server:
        async with stranger(server) as ann:
            await ann.register()
            answer = await ann.upload(b"hello")
    assert (answer.status, answer.code) == (507, "storage_full")
    assert stored_files(server) == set()


async def test_a_quota_holds_for_all_files_of_a_user_together(tmp_path: Path):
    with running(tmp_path, upload_quota_bytes=2 * MB) as server:
        async with stranger(server) as ann:
            await ann.register()
            assert (await ann.upload(bytes(MB))).status == 201
            answer = await ann.upload(bytes(MB + 1))
            assert (answer.status, answer.code) == (413, "quota_exceeded")
            assert answer.json["error"]["details"]["used"] == MB
            assert (await ann.upload(bytes(MB))).status == 201
    assert len(stored_files(server)) == 2


async def test_sixty_uploads_a_minute_are_the_limit(newcomer: Newcomer):
    ann, ben = await newcomer(), await newcomer()
    for _ in range(60):
        assert (await ann.upload(b"x")).status == 201
    answer = await ann.upload(b"x")
    assert (answer.status, answer.code) == (429, "too_many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert (await ben.upload(b"x")).status == 201


async def test_a_large_upload_takes_no_memory(tmp_path: Path):
    with running(tmp_path) as server:
        async with stranger(server) as ann:
            await ann.register()
            await ann.upload(bytes(MB), "warm.bin")
            before = peak_memory(server)
            assert (await ann.upload(bytes(49 * MB), "video.mp4")).status == 201
            assert peak_memory(server) - before < 8 * MB


def peak_memory(server: Server) -> int:
    """In bytes, of resident memory since the start."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
