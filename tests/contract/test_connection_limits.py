"""How many sockets an address and a user may hold, and that the others come in meanwhile."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import socketio

from tests.people import PATIENCE, People, Person, people_at
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


async def guest_at(people: People, address: str) -> Person:
    found = people.newcomer("guest")
    await found.http.close()
    guest = Person(people.url, found.name, address)
    people.all.append(guest)
    guest.token = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)["access_token"]
    return guest


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_address_opens_so_many_sockets_and_no_more(small: LanChat, at_once: bool) -> None:
    async with people_at(small.url) as people, from_address("127.5.0.1") as http:
        guests = [await guest_at(people, "127.5.0.1") for _ in range(3)]
        attempts = [each.connect() for each in guests[:2] for _ in range(3)]
        ears = await asyncio.gather(*attempts) if at_once else [await attempt for attempt in attempts]
        with pytest.raises(socketio.exceptions.ConnectionError):
            await guests[2].connect()
        status, text, retry_after = await poll(http, small.url)
        assert (status, retry_after) == (429, "10")
        assert "too_many" in text
        async with http.get(f"{small.url}/api/info") as answer:
            assert answer.status == 200  # only sockets are counted here
        async with from_address("127.5.0.2") as elsewhere:
            assert (await poll(elsewhere, small.url))[0] == 200
        await ears[0].disconnect()
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await guests[2].connect()
                    break
                except socketio.exceptions.ConnectionError:
                    await asyncio.sleep(0.05)


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_sockets_that_never_log_in_give_way_to_newcomers(small: LanChat, transport: str) -> None:
    """Any page of another site can open such, from the address of whoever looks at it."""
    async with people_at(small.url) as people, from_address("127.5.0.3") as http, AsyncExitStack() as held:
        ann, bob = [await guest_at(people, "127.5.0.3") for _ in range(2)]
        here = await ann.connect()
        for _ in range(5 * LIMIT):
            if transport == "polling":
                assert (await poll(http, small.url))[0] == 200
            else:
                assert await try_websocket(http, small.url, held) == 101
        ears = [here, *[await each.connect() for each in (ann, ann, bob, bob, bob)]]
        for ear in ears:
            await ear.catch_up()


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
