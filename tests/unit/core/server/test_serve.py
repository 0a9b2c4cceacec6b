import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from lanchat.config import SettingsError
from lanchat.core.server import serve as serving
from lanchat.core.server.asgi import Receive, Scope, Send
from lanchat.core.server.connection_limits import Doors
from lanchat.core.server.serve import Listener, bind, serve

PATIENCE = 10.0  # s for anything that must happen
REQUEST = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"


class App:
    """Answers at once, but `/slow` when it is told to and `/never`."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.go_on = asyncio.Event()
        self.answered: list[str] = []
        self.shutdown_takes = 0.0  # s

    async def startup(self) -> None:
        pass

    async def say_goodbye(self) -> None:
        pass

    async def shutdown(self) -> None:
        await asyncio.sleep(self.shutdown_takes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.began.set()
        if scope["path"] == "/slow":
            await self.go_on.wait()
        elif scope["path"] == "/never":
            await asyncio.Event().wait()
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok", "more_body": False})
        self.answered.append(scope["path"])


class Serving:
    def __init__(self, app: App, sockets: list[socket.socket]) -> None:
        self.app = app
        self.port = sockets[0].getsockname()[1]
        self.stop = asyncio.Event()
        self.doors = Doors()
        self.task = asyncio.create_task(serve(app, [Listener(sockets)], self.stop, lambda: None, self.doors))

    async def connect(self, data: bytes, host: str = "127.0.0.1") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(host, self.port)
        writer.write(data)
        return reader, writer

    def open_connections(self) -> int:
        return self.doors.total

    async def until_stopped(self) -> float:
        """Seconds that a stop took."""
        started = time.monotonic()
        self.stop.set()
        await asyncio.wait_for(self.task, PATIENCE)
        return time.monotonic() - started


@asynccontextmanager
async def server(app: App) -> AsyncIterator[Serving]:
    running = Serving(app, bind("127.0.0.1", 0))
    try:
        yield running
    finally:
        await running.until_stopped()


async def read_all(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE)
    except ConnectionResetError:
        return b""


@pytest.fixture
def app() -> App:
    return App()


async def test_a_header_that_trickles_in_is_cut_off(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEADER_TIMEOUT", 0.3)
    async with server(app) as running:
        reader, writer = await running.connect(b"GET / HTTP/1.1\r\n")

        async def trickle() -> None:
            while not writer.is_closing():
                writer.write(b"X-More: 1\r\n")
                await asyncio.sleep(0.05)

        trickling = asyncio.create_task(trickle())
        assert await read_all(reader) == b""
        trickling.cancel()
        writer.close()
    assert app.answered == []


async def test_an_idle_connection_is_closed_after_its_answer(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEADER_TIMEOUT", 0.3)
    async with server(app) as running:
        reader, writer = await running.connect(REQUEST % b"" + REQUEST % b"again")
        assert (await read_all(reader)).count(b"HTTP/1.1 200") == 2
        writer.close()


async def test_a_connection_stays_with_http_1(app: App) -> None:
    async with server(app) as running:
        preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"
        reader, writer = await running.connect(preface)
        assert (await read_all(reader)).startswith(b"HTTP/1.1 400")
        writer.close()
        upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
        reader, writer = await running.connect(b"GET / HTTP/1.1\r\nHost: x\r\n" + upgrade)
        assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 200")
        writer.close()


@pytest.mark.parametrize(
    "second_length",
    [b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"],
)
async def test_no_second_request_hides_behind_two_lengths(app: App, second_length: bytes) -> None:
    async with server(app) as running:
        smuggled = b"POST / HTTP/1.1\r\nHost: x\r\n" + second_length + b"\r\n0\r\n\r\n" + REQUEST % b"smuggled"
        reader, writer = await running.connect(smuggled)
        answer = await read_all(reader)
        writer.close()
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1
    assert app.answered == []


@pytest.mark.parametrize("target", [b"*", b"http:/x/", b"http://", b"http://me@x/", b"ftp://x/", b"x:443", b"?q"])
async def test_a_target_that_is_no_path_is_refused(app: App, target: bytes) -> None:
    async with server(app) as running:
        reader, writer = await running.connect(b"OPTIONS " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await read_all(reader)).startswith(b"HTTP/1.1 400")
        writer.close()
    assert app.answered == []


async def test_a_stop_lets_running_requests_end(app: App) -> None:
    async with server(app) as running:
        reader, writer = await running.connect(REQUEST % b"slow")
        await asyncio.wait_for(app.began.wait(), PATIENCE)
        stopping = asyncio.create_task(running.until_stopped())
        await asyncio.sleep(0)
        app.go_on.set()
        assert (await read_all(reader)).endswith(b"ok")
        await stopping
        writer.close()


async def test_a_stop_does_not_wait_for_idle_connections(app: App) -> None:
    async with server(app) as running:
        idle = [await running.connect(data) for data in (b"", REQUEST % b"", b"GET / HT")]
        await asyncio.wait_for(app.began.wait(), PATIENCE)
        assert await running.until_stopped() < 1
        for reader, writer in idle:
            await read_all(reader)
            writer.close()


async def test_a_stop_cuts_what_never_ends(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("GOODBYE_TIMEOUT", "REQUESTS_TIMEOUT", "SHUTDOWN_TIMEOUT", "CONNECTIONS_TIMEOUT"):
        monkeypatch.setattr(serving, name, 0.2)
    caplog.set_level("INFO")
    app.shutdown_takes = 60
    async with server(app) as running:
        reader, writer = await running.connect(REQUEST % b"never")
        await asyncio.wait_for(app.began.wait(), PATIENCE)
        assert await running.until_stopped() < 2
        assert await read_all(reader) == b""
        writer.close()
    assert "the last writing took longer" in caplog.text
    assert "Traceback" not in caplog.text


def test_everything_together_stops_within_ten_seconds() -> None:
    parts = (serving.GOODBYE_TIMEOUT, serving.REQUESTS_TIMEOUT, serving.SHUTDOWN_TIMEOUT, serving.CONNECTIONS_TIMEOUT)
    assert sum(parts) + serving.CONNECTIONS_TIMEOUT < 10


async def test_a_failing_start_gives_the_port_back(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(app, "startup", fail)
    sockets = bind("127.0.0.1", 0)
    port = sockets[0].getsockname()[1]
    with pytest.raises(RuntimeError):
        await serve(app, [Listener(sockets)], asyncio.Event(), lambda: None)
    for listening in bind("127.0.0.1", port):
        listening.close()


@pytest.mark.skipif(not serving._has_ipv6(), reason="this machine has no IPv6")
async def test_without_a_host_it_answers_over_both_protocols(app: App) -> None:
    running = Serving(app, bind(None, 0))
    for host in ("127.0.0.1", "::1"):
        reader, writer = await running.connect(REQUEST % b"", host)
        assert b"200" in await asyncio.wait_for(reader.readline(), PATIENCE)
        writer.close()
    await running.until_stopped()


def test_without_ipv6_it_listens_on_ipv4(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "has_dualstack_ipv6", lambda: False)
    (listening,) = bind(None, 0)
    assert listening.getsockname()[0] == "0.0.0.0"
    listening.close()


def test_all_addresses_of_a_name_get_the_same_port() -> None:
    sockets = bind("localhost", 0)
    assert len({listening.getsockname()[1] for listening in sockets}) == 1
    for listening in sockets:
        listening.close()


def test_a_taken_port_is_refused_in_words() -> None:
    (first,) = bind("127.0.0.1", 0)
    with pytest.raises(SettingsError) as refusal:
        bind("127.0.0.1", first.getsockname()[1])
    assert refusal.value.code == "port_taken"
    first.close()


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "2001:db8::1"])
def test_somebody_elses_address_is_refused_in_words(host: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        bind(host, 0)
    assert refusal.value.code == "host_unknown"
