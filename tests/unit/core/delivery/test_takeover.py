"""The connection is taken from Hypercorn, with every byte that is already there, or the ordinary way is taken."""

import asyncio
import datetime as dt
import json
import ssl
from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.protocol.h2 import H2Protocol
from hypercorn.protocol.ws_stream import Handshake, WSStream
from hypercorn.typing import ConnectionState

from lanchat.core.delivery.sockets import takeover
from lanchat.core.delivery.sockets.takeover import _Grip as Grip
from lanchat.core.server.connection_limits import Doors

from .chat_server import PATIENCE, Server, connected, running, until
from .poller import Poller
from .raw_client import joined, masked, raw_client


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running(Server()) as server:
        yield server


async def test_a_websocket_on_hypercorn_is_taken_over(server: Server):
    """Fails when an update of a library, or a wrapper in between, silently puts everybody on the slow path."""
    async with joined(server.url), connected(server, ["websocket"]), connected(server, ["polling", "websocket"]):
        await until(lambda: server.fanout.stats.fast_sockets == 3)
        assert server.fanout.stats.queued_sockets == 0
        async with connected(server, ["polling"]):
            assert server.fanout.stats.queued_sockets == 1


async def test_another_server_takes_the_ordinary_way():
    async with running(Server(takes_over=False)) as server, joined(server.url) as client:
        assert server.fanout.stats.fast_sockets == 0
        assert server.fanout.stats.queued_sockets == 1
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'


async def test_a_hypercorn_that_is_built_differently_takes_the_ordinary_way(monkeypatch: pytest.MonkeyPatch):
    def below(send: object) -> object:
        protocol = send.__self__.send.__self__  # type: ignore[attr-defined]
        original, protocol.send = protocol.send, partial(protocol.send)  # no longer a method of anything
        try:
            return whole(send)
        finally:
            protocol.send = original

    whole = Grip.below
    monkeypatch.setattr(Grip, "below", staticmethod(below))
    async with running(Server()) as server, joined(server.url) as client:
        assert server.fanout.stats.fast_sockets == 0
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'


async def test_a_websocket_within_http2_is_left_to_hypercorn():
    """There the connection carries other streams as well."""
    nobody = asyncio.Lock()  # anything that is never called
    config, context = Config(), WorkerContext(None)
    protocol = H2Protocol(nobody, config, context, nobody, ConnectionState({}), True, None, None, nobody.acquire)
    stream = WSStream(nobody, config, context, nobody, True, None, None, protocol.stream_send, 1)
    stream.handshake = Handshake([(b"sec-websocket-version", b"13")], "2")
    assert stream.handshake.is_valid()
    assert Grip.below(stream.app_send) is None


def test_an_engine_without_drivers_is_left_alone():
    class Engine:
        pass

    engine = Engine()
    takeover.install(engine, None)  # type: ignore[arg-type]
    assert not vars(engine)


EVENTS = b"5", b'42["echo","one"]', '42["echo","二"]'.encode()
STREAM = b"".join(masked(event) for event in EVENTS)


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
async def test_an_upgrade_and_two_events_may_be_cut_anywhere(server: Server, cut: int):
    async with aiohttp.ClientSession() as http:
        sid = await Poller(http, server.url).join()
        async with raw_client(server.url, sid=sid) as client:
            client.send("2probe")
            assert await client.text() == "3probe"
            client.writer.write(STREAM[:cut])
            await client.writer.drain()
            for _ in range(3):
                await asyncio.sleep(0)  # a turn of the loop for the server to read in
            client.writer.write(STREAM[cut:])
            heard = [text for text in [await client.text() for _ in range(3)] if text != "6"]
    assert heard == ['42["echo","one"]', '42["echo","二"]']


