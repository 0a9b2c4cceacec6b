"""A connection ends when either side has gone, and what a client sent is not lost; through `serve`, on real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from lanchat.core.server.asgi import Receive, Scope, Send
from lanchat.core.server.serve import HEADER_TIMEOUT

from .test_serve import PATIENCE, REQUEST, App, Serving, read_all, server

ASK = (
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: %s\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
HELLO = b"\x81\x85\0\0\0\0hello"  # a client's frame, masked with zeros


class Listening(App):
    """Takes WebSockets, as slowly as it is told to, and keeps what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: asyncio.Queue[Any] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await super().__call__(scope, receive, send)
            return
        self.began.set()
        await self.go_on.wait()
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await self.heard.put(message["text"])
        await self.heard.put(None)


@pytest.fixture
def app() -> Listening:
    return Listening()


@pytest.fixture
async def running(app: Listening) -> AsyncIterator[Serving]:
    async with server(app) as running:
        yield running


async def until_let_go(running: Serving) -> None:
    """Until the server has closed all its sides; far below the time that an idle connection may stay."""
    async with asyncio.timeout(HEADER_TIMEOUT / 3):
        while running.open_connections():  # noqa: ASYNC110, nobody tells
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("asked", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HT"])
async def test_a_client_that_closes_is_let_go(running: Serving, asked: bytes) -> None:
    for _ in range(5):
        reader, writer = await running.connect(asked)
        if asked.endswith(b"\r\n\r\n"):
            assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 200")
        writer.close()
        await writer.wait_closed()
    await until_let_go(running)


async def test_a_client_that_closes_before_its_answer_is_let_go(running: Serving, app: Listening) -> None:
    _, writer = await running.connect(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    await asyncio.wait_for(app.began.wait(), PATIENCE)
    writer.close()
    await writer.wait_closed()
    app.go_on.set()
    await until_let_go(running)


async def test_nobody_works_for_a_client_that_has_gone(running: Serving, app: Listening) -> None:
    """What it asked for ahead is dropped once the first answer finds nobody."""
    _, writer = await running.connect(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" + REQUEST % b"more" * 500)
    await asyncio.wait_for(app.began.wait(), PATIENCE)
    writer.transport.abort()
    app.go_on.set()
    await until_let_go(running)
    assert len(app.answered) < 10


async def test_who_asks_ahead_and_stays_gets_every_answer(running: Serving, app: Listening) -> None:
    reader, writer = await running.connect(REQUEST % b"one" * 50)
    async with asyncio.timeout(PATIENCE):
        for _ in range(50):
            assert (await reader.readuntil(b"\r\n\r\nok")).startswith(b"HTTP/1.1 200")
    writer.close()


async def test_who_has_said_all_gets_the_answer_and_the_end(running: Serving, app: Listening) -> None:
    reader, writer = await running.connect(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    await asyncio.wait_for(app.began.wait(), PATIENCE)
    writer.write_eof()
    app.go_on.set()
    assert (await read_all(reader)).endswith(b"ok")
    await until_let_go(running)
    writer.close()


@pytest.mark.parametrize("behind", [b"", HELLO])
@pytest.mark.parametrize("asked", [ASK % b"8", (ASK % b"13").replace(b"Key", b"Kay"), ASK % b"x"])
async def test_a_handshake_that_is_none_is_refused_and_over(running: Serving, asked: bytes, behind: bytes) -> None:
    reader, writer = await running.connect(asked + behind)
    answer = await read_all(reader)
    assert not behind or answer  # with unread bytes TCP may take the answer back
    if not behind:
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"sec-websocket-version: 13\r\n" in answer.lower()
    await until_let_go(running)
    writer.close()


async def test_what_comes_right_behind_a_handshake_is_heard(running: Serving, app: Listening) -> None:
    reader, writer = await running.connect(ASK % b"13" + HELLO * 20)
    await asyncio.wait_for(app.began.wait(), PATIENCE)
    app.go_on.set()
    assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 101")
    async with asyncio.timeout(PATIENCE):
        assert [await app.heard.get() for _ in range(20)] == ["hello"] * 20
    writer.close()


async def test_nobody_piles_up_frames_behind_a_handshake(running: Serving, app: Listening) -> None:
    reader, writer = await running.connect(ASK % b"13" + HELLO * 20_000)
    with suppress(ConnectionError):
        assert await read_all(reader) == b""
    app.go_on.set()
    await until_let_go(running)
    writer.close()
