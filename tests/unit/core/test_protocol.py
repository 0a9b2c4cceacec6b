"""What Engine.IO v4 and Socket.IO v5 promise, on a connection that we took over and on the library's own path."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from .chat_server import PATIENCE, Server, running
from .raw_client import BINARY, CLOSE, CONTINUATION, FIN, PING, PONG, TEXT, RawClient, joined, masked, raw_client

PATHS = {"fast": True, "stock": False}
INTERVAL, TIMEOUT = 0.3, 0.2  # s


@pytest.fixture(params=PATHS)
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with running(Server(takes_over=PATHS[request.param])) as server:
        yield server


@pytest.fixture(params=PATHS)
async def impatient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    monkeypatch.setattr("lanchat.core.health.TICK", 0.05)
    async with running(Server(takes_over=PATHS[request.param], ping_interval=INTERVAL, ping_timeout=TIMEOUT)) as server:
        yield server


class Poller:
    """A long-polling client."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, f"{url}/socket.io/?EIO=4&transport=polling"

    async def poll(self) -> list[str]:
        async with asyncio.timeout(PATIENCE), self.http.get(self.url) as response:
            assert response.status == 200
            return (await response.text()).split("\x1e")

    async def say(self, packets: str) -> int:
        async with asyncio.timeout(PATIENCE), self.http.post(self.url, data=packets) as response:
            return response.status

    async def join(self) -> str:
        (opened,) = await self.poll()
        sid = json.loads(opened[1:])["sid"]
        self.url += f"&sid={sid}"
        await self.say("40")
        (connected,) = await self.poll()
        assert connected.startswith("40")
        return sid


@pytest.fixture
async def poller(server: Server) -> AsyncIterator[Poller]:
    async with aiohttp.ClientSession() as http:
        poller = Poller(http, server.url)
        yield poller
        await poller.say("1")


# Handshake


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


async def test_a_client_that_moved_from_polling_is_pinged_as_well(impatient: Server):
    async with aiohttp.ClientSession() as http:
        sid = await Poller(http, impatient.url).join()
        async with raw_client(impatient.url, sid=sid) as client:
            await upgrade(client)
            for _ in range(3):
                while await client.text() != "2":
                    pass
                client.send("3")
            assert impatient.left == []
            await client.until_closed()
    await impatient.until_left(1)


# Upgrade


async def upgrade(client: RawClient) -> None:
    client.send("2probe")
    assert await client.text() == "3probe"
    client.send("5")


async def test_a_polling_client_moves_to_a_websocket_and_misses_nothing(server: Server, poller: Poller):
    sid = await poller.join()
    server.fanout.publish("everybody", "before", 1)
    async with raw_client(server.url, sid=sid) as client:
        client.send("2probe")
        assert await client.text() == "3probe"
        polled = await poller.poll()
        server.fanout.publish("everybody", "during", 2)
        client.send("5")
        server.fanout.publish("everybody", "during", 3)
        client.send('42["echo","after"]')
        heard = [packet for packet in polled if packet != "6"]
        while not heard or "after" not in heard[-1]:
            heard.append(await client.text())
    assert [packet for packet in heard if packet != "6"] == [
        '42["before",1]',
        '42["during",2]',
        '42["during",3]',
        '42["echo","after"]',
    ]


async def test_a_waiting_poll_is_let_go_by_the_probe(server: Server, poller: Poller):
    sid = await poller.join()
    waiting = asyncio.create_task(poller.poll())
    await asyncio.sleep(0)
    async with raw_client(server.url, sid=sid) as client:
        client.send("2probe")
        assert await client.text() == "3probe"
        assert await waiting == ["6"]


@pytest.mark.parametrize("wrong", ["2", "3probe", "5", "40", "hello"])
async def test_a_wrong_probe_ends_the_attempt_and_polling_goes_on(server: Server, poller: Poller, wrong: str):
    sid = await poller.join()
    async with raw_client(server.url, sid=sid) as client:
        client.send(wrong)
        await client.until_closed()
    server.fanout.publish("everybody", "still", "here")
    assert '42["still","here"]' in await poller.poll()


