"""A reader that stalls costs bounded memory, and nobody else notices."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from lanchat.core.delivery.sockets.outlet import HIGH_WATER
from lanchat.core.delivery.sockets.polling import MAX_QUEUED, PACKETS_A_POLL

from .chat_server import PATIENCE, Server, running, until
from .poller import Poller
from .raw_client import RawClient, joined, raw_client

PIECE = "x" * 60_000
MORE_THAN_THE_KERNEL_HOLDS = 400  # pieces
GRACE = 0.3  # s


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.SLOW_GRACE", GRACE)
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.TICK", 0.05)
    async with running(Server()) as server:
        yield server


@asynccontextmanager
async def lazy(server: Server) -> AsyncIterator[RawClient]:
    """A client that reads only when it is asked to: the stream's own buffer holds 64 KB."""
    async with joined(server.url) as client:
        raw: socket.socket = client.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        yield client


async def flood(server: Server, pieces: int = MORE_THAN_THE_KERNEL_HOLDS) -> None:
    for number in range(pieces):
        server.fanout.publish("everybody", "new_message", [number, PIECE])
        await asyncio.sleep(0)


async def numbers_until_last(client: RawClient, last: int) -> list[int]:
    heard = []
    while not heard or heard[-1] != last:
        event, payload = json.loads((await client.text())[2:])
        if event == "new_message":
            heard.append(payload[0])
    return heard


async def test_a_stalled_reader_holds_bounded_memory_and_is_dropped(server: Server):
    async with lazy(server) as stalled, joined(server.url) as attentive:
        reading = asyncio.create_task(numbers_until_last(attentive, MORE_THAN_THE_KERNEL_HOLDS - 1))
        await flood(server)
        assert server.fanout.stats.queued_bytes < 2 * HIGH_WATER
        assert await reading == list(range(MORE_THAN_THE_KERNEL_HOLDS))
        await server.until_left(1)
        assert server.left == [(server.sids[0], "transport error")]
        assert server.fanout.stats.slow_sockets_dropped == 1
        assert server.fanout.stats.queued_bytes == 0
        assert await stalled.until_closed() is None


async def test_a_reader_that_catches_up_in_time_is_told_to_resync(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.SLOW_GRACE", 60.0)
    async with lazy(server) as client:
        await flood(server)
        assert server.fanout.stats.writes_left_out > 0
        heard: list[object] = []
        while not heard or heard[-1] != "resync":
            event, payload = json.loads((await client.text())[2:])
            heard.append(payload[0] if event == "new_message" else event)
        assert heard[:-1] == list(range(len(heard) - 1))
        assert len(heard) < MORE_THAN_THE_KERNEL_HOLDS
        server.fanout.publish("everybody", "new_message", ["next"])
        assert await client.text() == '42["new_message",["next"]]'
    assert server.fanout.stats.resyncs == 1


async def test_answers_to_a_stalled_reader_are_bounded_too(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.SLOW_GRACE", 60.0)
    async with lazy(server):
        for _ in range(MORE_THAN_THE_KERNEL_HOLDS):
            server.fanout.send(server.sids[0], "answer", PIECE)
            await asyncio.sleep(0)
        assert HIGH_WATER < server.fanout.stats.queued_bytes < 3 * HIGH_WATER


async def test_a_polling_client_that_fetches_nothing_holds_bounded_memory(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.SLOW_GRACE", 60.0)
    async with aiohttp.ClientSession() as http:
        poller = Poller(http, server.url)
        await poller.join()
        await flood(server)
        assert server.fanout.stats.queued_bytes <= MAX_QUEUED
        heard: list[str] = []
        while '42["resync",{}]' not in heard:
            packets = await poller.poll()
            assert len(packets) <= PACKETS_A_POLL
            heard += packets
        numbers = [json.loads(packet[2:])[1][0] for packet in heard[:-1]]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) > PACKETS_A_POLL
        server.fanout.publish("everybody", "new_message", ["next"])
        assert await poller.poll() == ['42["new_message",["next"]]']
    assert server.fanout.stats.resyncs == 1


async def test_a_polling_client_that_stays_away_is_dropped(server: Server):
    async with aiohttp.ClientSession() as http:
        poller = Poller(http, server.url)
        await poller.join()
        await flood(server)
        await server.until_left(1)
        assert server.left == [(server.sids[0], "transport error")]
        async with asyncio.timeout(PATIENCE), http.get(poller.url) as response:
            assert response.status == 400
    await until(lambda: server.fanout.stats.queued_sockets == 0)


async def test_a_closed_client_that_reads_nothing_is_reset(server: Server):
    async with lazy(server):
        await flood(server)
        await server.fanout.close(server.sids[0])
        await server.until_left(1)
        await until(lambda: server.fanout.stats.queued_bytes == 0)


async def test_a_flood_of_slow_events_stops_being_read(server: Server):
    release = asyncio.Event()
    waiting = 0

    async def connect(sid: str, environ: object, auth: object) -> None:
        await release.wait()

    async def count(sid: str, payload: object) -> None:
        nonlocal waiting
        waiting += 1

    server.sio.on("connect", connect)
    server.sio.on("count", count)
    async with raw_client(server.url) as client:
        assert (await client.text())[0] == "0"
        client.send("40")
        for _ in range(20_000):
            client.send(f'42["count","{"y" * 200}"]')
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await client.writer.drain()
        release.set()
        assert (await client.text()).startswith("40")
        await client.writer.drain()
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'
    assert waiting == 20_000
