"""A picture that takes long to look at keeps nobody but its own kind waiting."""

import asyncio
import struct
import zlib

from tests.files import upload
from tests.people import People


def slow_png(chunks: int) -> bytes:
    """So many empty chunks, each of which whoever looks at it must step over."""

    def chunk(kind: bytes, data: bytes = b"") -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"qqQq") * chunks + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND")
    )


async def test_pages_are_handed_out_while_slow_pictures_are_looked_at(people: People):
    ann, bob = await people("ann", "bob")
    sending = [asyncio.create_task(upload(ann, slow_png(100_000))) for _ in range(8)]
    answered = 0
    while not all(task.done() for task in sending):
        assert (await bob.get("/")).status == 200
        answered += 1
    assert answered > 50
    assert {task.result().status for task in sending} <= {201, 429}