async def test_a_second_attempt_at_the_same_time_does_not_disturb_the_first():
    async with running(Server()) as server, aiohttp.ClientSession() as http:
        sid = await Poller(http, server.url).join()
        async with raw_client(server.url, sid=sid) as first:
            first.send("2probe")
            assert await first.text() == "3probe"
            async with raw_client(server.url, sid=sid) as second:
                second.send("2probe")
                await second.until_closed()
            first.send("5")
            first.send('42["echo",1]')
            while await first.text() != '42["echo",1]':
                pass


async def test_an_attempt_that_is_given_up_leaves_polling_alone(server: Server, poller: Poller):
    sid = await poller.join()
    async with raw_client(server.url, sid=sid) as client:
        client.send("2probe")
        assert await client.text() == "3probe"
    heard: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while '42["still","here"]' not in heard:
            server.fanout.publish("everybody", "still", "here")
            heard += await poller.poll()
    assert server.left == []


async def test_a_session_that_moved_takes_neither_requests_nor_another_websocket(server: Server, poller: Poller):
    sid = await poller.join()
    async with raw_client(server.url, sid=sid) as client:
        await upgrade(client)
        client.send('42["echo",1]')
        while await client.text() == "6":
            pass
        assert await poller.say('42["echo",2]') == 400
        async with raw_client(server.url, sid=sid) as second:
            assert second.status in {400, 403}
        client.send('42["echo",3]')
        assert await client.text() == '42["echo",3]'


# Packets, and the end


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


# WebSocket


async def test_a_websocket_ping_is_answered_with_its_payload(server: Server):
    async with joined(server.url) as client:
        client.writer.write(masked(b"are you there", FIN | PING))
        assert await client.frame() == (FIN | PONG, b"are you there")


async def test_a_message_may_come_in_fragments(server: Server):
    async with joined(server.url) as client:
        for first, piece in ((TEXT, b'42["ec'), (CONTINUATION, b'ho","'), (FIN, '片段"]'.encode())):
            client.writer.write(masked(piece, first))
        assert await client.text() == '42["echo","片段"]'


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (b"\x81\x0142", 1002),  # not masked
        (masked(b"x", 0xC1), 1002),
        (masked(b"x", FIN | 3), 1002),
        (masked(b"x", FIN | CONTINUATION), 1002),
        (masked(b"\x00", FIN | CLOSE), 1002),
        (masked(b"4\xff"), 1007),
        (masked(b"x" * (1 << 20))[:14], 1009),
    ],
)
async def test_a_violation_is_answered_with_its_close_code(wrong: bytes, code: int):
    async with running(Server()) as server, joined(server.url) as client:
        client.writer.write(wrong if code != 1009 else wrong[:2] + (1 << 21).to_bytes(8, "big") + bytes(4))
        assert await client.until_closed() == code


# Socket.IO


async def test_a_client_is_connected_to_the_namespace_that_exists(server: Server):
    async with raw_client(server.url) as client:
        await client.text()
        client.send("40/unknown,")
        assert (await client.text()).startswith("44/unknown,")
        client.send('40{"token":"right"}')
        assert json.loads((await client.text())[2:])["sid"] == server.sids[0]


async def test_a_refused_client_is_told_why(server: Server):
    async with raw_client(server.url) as client:
        await client.text()
        client.send('40{"token":"wrong"}')
        assert await client.text() == '44{"message":"no","data":{"code":"not_authenticated"}}'


async def test_an_event_and_its_acknowledgement_keep_their_arguments(server: Server):
    async with joined(server.url) as client:
        client.send('42456["echo",1,"2",{"3":[true]}]')
        assert await client.text() == '42["echo",1,"2",{"3":[true]}]'
        assert await client.text() == '43456[1,"2",{"3":[true]}]'


