"""Owns the listening sockets and the server's life on them: bind, serve, and stop within ten seconds."""

import asyncio
import errno
import logging
import socket
import ssl
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, Protocol, cast

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.typing import ASGIFramework

from lanchat.config import SettingsError
from lanchat.core.server.access_log import Requests
from lanchat.core.server.asgi import Receive, Scope, Send
from lanchat.core.server.connection_limits import Doors
from lanchat.core.server.connections import Connection, free

BACKLOG = 1024  # a class that comes back at once waits in line instead of being turned away
FURTHER_PORTS = 20  # above a taken one, before any free port will do
HEADER_TIMEOUT = 30  # s for the header of a request to be complete, and for a connection to stay without one
MAX_HEADER = 32 << 10  # bytes
# Together below the ten seconds that a stop may take:
GOODBYE_TIMEOUT = 2.0  # s for everybody to be told
REQUESTS_TIMEOUT = 2.0  # s for running requests to end
SHUTDOWN_TIMEOUT = 3.0  # s to finish what is being written
CONNECTIONS_TIMEOUT = 1.0  # s for what is left to be flushed, and once more for what had to be cut

log = logging.getLogger(__name__)


class Application(Protocol):
    async def startup(self) -> None: ...
    async def say_goodbye(self) -> None: ...
    async def shutdown(self) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class Listener(NamedTuple):
    sockets: Sequence[socket.socket]
    tls: ssl.SSLContext | None = None


def bind(host: str | None, port: int) -> list[socket.socket]:
    """Sockets that listen on `host` (None: everywhere, IPv6 and IPv4) and one port. Raises SettingsError.

    They listen at once, so that the port is ours before anything slow begins; who comes early waits.
    """
    sockets: list[socket.socket] = []
    try:
        for family, address in _addresses(host, port):
            free_port = sockets[0].getsockname()[1] if sockets else port
            sockets.append(_listen(family, address, free_port))
    except OSError as error:
        for listening in sockets:
            listening.close()
        raise _explain(error, host, port) from None
    return sockets


def bind_near(host: str | None, port: int) -> list[socket.socket]:
    """Listen on `port`, or where that is taken on one of the next, or on any. Raises SettingsError."""
    for wanted in range(port, min(port + FURTHER_PORTS, 65536)):
        try:
            return bind(host, wanted)
        except SettingsError as error:
            if error.code != "port_taken":
                raise
    return bind(host, 0)


async def serve(
    app: Application,
    listeners: Sequence[Listener],
    stop: asyncio.Event,
    when_ready: Callable[[], None],
    doors: Doors | None = None,
) -> None:
    """Serve until `stop` is set. Raises what `app.startup()` raises; whatever happens, the sockets are closed."""
    try:
        await app.startup()
        server = _Server(app, doors or Doors())
        try:
            await server.open(listeners)
            when_ready()
            await stop.wait()
        finally:
            await server.close()
    finally:
        for listener in listeners:
            for listening in listener.sockets:
                listening.close()


