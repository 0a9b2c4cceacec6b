"""Owns how many may come in: connections and chat sockets of one address, and connections altogether."""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from socketio import AsyncServer

from lanchat.core.base.bounds import Bound
from lanchat.core.base.errors import TooMany
from lanchat.core.base.tasks import Tasks
from lanchat.core.server.asgi import Application, Receive, Scope, Send, refuse

CONNECTIONS_PER_ADDRESS = 2000  # a class of 300 behind one access point, seven connections a browser
OWN_FILES = 200  # descriptors that the database, uploads and logs may need
CONNECTIONS = Bound(
    "connections",
    f"{CONNECTIONS_PER_ADDRESS}; together, as many files as the system allows but {OWN_FILES}",
    "an address",
)
FULL_RETRY = 10  # s
NEWCOMERS = 3  # of an address's sockets, at most the third part may take their time to log in
QUICK = 1.0  # s; whoever comes back with a whole class logs in within milliseconds

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
    """Lets an address open so many chat sockets; stands in front of the application.

    Any page of another site can have its visitor's browser open sockets here, but none that logs in. Those that
    haven't after a second have a smaller share, and all of them give way to newcomers: the oldest first.
    """

    def __init__(
        self,
        sio: AsyncServer,
        application: Application,
        limit: int | None,
        language: str,
        has_entered: Callable[[str], bool],
    ) -> None:
        """Must come after whatever else listens to the engine. `has_entered`: whether an Engine.IO sid is logged in."""
        self._application = application
        self._limit = limit
        self._language = language
        self._has_entered = has_entered
        self._engine = sio.eio
        self._addresses: dict[str, str] = {}  # by Engine.IO sid
        self._open: Counter[str] = Counter()
        self._waiting: defaultdict[str, dict[str, float]] = defaultdict(dict)  # by address, sids not in yet: since when
        self._tasks = Tasks()
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
        """Of sockets that are in."""
        if self._limit is None or self._open[address] < self._limit:
            return False
        return self._open[address] - len(self._newcomers(address)) >= self._limit

    def _newcomers(self, address: str) -> dict[str, float]:
        """The oldest first; without those that came in meanwhile."""
        waiting = self._waiting[address]
        for sid in [sid for sid in waiting if self._has_entered(sid)]:
            del waiting[sid]
        return waiting

    async def _arrive(self, sid: str, environ: dict[str, Any]) -> object:
        address = _address(environ["asgi.scope"])
        if self._limit is not None:
            waiting, share = self._newcomers(address), max(1, self._limit // NEWCOMERS)
            while waiting:
                oldest, since = next(iter(waiting.items()))
                is_late = len(waiting) >= share and time.monotonic() - since > QUICK
                if not is_late and self._open[address] < self._limit:
                    break
                self._give_way(oldest)
            if self._open[address] >= self._limit:  # of many at once, all were let through to here
                return False
        self._addresses[sid] = address
        self._open[address] += 1
        self._waiting[address][sid] = time.monotonic()
        return await self._next_connect(sid, environ)

    def _give_way(self, sid: str) -> None:
        self._forget(sid)
        self._tasks.run(self._engine.disconnect(sid), f"give way {sid}")

    async def _leave(self, sid: str, reason: str) -> None:
        try:
            await self._next_disconnect(sid, reason)
        finally:
            self._forget(sid)

    def _forget(self, sid: str) -> None:
        address = self._addresses.pop(sid, None)
        if address is None:
            return
        self._waiting[address].pop(sid, None)
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address], self._waiting[address]


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _open_files() -> int:
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft
