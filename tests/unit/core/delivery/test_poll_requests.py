"""The requests of a polling client end: with its session, with its connection, and within their bounds."""

import asyncio
import io
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import pytest

from lanchat.core.delivery.sockets.load import EVENTS_A_TURN, MAX_UNFINISHED
from lanchat.core.delivery.sockets.poll_requests import MAX_FIRST_POST, MAX_POST

from .chat_server import PATIENCE, Server, until
from .poller import Poller


@pytest.mark.parametrize("packet", ["2", "0", "6", "5", "3", "2\x1e0\x1e6"])
async def test_a_packet_without_meaning_is_passed_over(server: Server, poller: Poller, packet: str):
    await poller.join()
    assert await poller.say(packet) == 200
    await poller.say('42["echo",1]')
    assert (await poller.poll())[-1] == '42["echo",1]'


@pytest.mark.parametrize("body", ["9", "7", "x", "\x1e", "4\x1e", "d=40", b"\xff", b"\x00"])
async def test_what_is_no_packet_is_answered_and_ends_the_session(server: Server, poller: Poller, body: str | bytes):
    await poller.join()
    assert await poller.say(body) == 400
    await server.until_left(1)


async def test_a_post_that_is_too_large_is_answered_and_ends_the_session(server: Server, poller: Poller):
    await poller.join()
    async with poller.http.post(poller.url, data=io.BytesIO(b"x" * (MAX_POST + 1))) as answer:
        assert answer.status == 400
    await server.until_left(1)


async def test_a_stranger_may_post_only_a_little(server: Server, poller: Poller):
    (opened,) = await poller.poll()
    poller.url += "&sid=" + opened.split('"sid":"')[1].split('"')[0]
    assert await poller.say("4" + "x" * MAX_FIRST_POST) == 400
    assert await poller.say("40") == 400


async def test_a_post_without_an_announced_length_is_heard(server: Server, poller: Poller):
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b'42["ec', b'ho","in ', b'pieces"]'):
            yield piece
            await asyncio.sleep(0)

    await poller.join()
    async with poller.http.post(poller.url, data=pieces()) as answer:
        assert answer.status == 200
    assert await poller.poll() == ['42["echo","in pieces"]']


async def _raw(server: Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(server.url)
    return await asyncio.open_connection(parts.hostname, parts.port)


def _request(poller: Poller, method: str, length: int | None = None) -> bytes:
    parts = urlsplit(poller.url)
    body = "" if length is None else f"Content-Length: {length}\r\n"
    return f"{method} {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n{body}\r\n".encode()


async def test_a_poll_that_hangs_up_ends_the_session(server: Server, poller: Poller):
    await poller.join()
    _, writer = await _raw(server)
    writer.write(_request(poller, "GET"))
    await writer.drain()
    writer.close()
    await server.until_left(1)


@pytest.mark.parametrize("begun", [b"", b"4"])
async def test_a_post_whose_body_never_comes_ends(
    server: Server, poller: Poller, monkeypatch: pytest.MonkeyPatch, begun: bytes
):
    monkeypatch.setattr("lanchat.core.delivery.sockets.poll_requests.BODY_TIMEOUT", 0.1)
    await poller.join()
    reader, writer = await _raw(server)
    writer.write(_request(poller, "POST", 10) + begun)
    async with asyncio.timeout(PATIENCE):
        assert (await reader.readline()).startswith(b"HTTP/1.1 400")
    await server.until_left(1)
    writer.close()


async def test_a_poll_waits_for_no_body(server: Server, poller: Poller):
    """One that is announced and never comes keeps nobody waiting."""
    reader, writer = await _raw(server)
    writer.write(_request(poller, "GET", 10))
    async with asyncio.timeout(PATIENCE):
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()


async def test_a_post_that_is_cut_off_ends_the_session(server: Server, poller: Poller):
    await poller.join()
    _, writer = await _raw(server)
    writer.write(_request(poller, "POST", 10) + b"4")
    await writer.drain()
    writer.close()
    await server.until_left(1)


async def test_two_polls_at_once_are_no_client_s(server: Server, poller: Poller):
    await poller.join()
    reader, writer = await _raw(server)
    writer.write(_request(poller, "GET"))
    await writer.drain()
    while True:  # until the first one waits, the second may simply be the first
        async with poller.http.get(poller.url) as second:
            if second.status == 400:
                break
    async with asyncio.timeout(PATIENCE):
        assert (await reader.readline()).startswith(b"HTTP/1.1")
    await server.until_left(1)
    writer.close()


async def test_a_post_of_many_events_waits_for_everybody_else_s_turn(server: Server, poller: Poller):
    await poller.join()
    heard: list[str] = []
    loop = asyncio.get_running_loop()

    def hear(_sid: str, payload: object, _ack_id: int | None) -> None:
        heard.append(str(payload))
        if payload == "first":
            loop.call_soon(lambda: heard.append("turn"))

    server.fanout.on_hot("hot", hear)
    await poller.say("\x1e".join(['42["hot","first"]', *['42["hot",1]'] * 1000]))
    assert heard.index("turn") <= EVENTS_A_TURN
    assert len(heard) == 1002


async def test_a_post_has_so_many_events_under_way(server: Server, poller: Poller):
    await poller.join()
    begun: list[int] = []
    may_end = asyncio.Event()

    async def work(_sid: str, _arguments: list[object], _ack_id: int | None) -> None:
        begun.append(len(begun))
        await may_end.wait()

    server.fanout.on_other(work)
    posted = asyncio.create_task(poller.say("\x1e".join(['42["slow"]'] * 100)))
    await until(lambda: len(begun) == MAX_UNFINISHED)
    async with aiohttp.ClientSession() as http:
        await Poller(http, server.url).poll()
    assert len(begun) == MAX_UNFINISHED
    may_end.set()
    assert await posted == 200
    assert len(begun) == 100
