"""A picture that takes long to look at keeps nobody but its own kind waiting."""

import asyncio
import struct
import time
import zlib

from lanchat.files.threads import UPLOADING
from tests.files import FORM, part, upload
from tests.patience import patience
from tests.people import PATIENCE, People
from tests.server import LanChat


def slow_png(chunks: int) -> bytes:
    """So many empty chunks, each of which whoever looks at it must step over."""

    def chunk(kind: bytes, data: bytes = b"") -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"qqQq") * chunks + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND")
    )


async def test_a_picture_of_very_many_pieces_is_stored_as_a_file(people: People):
    ann = await people.one("ann")
    stored = (await upload(ann, slow_png(100_000), "picture.png")).expect(201)
    assert (stored["content_type"], stored["width"]) == ("application/octet-stream", None)


async def test_pages_are_handed_out_while_slow_pictures_are_looked_at(people: People):
    ann, bob = await people("ann", "bob")
    sending = [asyncio.create_task(upload(ann, slow_png(19_000))) for _ in range(20)]
    slowest = 0.0
    while not all(task.done() for task in sending):
        begun = time.perf_counter()
        assert (await bob.get("/")).status == 200
        slowest = max(slowest, time.perf_counter() - begun)
    assert slowest < patience(1.5)
    assert {task.result().status for task in sending} == {201, 429}


async def test_somebody_has_so_many_uploads_under_way_and_others_send_meanwhile(server: LanChat, people: People):
    ann, bob = await people("ann", "bob")
    half = f"POST /api/upload/ HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {ann.token}\r\n"
    half += f"Content-Type: {FORM}\r\nContent-Length: 2000000\r\n\r\n"
    writers: list[asyncio.StreamWriter] = []
    for _ in range(UPLOADING.of_one):
        _, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(half.encode() + part("half.bin", bytes(1000))[:-2])
        writers.append(writer)
    async with asyncio.timeout(PATIENCE):
        while (answer := await upload(ann, b"one more")).status != 429:  # noqa: ASYNC110, nobody tells
            await asyncio.sleep(0.02)
    assert answer.code == "too_many"
    (await upload(bob, b"mine")).expect(201)
    for writer in writers:
        writer.transport.abort()
