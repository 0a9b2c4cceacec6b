"""Asks one address whether a LanChat host lives there, and makes a host prove whose key it holds."""

import asyncio
import json
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import h11

from lanchat.core.security.certificates import certificate_fingerprint
from lanchat.core.security.tls import CA_PATH
from lanchat.discovery.announcement import Announcement, read_announcement

INFO_PATH = "/api/info"
MAX_ANSWER = 64 * 1024  # bytes
ASK_TIME = 3.0  # s


@dataclass(frozen=True, slots=True)
class HostInfo:
    """What a host tells at `INFO_PATH`.

    `is_announcing`: whether it says that mDNS should show it; None where it doesn't say.
    """

    said: Announcement
    clock_ahead: float | None  # s
    is_announcing: bool | None


async def ask(ip: str, port: int, seconds: float = ASK_TIME) -> Announcement | None:
    """What the host there says of itself; None for silence and for anything that isn't LanChat."""
    answer = await question(ip, port, seconds)
    return answer.said if answer else None


async def question(ip: str, port: int, seconds: float = ASK_TIME) -> HostInfo | None:
    """As `ask`, with what the doctor wants to know besides."""
    try:
        info: Any = json.loads(await fetch(ip, port, INFO_PATH, seconds))
    except (OSError, ValueError, h11.RemoteProtocolError):
        return None
    if not isinstance(info, dict):
        return None
    names = {"id": "installation_id", "tls": "https_port", "fp": "fingerprint"}
    fields = {key: info.get(names.get(key, key)) for key in ("id", "name", "version", "tls", "fp", "rooms", "online")}
    said = read_announcement({key: str(value) for key, value in fields.items() if value is not None}, port)
    if said is None:
        return None
    announcing = info.get("discoverable")
    return HostInfo(said, _clock_ahead(info.get("time")), announcing if isinstance(announcing, bool) else None)


def _clock_ahead(text: object) -> float | None:
    try:
        return (datetime.fromisoformat(str(text)) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None


async def certificate_trouble(ip: str, port: int, https_port: int, seconds: float = ASK_TIME) -> str | None:
    """Why a guest that trusts the host's authority would still be warned of `ip`; None if it wouldn't."""
    try:
        authority = await fetch(ip, port, CA_PATH, seconds)
        await _handshake(ip, https_port, authority, seconds)
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except (OSError, ValueError, h11.RemoteProtocolError):
        return None  # no HTTPS there, which is another matter
    return None


async def _handshake(ip: str, https_port: int, authority: bytes, seconds: float) -> None:
    """Raises ssl.SSLCertVerificationError unless the authority vouches for who answers under this address."""
    context = ssl.create_default_context(cadata=authority.decode("ascii"))
    async with asyncio.timeout(seconds):
        _, writer = await asyncio.open_connection(ip, https_port, ssl=context)
    writer.transport.abort()  # the handshake was all we came for


async def verify(ip: str, port: int, https_port: int, fingerprint: str, seconds: float = ASK_TIME) -> bool:
    """Whether the host there holds the key with this fingerprint.

    The certificate comes over plain HTTP, where anybody may have changed it; but only the
    right one has the fingerprint, and only who holds its key can finish the handshake.
    """
    try:
        authority = await fetch(ip, port, CA_PATH, seconds)
        if certificate_fingerprint(authority) != fingerprint:
            return False
        await _handshake(ip, https_port, authority, seconds)
    except (OSError, ValueError, h11.RemoteProtocolError):
        return False
    return True


async def fetch(ip: str, port: int, path: str, seconds: float) -> bytes:
    """The body of a plain GET. Raises OSError (TimeoutError is one) or ValueError for all but a short 200."""
    async with asyncio.timeout(seconds):
        reader, writer = await asyncio.open_connection(ip, port)
        try:
            return await _get(reader, writer, ip, port, path)
        finally:
            writer.close()


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ip: str, port: int, path: str) -> bytes:
    client = h11.Connection(h11.CLIENT)
    host = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
    request = h11.Request(method="GET", target=path, headers=[("Host", host), ("Connection", "close")])
    writer.write((client.send(request) or b"") + (client.send(h11.EndOfMessage()) or b""))
    body = b""
    while True:
        event = client.next_event()
        if event is h11.NEED_DATA:
            client.receive_data(await reader.read(16384))
        elif isinstance(event, h11.Response) and event.status_code != 200:
            raise ValueError(f"answered {event.status_code}")
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > MAX_ANSWER:
                raise ValueError("answered too much")
        elif isinstance(event, h11.EndOfMessage):
            return body
        elif isinstance(event, h11.ConnectionClosed):
            raise ValueError("closed early")
