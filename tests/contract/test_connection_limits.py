"""How many sockets an address and a user may hold, and that the others come in meanwhile."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import socketio

from tests.people import PATIENCE, People, people_at
from tests.server import LanChat

POLL = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
LIMIT = 6


@pytest.fixture
def small(tmp_path: Path) -> Iterator[LanChat]:
    """A host that takes few sockets of an address."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "lanchat.toml").write_text(f"sockets_per_address = {LIMIT}\nsockets_per_user = 3\n")
    with LanChat(data).start() as running:
        yield running
        assert "Traceback" not in running.log


@asynccontextmanager
async def from_address(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(local_addr=(address, 0), limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield http


async def try_websocket(http: aiohttp.ClientSession, url: str, held: AsyncExitStack) -> int:
    """101 for one that opened, and stays open."""
    try:
        await held.enter_async_context(http.ws_connect(url + WEBSOCKET))
    except aiohttp.WSServerHandshakeError as refusal:
        return refusal.status
    return 101


async def poll(http: aiohttp.ClientSession, url: str) -> tuple[int, str, str]:
    async with http.get(url + POLL) as answer:
        return answer.status, await answer.text(), answer.headers.get("Retry-After", "")


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_address_opens_so_many_sockets_and_no_more(small: LanChat, at_once: bool) -> None:
    async with from_address("127.5.0.1") as http, AsyncExitStack() as held:
        attempts = [try_websocket(http, small.url, held) for _ in range(LIMIT + 4)]
        statuses = await asyncio.gather(*attempts) if at_once else [await attempt for attempt in attempts]
        assert statuses.count(101) == LIMIT
        assert set(statuses) <= {101, 429, 401}

        status, text, retry_after = await poll(http, small.url)
        assert (status, retry_after) == (429, "10")
        assert "too_many" in text
        async with http.get(f"{small.url}/api/info") as answer:
            assert answer.status == 200  # only sockets are counted here
        async with from_address("127.5.0.2") as elsewhere:
            assert (await poll(elsewhere, small.url))[0] == 200


async def test_a_closed_socket_makes_room(small: LanChat) -> None:
    async with from_address("127.5.0.3") as http:
        async with AsyncExitStack() as held:
            for _ in range(LIMIT):
                assert await try_websocket(http, small.url, held) == 101
            assert (await poll(http, small.url))[0] == 429
        async with asyncio.timeout(PATIENCE), AsyncExitStack() as held:
            while await try_websocket(http, small.url, held) != 101:  # noqa: ASYNC110, nobody tells
                await asyncio.sleep(0.05)


async def test_polling_counts_as_well(small: LanChat) -> None:
    async with from_address("127.5.0.4") as http:
        assert [(await poll(http, small.url))[0] for _ in range(LIMIT + 1)] == [200] * LIMIT + [429]


async def test_a_user_opens_so_many_sockets_and_no_more(small: LanChat) -> None:
    async with people_at(small.url) as people:
        ann = await people.one("ann")
        ears = [await ann.connect() for _ in range(3)]
        with pytest.raises(socketio.exceptions.ConnectionError):
            await ann.connect()
        await ears[0].disconnect()
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await ann.connect()
                except socketio.exceptions.ConnectionError:
                    await asyncio.sleep(0.05)
                else:
                    break
        await ears[1].catch_up()


async def test_who_never_asks_to_connect_is_shown_out(people: People) -> None:
    async with from_address("127.5.0.5") as http, http.ws_connect(people.url + WEBSOCKET) as silent:
        assert (await silent.receive_str()).startswith("0{")
        async with asyncio.timeout(3 * 10):
            while (message := await silent.receive()).type is aiohttp.WSMsgType.TEXT:
                await silent.send_str("3")  # answering pings is no reason to stay
        assert message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING}


def test_a_browser_s_worth_of_idle_connections_harms_nobody(small: LanChat) -> None:
    idle = [socket.create_connection(("127.0.0.1", small.port), source_address=("127.5.0.6", 0)) for _ in range(300)]
    with socket.create_connection(("127.0.0.1", small.port), source_address=("127.5.0.7", 0)) as other:
        other.settimeout(PATIENCE)
        other.sendall(f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{small.port}\r\n\r\n".encode())
        assert other.recv(100).startswith(b"HTTP/1.1 200")
    for each in idle:
        each.close()
