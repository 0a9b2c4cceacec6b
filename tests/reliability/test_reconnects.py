"""A class that comes, goes and comes back all day leaves nothing behind: memory of closed sockets is free."""

import asyncio
import json
import logging
from pathlib import Path

import pytest

from tests.people import PATIENCE, people_at
from tests.reliability.effort import effort
from tests.server import LanChat
from tests.unit.core.delivery.raw_client import masked

PEOPLE = 20
CLIENTS = effort(300, 1000)
ROUNDS = effort(10, 20)
SETTLED = effort(3, 5)  # rounds, after which pools and tables have their size
GROWTH = effort(4, 10)  # MB at most in all others together; each socket would leave 5 KB
IDLE_FILES = 100  # that the server has open at most when nobody is there
ANSWERED = b'40{"sid"'

log = logging.getLogger(__name__)
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no program's memory so"),
    pytest.mark.timeout(effort(120, 600)),
]


def resident(server: LanChat) -> float:
    """MB."""
    status = Path(f"/proc/{server.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def connect(server: LanChat, token: str) -> asyncio.StreamWriter:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    writer.write(masked(b"40" + json.dumps({"token": token, "presence": "ids"}).encode()))
    await reader.readuntil(ANSWERED)
    return writer


async def come_and_go(server: LanChat, tokens: list[str]) -> None:
    gate = asyncio.Semaphore(50)

    async def come(number: int) -> asyncio.StreamWriter:
        async with gate:
            return await connect(server, tokens[number % len(tokens)])

    async with asyncio.timeout(3 * PATIENCE):
        writers = await asyncio.gather(*(come(number) for number in range(CLIENTS)))
        for writer in writers:
            writer.close()
        while count_open(server) > IDLE_FILES:  # noqa: ASYNC110, nobody tells
            await asyncio.sleep(0.05)


def count_open(server: LanChat) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


async def test_memory_of_closed_sockets_is_free(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        tokens = [person.token for person in await people(*["pupil"] * PEOPLE)]
        figures: list[float] = []
        for _ in range(ROUNDS):
            await come_and_go(own_server, tokens)
            figures.append(resident(own_server))
    log.info("MB after each round of %d: %s", CLIENTS, [round(figure) for figure in figures])
    assert max(figures[SETTLED:]) - figures[SETTLED - 1] < GROWTH, figures
    own_server.end_well()
