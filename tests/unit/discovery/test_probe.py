import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from lanchat.core.security.tls import HttpsKeys
from lanchat.discovery import host_query as asking
from lanchat.discovery import probe
from lanchat.discovery.addresses import Address, classify
from lanchat.discovery.favourites import Favourite, Favourites
from lanchat.discovery.host_query import ask, verify
from lanchat.discovery.probe import find_favourites, probe_subnets, subnets
from tests.unit.discovery import adapters as recorded
from tests.unit.discovery.adapters import Row, adapters

INFO = {"installation_id": "office", "name": "Office", "version": "1", "https_port": 8443, "fingerprint": "aa" * 32}


class Answering:
    """A server that answers every request with the same bytes, and counts who is there at once."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self.tasks: set[asyncio.Task[None]] = set()
        self.at_once = 0
        self.most_at_once = 0

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._answer(reader, writer))
        self.tasks.add(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(self.answer)
            await reader.read()
        except (OSError, EOFError):
            pass
        finally:
            self.at_once -= 1
            writer.transport.abort()


def http(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@asynccontextmanager
async def answering(
    answer: bytes, host: str = "127.0.0.1", port: int = 0, **options: Any
) -> AsyncIterator[tuple[Answering, int]]:
    there = Answering(answer)
    server = await asyncio.start_server(there.serve, host, port, **options)
    try:
        yield there, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in there.tasks:
            task.cancel()
        await asyncio.gather(*there.tasks, return_exceptions=True)
        await asyncio.sleep(0)  # the transports take leave


async def test_a_host_tells_who_it_is() -> None:
    async with answering(http(json.dumps(INFO).encode())) as (there, port):
        said = await ask("127.0.0.1", port)
    assert said is not None
    assert (said.id, said.name, said.https_port, said.fingerprint) == ("office", "Office", 8443, "aa" * 32)
    assert there.requests[0].startswith(b"GET /api/info HTTP/1.1\r\n")
    assert f"host: 127.0.0.1:{port}".encode() in there.requests[0].lower()


@pytest.mark.parametrize(
    "answer",
    [
        http(b"<html>a router's page</html>"),
        http(b"[]"),
        http(b"{}"),
        http(b"{}", "404 Not Found"),
        http(b"\xff\xfe"),
        http(b"x" * (asking.MAX_ANSWER + 1)),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
    ],
)
async def test_what_is_no_host_is_passed_over(answer: bytes) -> None:
    async with answering(answer) as (_, port):
        assert await ask("127.0.0.1", port, 0.5) is None


async def test_silence_is_waited_for_no_longer_than_said() -> None:
    async with answering(b"") as (_, port):
        started = asyncio.get_running_loop().time()
        assert await ask("127.0.0.1", port, 0.2) is None
        assert asyncio.get_running_loop().time() - started < 1


@asynccontextmanager
async def secure_host(https_keys: HttpsKeys, shown: HttpsKeys) -> AsyncIterator[tuple[int, int]]:
    """HTTPS with the key of `https_keys`, handing out the certificate of `shown`."""
    async with (
        answering(b"", ssl=https_keys.context) as (_, https_port),
        answering(http(shown.authority.pem)) as (_, port),
    ):
        yield port, https_port


async def test_a_host_proves_its_key_and_an_impostor_can_not(tmp_path: Path) -> None:
    host, impostor = HttpsKeys(tmp_path / "host"), HttpsKeys(tmp_path / "impostor")
    for https_keys in (host, impostor):
        https_keys.renew([], [])
    async with secure_host(host, shown=host) as (port, https_port):
        assert await verify("127.0.0.1", port, https_port, host.fingerprint)
    async with secure_host(impostor, shown=impostor) as (port, https_port):
        assert not await verify("127.0.0.1", port, https_port, host.fingerprint)
    async with secure_host(impostor, shown=host) as (port, https_port):
        assert not await verify("127.0.0.1", port, https_port, host.fingerprint)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (recorded.LINUX_LAPTOP, ["192.168.1.0/24", "10.20.0.0/24"]),
        (recorded.WINDOWS_LAPTOP, ["192.168.31.0/24"]),
        ([("eth0", [("192.168.1.5", 28)])], ["192.168.1.0/28"]),
        ([("eth0", [("192.168.1.5", 24)]), ("wlan0", [("192.168.1.6", 24)])], ["192.168.1.0/24"]),
        ([("eth0", [("203.0.113.5", 24)])], []),
        ([("tun0", [("10.8.0.2", 24)]), ("docker0", [("172.17.0.1", 16)])], []),
        ([("eth0", [("fd00::5", 64)])], []),
    ],
)
def test_only_private_networks_of_the_building_are_probed_and_each_once(rows: list[Row], expected: list[str]) -> None:
    assert [str(network) for network in subnets(classify(adapters(rows)))] == expected


def loopback(ip: str, prefix: int) -> list[Address]:
    return [Address(ip, 4, "eth0", "lan", is_likely=True, prefix=prefix, index=1)]


async def test_a_probe_finds_a_host_once_and_asks_fifty_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_is_private", lambda network: network.is_loopback)
    async with answering(http(json.dumps(INFO).encode()), "0.0.0.0") as (there, port):
        hosts = await probe_subnets(loopback("127.9.8.7", 24), Favourites(tmp_path / "none"), (port,))
    assert [(host.id, host.found_by) for host in hosts] == [("office", "probe")]
    assert len(there.requests) == 253
    assert 1 < there.most_at_once <= 50
    assert not any(b"127.9.8.7:" in request for request in there.requests)


async def test_a_probe_of_a_silent_network_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "_is_private", lambda network: network.is_loopback)
    monkeypatch.setattr(probe, "SUBNET_TIME", 0.5)
    async with answering(b"", "0.0.0.0") as (_, port):
        started = asyncio.get_running_loop().time()
        assert await probe_subnets(loopback("127.9.8.7", 24), Favourites(tmp_path / "none"), (port,)) == []
        assert asyncio.get_running_loop().time() - started < 2


async def test_a_known_host_is_found_where_it_was_unless_somebody_else_lives_there(tmp_path: Path) -> None:
    favourites = Favourites(tmp_path / "hosts.json")
    async with answering(http(json.dumps(INFO).encode())) as (_, port):
        favourites.remember(
            Favourite(id="office", name="Office", fingerprint="aa" * 32, addresses=("127.0.0.1",), port=port)
        )
        favourites.remember(
            Favourite(id="gone", name="Gone", fingerprint="bb" * 32, addresses=("127.0.0.2",), port=port)
        )
        found = await find_favourites(favourites)
        assert [(host.id, host.trust, host.found_by) for host in found] == [("office", "known", "favourite")]
    async with answering(http(json.dumps(INFO | {"installation_id": "else"}).encode()), port=port):
        assert await find_favourites(favourites) == []
