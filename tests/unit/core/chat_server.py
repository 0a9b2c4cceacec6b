"""A real Hypercorn with nothing but the fan-out behind it, and real clients."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
from hypercorn.asyncio import serve
from hypercorn.config import Config

from lanchat.core import fast_json
from lanchat.core.fanout import Fanout

PATIENCE = 10.0  # s


class Server:
    def __init__(self, **options: Any) -> None:
        options = {"ping_interval": 25, "ping_timeout": 20, **options}
        self.sio = socketio.AsyncServer(async_mode="asgi", json=fast_json, cors_allowed_origins=[], **options)
        self.fanout = Fanout()
        self.fanout.attach(self.sio)
        self.sids: list[str] = []
        self.left: list[tuple[str, str]] = []
        self.url = ""
        self._change = asyncio.Event()
        self.sio.on("connect", self._connect)
        self.sio.on("disconnect", self._disconnect)

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any) -> None:
        self.sids.append(sid)
        self.fanout.join(sid, "everybody")

    async def _disconnect(self, sid: str, reason: str) -> None:
        self.left.append((sid, reason))
        self.fanout.drop(sid)
        self._change.set()

    async def until_left(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.left) < count:
                self._change.clear()
                await self._change.wait()


@asynccontextmanager
async def running(server: Server) -> AsyncIterator[Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.errorlog = config.accesslog = None
    config.graceful_timeout = 1
    stop = asyncio.Event()
    task = asyncio.create_task(serve(socketio.ASGIApp(server.sio), config, shutdown_trigger=stop.wait))
    server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.detach()
    try:
        yield server
    finally:
        async with asyncio.timeout(PATIENCE):
            await server.fanout.shutdown()
            await server.sio.shutdown()
            stop.set()
            await task


class Client:
    """Records every event in the order of arrival."""

    def __init__(self, transports: list[str]) -> None:
        self.sio = socketio.AsyncClient(reconnection=False)
        self.transports = transports
        self.heard: list[tuple[str, Any]] = []
        self._arrival = asyncio.Event()
        self.gone = asyncio.Event()
        self.sio.on("*", self._hear)
        self.sio.on("disconnect", self._lose)

    async def _hear(self, event: str, *arguments: Any) -> None:
        self.heard.append((event, arguments[0] if arguments else None))
        self._arrival.set()

    async def _lose(self, *_: Any) -> None:
        self.gone.set()

    async def until_heard(self, event: str, count: int = 1) -> list[Any]:
        """The payloads of the first `count` events of this name."""
        async with asyncio.timeout(PATIENCE):
            while True:
                payloads = [payload for name, payload in self.heard if name == event]
                if len(payloads) >= count:
                    return payloads[:count]
                self._arrival.clear()
                await self._arrival.wait()


@asynccontextmanager
async def connected(server: Server, transports: list[str]) -> AsyncIterator[Client]:
    client = Client(transports)
    await client.sio.connect(server.url, transports=transports, wait_timeout=PATIENCE)
    try:
        yield client
    finally:
        await client.sio.disconnect()
