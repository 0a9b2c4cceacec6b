"""`POST /api/upload/`: what is too much is refused, its sender told, and nothing remains of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.files import FORM, MB, insist_on_file, part, peak_memory, stored, until_stored, upload
from tests.people import PATIENCE, People, Person, people_at
from tests.server import LanChat
from tests.unit.files import samples


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
    answer = await insist_on_file(server, await people.one(), *pieces, kind=kind, **headers)
    assert (answer.status, answer.code) == (413, "too_large")
    assert answer.body["error"]["details"]["limit"] == limit * MB
    await until_stored(server, before)


async def test_an_empty_file_is_refused(server: LanChat, people: People):
    before = stored(server)
    answer = await upload(await people.one(), b"", "empty.txt")
    assert (answer.status, answer.code) == (400, "empty_file")
    await until_stored(server, before)


async def test_a_disconnection_half_way_leaves_nothing(server: LanChat, people: People):
    before = stored(server)
    ann = await people.one()
    _, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(
        f"POST /api/upload/ HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {ann.token}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: {20 * MB}\r\n\r\n".encode()
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
    with LanChat(data_dir).start() as server:
        async with people_at(server.url) as people:
            yield server, await people.one()
        assert server.stop() == 0


async def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path):
    async with configured(tmp_path, disk_reserve_bytes=1 << 60) as (server, ann):
        answer = await upload(ann, b"hello")
        assert (answer.status, answer.code) == (507, "storage_full")
        assert stored(server) == set()


async def test_a_disk_that_fills_up_half_way_is_said_and_leaves_nothing(tmp_path: Path):
    with LanChat(tmp_path, prefix=("prlimit", f"--fsize={8 * MB}")).start() as server:
        async with people_at(server.url) as people:
            ann = await people.one()
            answer = await insist_on_file(server, ann, *[bytes(MB)] * 9)
            assert (answer.status, answer.code) == (507, "storage_full")
            await until_stored(server, set())
            assert (await upload(ann, bytes(7 * MB), "video.mp4")).status == 201
        assert server.stop() == 0


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


async def test_guests_have_less_room_each_and_together(tmp_path: Path):
    settings = {"guest_quota_bytes": 2 * MB, "guests_quota_bytes": 3 * MB}
    async with configured(tmp_path, **settings) as (server, ann), people_at(server.url) as people:
        guests = [people.newcomer("guest") for _ in range(2)]
        for each in guests:
            each.token = (await each.post("/api/auth/guest", {"username": each.name})).expect(201)["access_token"]
        first, second = guests
        (await upload(first, bytes(MB * 3 // 2))).expect(201)
        assert (await upload(first, bytes(MB))).code == "quota_exceeded"
        (await upload(second, bytes(MB))).expect(201)
        answer = await upload(second, bytes(MB * 3 // 4))
        assert (answer.status, answer.code) == (413, "guests_quota_exceeded")
        (await upload(ann, bytes(3 * MB))).expect(201)
