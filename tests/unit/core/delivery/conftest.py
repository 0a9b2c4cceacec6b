"""A server with nothing but the fan-out, on a connection that we took over and on the library's own path."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from .chat_server import Server, running
from .poller import Poller

PATHS = {"fast": True, "stock": False}
INTERVAL, TIMEOUT = 0.3, 0.2  # s


@pytest.fixture(params=PATHS)
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with running(Server(takes_over=PATHS[request.param])) as server:
        yield server


@pytest.fixture(params=PATHS)
async def impatient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.TICK", 0.05)
    async with running(Server(takes_over=PATHS[request.param], ping_interval=INTERVAL, ping_timeout=TIMEOUT)) as server:
        yield server


@pytest.fixture
async def poller(server: Server) -> AsyncIterator[Poller]:
    async with aiohttp.ClientSession() as http:
        poller = Poller(http, server.url)
        yield poller
        await poller.say("1")