async def test_what_a_hasty_client_sends_before_our_answer_is_not_lost(server: Server):
    """Bytes that Hypercorn has received and not looked at belong to us."""
    grips: list[object] = []
    let_go = Grip.let_go

    def early(grip: Grip) -> bytes:
        grip.server.reader.feed_data(masked(b"40") + masked(b'42["echo","early"]')[:9])
        grips.append(grip)
        return let_go(grip)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Grip, "let_go", early)
        async with raw_client(server.url) as client:
            client.writer.write(masked(b'42["echo","early"]')[9:])
            assert (await client.text())[0] == "0"
            assert (await client.text()).startswith("40")
            assert await client.text() == '42["echo","early"]'
    assert len(grips) == 1


async def test_a_client_that_is_gone_before_our_answer_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    def below(send: object) -> Grip | None:
        grip = whole(send)
        assert grip is not None
        grip.transport.abort()
        return grip

    whole = Grip.below
    async with running(Server()) as server:
        async with aiohttp.ClientSession() as http:
            poller = Poller(http, server.url)
            sid = await poller.join()
            monkeypatch.setattr(Grip, "below", staticmethod(below))
            for session in (None, sid):
                with pytest.raises(asyncio.IncompleteReadError):
                    async with raw_client(server.url, sid=session):
                        pass
            await until(lambda: len(server.sio.eio.sockets) == 1)
            server.fanout.publish("everybody", "still", "here")
            assert '42["still","here"]' in await poller.poll()
            await poller.say("1")
        assert server.fanout.stats.fast_sockets == server.fanout.stats.queued_sockets == 0


async def test_hypercorn_learns_of_the_end(server: Server):
    """Otherwise its task would stay for every client that ever came."""
    async with joined(server.url):
        pass
    await server.until_left(1)  # by now the library's own tasks run
    before = len(asyncio.all_tasks())
    for _ in range(5):
        async with joined(server.url):
            pass
    await server.until_left(6)
    await until(lambda: len(asyncio.all_tasks()) <= before)


async def test_a_socket_needs_no_task_and_counts_until_its_end():
    """A task and its streams took 7 KB of each client."""
    doors = Doors()
    async with running(Server(), doors=doors) as server:
        async with joined(server.url) as first, joined(server.url):
            server.fanout.publish("everybody", "hello", None)
            assert await first.text() == '42["hello",null]'
            tasks = len(asyncio.all_tasks())
            async with joined(server.url) as third:
                await until(lambda: len(asyncio.all_tasks()) <= tasks)
                third.send('42["echo","still here"]')
                assert await third.text() == '42["echo","still here"]'
                assert doors.total == 3
            await until(lambda: doors.total == 2)
        await until(lambda: doors.total == 0)


async def test_a_client_that_hangs_up_right_behind_its_handshake_is_counted_down():
    """2000 of them shut their address out: nobody had taken them over, and nobody ended them."""
    doors = Doors()
    async with running(Server(), doors=doors) as server:
        host, port = server.url.removeprefix("http://").split(":")
        handshake = (
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ).encode()
        for ahead in (b"", f"GET /nothing HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(ahead + handshake)
            writer.write_eof()
            async with asyncio.timeout(PATIENCE):
                await reader.read()
            writer.close()
        await until(lambda: doors.total == 0)


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(cert_file), str(key_file)


async def test_tls_connections_are_taken_over_too(certificate: tuple[str, str]):
    trusting = ssl.create_default_context(cafile=certificate[0])
    trusting.check_hostname = False
    async with (
        running(Server(), certificate) as server,
        joined(server.url, tls=trusting) as one,
        joined(server.url, tls=trusting) as two,
    ):
        assert server.fanout.stats.fast_sockets == 2
        for number in range(200):
            server.fanout.publish("everybody", "new_message", [number, "字" * 500])
        for client in (one, two):
            for number in range(200):
                assert json.loads((await client.text())[2:])[1][0] == number
        one.send('42["echo",1]')
        assert await one.text() == '42["echo",1]'
        await server.fanout.close(server.sids[0])
        assert await one.until_closed() == 1000
