"""Owns how many may come in: connections and chat sockets of one address, and connections altogether."""

import sys
from collections import Counter
from typing import Any

from socketio import AsyncServer

from lanchat.core.base.errors import TooMany
from lanchat.core.server.asgi import Application, Receive, Scope, Send, refuse

CONNECTIONS_PER_ADDRESS = 2000  # a class of 300 behind one access point, seven connections a browser
OWN_FILES = 200  # descriptors that the database, uploads and logs may need
FULL_RETRY = 10  # s

SOCKETS = "/socket.io/"


class Doors:
    """Counts open connections; who holds more than their share gets no further one."""

    def __init__(self, per_address: int | None = CONNECTIONS_PER_ADDRESS, altogether: int | None = None) -> None:
        self._per_address = per_address
        self._altogether = _open_files() - OWN_FILES if altogether is None else altogether
        self._open: Counter[str] = Counter()
        self.total = 0  # open now

    def admit(self, address: str) -> bool:
        """Whether there is room for one more; if so it counts, until `leave`."""
        if self.total >= self._altogether:
            return False
        if self._per_address is not None and self._open[address] >= self._per_address:
            return False
        self._open[address] += 1
        self.total += 1
        return True

    def leave(self, address: str) -> None:
        self.total -= 1
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]


class Crowd:
    """Lets an address open so many chat sockets, logged in or not; stands in front of the application."""

    def __init__(self, sio: AsyncServer, application: Application, limit: int | None, language: str) -> None:
        """Must come after whatever else listens to the engine."""
        self._application = application
        self._limit = limit
        self._language = language
        self._addresses: dict[str, str] = {}  # by Engine.IO sid
        self._open: Counter[str] = Counter()
        self._next_connect = sio.eio.handlers["connect"]
        self._next_disconnect = sio.eio.handlers["disconnect"]
        sio.eio.on("connect", self._arrive)
        sio.eio.on("disconnect", self._leave)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_newcomer = scope["path"].startswith(SOCKETS) and b"sid=" not in scope.get("query_string", b"")
        if is_newcomer and self._is_full(_address(scope)):
            await refuse(scope, receive, send, TooMany(retry_after=FULL_RETRY), self._language)
        else:
            await self._application(scope, receive, send)

    def _is_full(self, address: str) -> bool:
        return self._limit is not None and self._open[address] >= self._limit

    async def _arrive(self, sid: str, environ: dict[str, Any]) -> object:
        address = _address(environ["asgi.scope"])
        if self._is_full(address):  # of many at once, all were let through to here
            return False
        self._addresses[sid] = address
        self._open[address] += 1
        return await self._next_connect(sid, environ)

    async def _leave(self, sid: str, reason: str) -> None:
        try:
            await self._next_disconnect(sid, reason)
        finally:
            address = self._addresses.pop(sid, None)
            if address is not None:
                self._open[address] -= 1
                if not self._open[address]:
                    del self._open[address]


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _open_files() -> int:
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft
