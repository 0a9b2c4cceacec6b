"""A host in a namespace: announced, answering /api/info and HTTPS, with faults on demand."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lanchat.core.security.tls import CA_PATH, HttpsKeys
from lanchat.discovery.addresses import all_addresses
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.host_query import INFO_PATH
from lanchat.discovery.lan import Lan, is_for_others
from tests.lan.speaking import orders, say


@dataclass(frozen=True)
class Manner:
    """How the host behaves; the defaults are those of a healthy one."""

    id: str = "id-a"
    listen: str | None = None
    port: int = 8000
    announces: bool = True
    has_https: bool = True
    clock_ahead: float = 0  # s
    certificate_age: float = 0  # days


class WebServer:
    """Two pages, over both protocols."""

    def __init__(self, manner: Manner, https_keys: HttpsKeys) -> None:
        self._manner = manner
        self._https_keys = https_keys
        self._servers: list[asyncio.Server] = []

    async def start(self) -> None:
        manner = self._manner
        self._servers.append(await asyncio.start_server(self._answer, manner.listen, manner.port))
        if manner.has_https:
            secure = await asyncio.start_server(self._answer, manner.listen, 8443, ssl=self._https_keys.context)
            self._servers.append(secure)

    def stop(self) -> None:
        for server in self._servers:
            server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError):
            request = await reader.readuntil(b"\r\n\r\n")
            body = self._page(request.split()[1].decode())
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
            await writer.drain()
        writer.close()

    def _page(self, path: str) -> bytes:
        manner = self._manner
        info: dict[str, Any] = {
            "installation_id": manner.id,
            "name": manner.id,
            "version": "1",
            "https_port": 8443 if manner.has_https else None,
            "fingerprint": self._https_keys.fingerprint if manner.has_https else "",
            "discoverable": manner.announces and is_for_others(manner.listen),
            "time": (datetime.now(UTC) + timedelta(seconds=manner.clock_ahead)).isoformat(),
        }
        return {INFO_PATH: json.dumps(info).encode(), CA_PATH: self._https_keys.authority.pem}[path]


async def serve_host(folder: str, manner_as_json: str) -> None:
    manner = Manner(**json.loads(manner_as_json))
    issued = datetime.now(UTC) - timedelta(days=manner.certificate_age)
    https_keys = HttpsKeys(Path(folder) / "keys", now=issued)
    https_keys.renew(["lanchat.local"], [address.ip for address in all_addresses()], issued)
    web = WebServer(manner, https_keys)
    await web.start()
    if manner.announces and is_for_others(manner.listen):
        await _announce(manner, https_keys, Path(folder))
    else:
        say(started=True)
        await _until_told()
    web.stop()


async def _announce(manner: Manner, https_keys: HttpsKeys, folder: Path) -> None:
    announcement = Announcement(
        manner.id, manner.id, "1", manner.port, 8443 if manner.has_https else None, https_keys.fingerprint
    )
    named = asyncio.Event()
    lan = Lan(announcement, Favourites(folder / "favourites.json"), manner.listen, lambda lan: lan.name and named.set())
    await lan.start()
    if lan.addresses:
        await named.wait()
    say(started=True, name=lan.name)
    await _until_told()
    await lan.stop()


async def _until_told() -> None:
    async for _ in await orders():
        pass