class _Server:
    """Hypercorn's connections on our sockets.

    Its own loop around them prints traces when it is stopped, and would keep a stop waiting for everybody to leave.
    """

    def __init__(self, app: Application, doors: Doors) -> None:
        self._app = app
        self._doors = doors
        self._requests = Requests(app)
        self._wrapped = ASGIWrapper(cast(ASGIFramework, self._requests))
        self._config = _hypercorn_config()
        self._context = WorkerContext(None)
        self._servers: list[asyncio.Server] = []
        # Open ones, each with the task that serves it, or None once somebody else has taken it over.
        self._connections: dict[asyncio.WriteTransport, asyncio.Task[Any] | None] = {}
        self._all_gone = asyncio.Event()

    async def open(self, listeners: Sequence[Listener]) -> None:
        for tls, listening in ((listener.tls, each) for listener in listeners for each in listener.sockets):
            timeout = HEADER_TIMEOUT if tls else None
            self._servers.append(
                await asyncio.start_server(
                    self._connect, sock=listening, backlog=BACKLOG, ssl=tls, ssl_handshake_timeout=timeout
                )
            )

    async def close(self) -> None:
        await _within(GOODBYE_TIMEOUT, self._app.say_goodbye(), "saying goodbye")
        for server in self._servers:
            server.close()
        await self._context.terminated.set()  # connections without a request end now, the others after theirs
        await _within(REQUESTS_TIMEOUT, self._requests.wait_until_answered(), "the last request")
        await _within(SHUTDOWN_TIMEOUT, self._app.shutdown(), "the last writing")
        await self._end_connections()

    async def _end_connections(self) -> None:
        await self._wait_until_gone()
        for transport, task in tuple(self._connections.items()):
            transport.abort()  # else its end waits until a client has read what we sent
            if task is not None:
                task.cancel()
        await self._wait_until_gone()

    async def _wait_until_gone(self) -> None:
        self._all_gone.clear()
        if self._connections:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_gone.wait(), CONNECTIONS_TIMEOUT)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer, transport = writer.get_extra_info("peername"), writer.transport
        if peer is None or not self._doors.admit(peer[0]):
            transport.abort()
            return
        self._connections[transport] = asyncio.current_task()
        when_gone = partial(self._leave, transport, peer[0])
        loop = asyncio.get_running_loop()
        connection = Connection(self._wrapped, loop, self._config, self._context, {}, reader, writer)
        connection.when_gone = when_gone
        try:
            with suppress(asyncio.CancelledError):  # only our own close cancels
                await connection
        except Exception as error:  # noqa: BLE001, one connection's trouble stays its own, and the application logged its part
            log.warning("connection ended: %r", error)
        finally:
            if not connection.is_given_away:
                # asyncio's, of one that was closed while something waited, and has flushed it
                with suppress(AttributeError):
                    transport.abort()
                when_gone()
            elif transport in self._connections:  # else it is lost already
                self._connections[transport] = None
            connection.let_go()

    def _leave(self, transport: asyncio.WriteTransport, address: str) -> None:
        """Once, whoever finds out first."""
        if transport not in self._connections:
            return
        self._doors.leave(address)
        del self._connections[transport]
        free(transport)
        if not self._connections:
            self._all_gone.set()


async def _within(seconds: float, work: Coroutine[Any, Any, None], name: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        log.info("stopping: %s took longer than %g s and was cut short", name, seconds)


def _hypercorn_config() -> Config:
    config = Config()
    config.include_server_header = False
    config.keep_alive_timeout = HEADER_TIMEOUT
    config.h11_max_incomplete_size = MAX_HEADER
    config.errorlog = logging.getLogger("hypercorn.error")
    return config


def _addresses(host: str | None, port: int) -> list[tuple[int, str]]:
    if host is None:
        return [(socket.AF_INET6, "::")] if _has_ipv6() else [(socket.AF_INET, "0.0.0.0")]  # noqa: S104, LanChat is for the LAN
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((int(family), str(address[0])) for family, _, _, _, address in found))


def _has_ipv6() -> bool:
    if not socket.has_dualstack_ipv6():
        return False
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
        try:
            probe.bind(("::", 0))
        except OSError:
            return False  # compiled in, but switched off
    return True


def _listen(family: int, address: str, port: int) -> socket.socket:
    # With the protocol named, asyncio sends small packets at once; otherwise answers wait 40 ms for an ACK.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # There SO_REUSEADDR would let two programs share the port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if address == "::" else 1)
        listening.bind((address, port))
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening


def _explain(error: OSError, host: str | None, port: int) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        return SettingsError("port_taken", port=port)
    if error.errno == errno.EACCES:
        return SettingsError("port_forbidden", port=port)
    return SettingsError("host_unknown", host=host, reason=error.strerror)
