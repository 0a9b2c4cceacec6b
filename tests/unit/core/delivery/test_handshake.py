"""What Engine.IO v4 promises at the beginning, while nothing happens, and at the end."""

import json

import pytest

from .chat_server import Server, running
from .raw_client import CLOSE, FIN, joined, masked, raw_client


async def test_a_session_opens_with_what_the_client_must_know(server: Server):
    async with raw_client(server.url) as client:
        opened = await client.text()
    assert client.status == 101
    assert opened[0] == "0"
    told = json.loads(opened[1:])
    assert told.pop("sid")
    assert told == {"upgrades": [], "pingInterval": 25000, "pingTimeout": 20000, "maxPayload": 1_000_000}


@pytest.mark.parametrize("query", ["transport=websocket", "EIO=abc&transport=websocket", "EIO=4&transport=abc"])
async def test_a_handshake_in_another_version_is_refused(server: Server, query: str):
    async with raw_client(server.url, query=query) as client:
        assert client.status in {400, 403}


async def test_an_unknown_session_is_refused(server: Server):
    async with raw_client(server.url, sid="unknown") as client:
        assert client.status in {400, 403}


async def test_compression_is_declined():
    async with (
        running(Server()) as server,
        raw_client(server.url, extensions="permessage-deflate; client_max_window_bits") as client,
    ):
        assert client.status == 101
        assert "sec-websocket-extensions" not in client.headers


# Heartbeat


async def test_a_client_that_answers_pings_stays(impatient: Server):
    async with joined(impatient.url) as client:
        for _ in range(3):
            assert await client.text() == "2"
            client.send("3")
        assert impatient.left == []


async def test_a_client_that_answers_no_ping_is_dropped(impatient: Server):
    async with joined(impatient.url) as client:
        assert await client.text() == "2"
        await client.until_closed()
    await impatient.until_left(1)
    ((sid, reason),) = impatient.left
    assert sid == impatient.sids[0]
    assert reason == "ping timeout" or not impatient.takes_over


# The end


async def test_an_invalid_packet_closes_the_connection(server: Server):
    async with joined(server.url) as client:
        client.send("abc")
        await client.until_closed()
    await server.until_left(1)


async def test_packets_that_mean_nothing_here_are_ignored(server: Server):
    async with joined(server.url) as client:
        for packet in ("2", "6", '0{"sid":"mine"}', "3"):
            client.send(packet)
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'


async def test_a_client_may_close_with_a_packet(server: Server):
    async with joined(server.url) as client:
        client.send("1")
        await client.until_closed()
    await server.until_left(1)
    assert server.left == [(server.sids[0], "client disconnect")]


async def test_a_client_may_close_with_a_frame(server: Server):
    async with joined(server.url) as client:
        client.writer.write(masked((1001).to_bytes(2, "big") + b"bye", FIN | CLOSE))
        assert await client.until_closed() == 1001
    await server.until_left(1)
    assert server.left == [(server.sids[0], "transport close")]


async def test_a_client_may_just_be_gone(server: Server):
    async with joined(server.url):
        pass
    await server.until_left(1)
    assert server.left == [(server.sids[0], "transport close")]
    assert not server.fanout.members("everybody")
    assert server.fanout.stats.fast_sockets == server.fanout.stats.queued_sockets == 0


async def test_we_may_close(server: Server):
    async with joined(server.url) as client:
        server.fanout.send(server.sids[0], "last", {})
        await server.fanout.close(server.sids[0])
        assert await client.text() == '42["last",{}]'
        assert await client.text() == "41"
        assert await client.text() == "1"
        client.writer.write(masked(b"", FIN | CLOSE))
        await client.until_closed()