async def test_binary_events_are_refused_with_their_attachments(server: Server):
    async with joined(server.url) as client:
        client.send('451-["echo",{"_placeholder":true,"num":0}]')
        client.writer.write(masked(b"\x01\x02", FIN | BINARY))
        for _ in range(2):
            assert "invalid_input" in await client.text()
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'


async def test_a_client_that_left_the_namespace_hears_nothing_and_may_return(server: Server):
    async with joined(server.url) as client:
        client.send("41")
        await server.until_left(1)
        server.fanout.publish("everybody", "not", "for it")
        client.send('42["echo",1]')
        client.send("40")
        assert (await client.text()).startswith("40")
        server.fanout.publish("everybody", "for it", {})
        assert await client.text() == '42["for it",{}]'


async def test_a_client_that_never_connects_is_dismissed(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lanchat.core.health.CONNECT_TIMEOUT", 0.0)
    monkeypatch.setattr("lanchat.core.health.TICK", 0.05)
    async with raw_client(server.url) as client:
        await client.text()
        await client.until_closed()
    assert server.sids == []


@pytest.mark.parametrize(
    "wrong",
    [
        "42",
        "42{}",
        "42[]",
        "42[1]",
        "42[null,1]",
        '42"text"',
        '42["send_message"',
        '42["send_message",]',
        '42["send_message",1] ',
        '42["send_message","\\ud800"]',
        '42["connect",{}]',
        '42["disconnect"]',
        "42[" * 5000,
        "4299999999999999999999999999999[]",
        '4511-["echo",1]',
        '451-["echo",{"_placeholder":true,"num":0}]',
        "45",
        "46",
        '44{"message":"no"}',
        "47",
        "4",
        "4x",
        "40{",
    ],
)
async def test_a_malformed_packet_is_answered_and_the_client_stays(server: Server, wrong: str):
    server.fanout.on_hot("send_message", lambda sid, payload, ack_id: server.fanout.send(sid, "sent", payload))
    async with joined(server.url) as client:
        client.send(wrong)
        answer = await client.text()
        assert answer.startswith('42["sent"' if wrong.endswith("] ") else '42["error",'), answer
        client.send('42["echo","still here"]')
        assert await client.text() == '42["echo","still here"]'
    assert len(server.sids) == 1


async def test_hot_events_and_others_start_in_the_order_of_arrival(server: Server):
    order: list[object] = []
    server.fanout.on_hot("hot", lambda sid, payload, ack_id: order.append(payload))
    server.sio.on("cold", handler=lambda sid, payload: order.append(payload))
    async with joined(server.url) as client:
        for number in range(20):
            name = "cold" if number % 3 == 0 else "hot"
            client.send(f'42["{name}",{number}]')
        client.send('42["echo",1]')
        await client.text()
    assert [number for number in order if number % 3] == [number for number in range(20) if number % 3]
    assert [number for number in order if number % 3 == 0] == list(range(0, 20, 3))


async def test_one_handler_may_take_all_other_events(server: Server):
    taken: list[tuple[list[object], int | None]] = []

    async def take(sid: str, arguments: list[object], ack_id: int | None) -> None:
        taken.append((arguments, ack_id))
        server.fanout.send(sid, "taken", arguments)

    server.fanout.on_hot("hot", lambda sid, payload, ack_id: None)
    server.fanout.on_other(take)
    async with joined(server.url) as client:
        client.send('42["hot",1]')
        client.send('42["one",{"a":1},2]')
        client.send('427["two"]')
        assert await client.text() == '42["taken",["one",{"a":1},2]]'
        assert await client.text() == '42["taken",["two"]]'
        client.send('42["broken",')
        assert "invalid_input" in await client.text()
    assert taken == [(["one", {"a": 1}, 2], None), (["two"], 7)]
