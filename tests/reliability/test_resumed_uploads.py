"""A large upload that is cut again and again, and whose host is killed, arrives byte for byte in little memory."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.contract.test_resumable_uploads import PIECE, begun, look
from tests.files import MB
from tests.patience import patience
from tests.people import PATIENCE, Person, people_at
from tests.reliability.effort import effort
from tests.reliability.test_exports import peak_of
from tests.server import LanChat

SIZE = effort(40 * MB, 2048 * MB)
PART = 1 * MB
CUTS = 3
ALLOWED = 32  # MB that the server may grow by

log = logging.getLogger(__name__)


def part(number: int) -> bytes:
    """Each differs from all others, and is made anew whenever it is asked for."""
    return hashlib.shake_128(number.to_bytes(4)).digest(PART)


async def content(begin: int, end: int) -> AsyncIterator[bytes]:
    while begin < end:
        number, inside = divmod(begin, PART)
        piece = part(number)[inside : inside + end - begin]
        begin += len(piece)
        yield piece


async def send(person: Person, path: str, begin: int, end: int, *, is_cut: bool) -> None:
    """From `begin` to `end`; if it is cut, the connection then breaks without a word."""

    async def body() -> AsyncIterator[bytes]:
        async for piece in content(begin, end):
            yield piece
        if is_cut:
            raise ConnectionAbortedError

    headers = {**PIECE, "Upload-Offset": str(begin), "Authorization": f"Bearer {person.token}"}
    timeout = aiohttp.ClientTimeout(total=patience(effort(PATIENCE, 600)))
    async with person.http.patch(person.url + path, data=body(), headers=headers, timeout=timeout) as answer:
        assert answer.status == 204, await answer.text()


async def offset_of(person: Person, path: str) -> int:
    return int((await look(person, path)).headers["Upload-Offset"])


async def test_a_large_upload_survives_cuts_and_a_kill(tmp_path: Path):
    most = {"LANCHAT_MAX_FILE_BYTES": str(SIZE), "LANCHAT_UPLOAD_QUOTA_BYTES": str(2 * SIZE)}
    with LanChat(tmp_path / "data", "--limits", "off", env=most).start() as server:
        async with people_at(server.url) as people:
            ann = await people.one()
            path = await begun(ann, SIZE, "film.mkv")
            before, offset = peak_of(server.pid), 0
            for cut in range(1, CUTS + 1):
                with pytest.raises((aiohttp.ClientError, ConnectionError)):
                    await send(ann, path, offset, SIZE * cut // (CUTS + 1), is_cut=True)
                came, offset = offset, await offset_of(ann, path)
                assert offset > came
            grown = peak_of(server.pid) - before
            server.kill()
            await asyncio.to_thread(server.start)
            assert await offset_of(ann, path) == offset  # what was told to have arrived has
            await send(ann, path, offset, SIZE, is_cut=False)
            file = (await ann.get(path)).expect(200)
            found, wanted = hashlib.sha256(), hashlib.sha256()
            async with ann.http.get(
                ann.url + file["file_path"], headers={"Authorization": f"Bearer {ann.token}"}
            ) as answer:
                async for piece in answer.content.iter_chunked(PART):
                    found.update(piece)
            async for piece in content(0, SIZE):
                wanted.update(piece)
            assert found.digest() == wanted.digest()
            log.info("%d MB in %d cuts: the server grew by %d MB", SIZE // MB, CUTS, grown)
            assert grown < ALLOWED
        server.end_well()
