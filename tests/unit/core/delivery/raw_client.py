"""A WebSocket client that sends exactly the bytes it is told to, however wrong."""

import asyncio
import base64
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FIN = 0x80
PATIENCE = 10.0  # s


def masked(payload: bytes, first: int = FIN | TEXT, mask: bytes = b"\x01\xfe\x80\x37") -> bytes:
    """One client frame; `first` is its first byte."""
    size = len(payload)
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((first, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))


class RawClient:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.status = 0
        self.headers: dict[str, str] = {}

    async def shake_hands(self, host: str, path: str, extensions: str = "") -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        if extensions:
            lines.append(f"Sec-WebSocket-Extensions: {extensions}")
        self.writer.write("\r\n".join([*lines, "", ""]).encode())
        async with asyncio.timeout(PATIENCE):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        first, *others = head.split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in others if line)}

    def send(self, text: str) -> None:
        self.writer.write(masked(text.encode()))

    async def frame(self) -> tuple[int, bytes]:
        """(first byte, payload); raises IncompleteReadError at the end of the connection."""
        async with asyncio.timeout(PATIENCE):
            first, size = await self.reader.readexactly(2)
            if size == 126:
                size = int.from_bytes(await self.reader.readexactly(2), "big")
            elif size == 127:
                size = int.from_bytes(await self.reader.readexactly(8), "big")
            return first, await self.reader.readexactly(size)

    async def text(self) -> str:
        first, payload = await self.frame()
        assert first == FIN | TEXT, (first, payload)
        return payload.decode()

    async def until_closed(self) -> int | None:
        """Answers the server's goodbye; the close code it gave, or None if it just ended the connection."""
        code = None
        try:
            while True:
                first, payload = await self.frame()
                if first == FIN | CLOSE:
                    code = int.from_bytes(payload[:2], "big")
                    self.writer.write(masked(payload[:2], FIN | CLOSE))
        except (asyncio.IncompleteReadError, ConnectionError):
            return code


@asynccontextmanager
async def raw_client(
    url: str,
    *,
    sid: str | None = None,
    query: str = "EIO=4&transport=websocket",
    extensions: str = "",
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[RawClient]:
    """After the handshake, whatever its outcome."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=tls)
    client = RawClient(reader, writer)
    try:
        await client.shake_hands(parts.netloc, f"/socket.io/?{query}" + (f"&sid={sid}" if sid else ""), extensions)
        yield client
    finally:
        writer.close()
        with suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()


@asynccontextmanager
async def joined(url: str, **options: object) -> AsyncIterator[RawClient]:
    """After Engine.IO's and Socket.IO's handshakes."""
    async with raw_client(url, **options) as client:
        assert (await client.text())[0] == "0"
        client.send("40")
        assert (await client.text()).startswith("40")
        yield client
