"""The real HTTP server with nothing but the fan-out behind it, and real clients."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import socketio

from lanchat.core.delivery import socketio_json
from lanchat.core.delivery.fanout import Fanout
from lanchat.core.server.connection_limits import Doors
from lanchat.core.server.serve import Listener, bind, serve

PATIENCE = 10.0  # s


async def until(is_so: Callable[[], bool]) -> None:
    """For what nobody tells; whatever is told is waited for."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0)


class Server:
    """Every client hears the channel `everybody`, and gets back what it sends with `echo`."""

    def __init__(self, *, takes_over: bool = True, **options: Any) -> None:
        """Without `takes_over` it looks like a server that we don't know."""
        self.sio = socketio.AsyncServer(async_mode="asgi", json=socketio_json, cors_allowed_origins=[], **options)
        self.fanout = Fanout()
        self.fanout.attach(self.sio)
        self.takes_over = takes_over
        self.sids: list[str] = []
        self.left: list[tuple[str, str]] = []
        self.heard: list[tuple[object, ...]] = []
        self.url = ""
        self._change = asyncio.Event()
        self._application = socketio.ASGIApp(self.sio)
        self.sio.on("connect", self._connect)
        self.sio.on("disconnect", self._disconnect)
        self.sio.on("echo", self._echo)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def wrapped(event: Any) -> None:
            await send(event)

        await self._application(scope, receive, send if self.takes_over else wrapped)

    async def startup(self) -> None:
        pass

    async def say_goodbye(self) -> None:
        await self.fanout.shutdown()

    async def shutdown(self) -> None:
        await self.sio.shutdown()

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any) -> None:
        if auth == {"token": "wrong"}:
            raise socketio.exceptions.ConnectionRefusedError("no", {"code": "not_authenticated"})
        self.sids.append(sid)
        self.fanout.join(sid, "everybody")

    async def _disconnect(self, sid: str, reason: str) -> None:
        self.left.append((sid, reason))
        self.fanout.drop(sid)
        self._change.set()

    async def _echo(self, sid: str, *arguments: object) -> tuple[object, ...]:
        await self.sio.emit("echo", arguments, to=sid)
        return arguments

    async def until_left(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.left) < count:
                self._change.clear()
                await self._change.wait()


@asynccontextmanager
async def running(
    server: Server, certificate: tuple[str, str] | None = None, doors: Doors | None = None
) -> AsyncIterator[Server]:
    """`certificate` is the paths of a certificate and its key."""
    tls = None
    if certificate is not None:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*certificate)
    sockets = bind("127.0.0.1", 0)
    server.url = f"http{'s' if certificate else ''}://127.0.0.1:{sockets[0].getsockname()[1]}"
    stop = asyncio.Event()
    task = asyncio.create_task(serve(server, [Listener(sockets, tls)], stop, lambda: None, doors))
    try:
        yield server
    finally:
        async with asyncio.timeout(PATIENCE):
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
