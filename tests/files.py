"""Sending files and fetching them, and what lies on the server's disk."""

import asyncio
import io
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import aiohttp

from tests.people import PATIENCE, Person, Reply
from tests.server import LanChat

MB = 1 << 20


@dataclass(frozen=True)
class Fetched:
    status: int
    headers: Any
    content: bytes = field(repr=False)


async def upload(person: Person, content: bytes, filename: str = "notes.txt", content_type: str | None = None) -> Reply:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("file", io.BytesIO(content), filename=filename, content_type=content_type)
    return await person.post("/api/upload/", data=form)


async def share(person: Person, room: dict[str, Any], content: bytes, filename: str = "notes.txt") -> str:
    """Upload a file and send it into a room; returns its path."""
    path = (await upload(person, content, filename)).expect(201)["file_path"]
    await person.say(room, path, message_type="file", file_path=path)
    return path


async def fetch(person: Person, path: str, method: str = "GET", **headers: str) -> Fetched:
    """With the person's token, or with exactly the headers given."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if person.token and "Cookie" not in sent:
        sent.setdefault("Authorization", f"Bearer {person.token}")
    async with person.http.request(method, person.url + path, headers=sent) as response:
        return Fetched(response.status, response.headers, await response.read())


async def insist(
    server: LanChat, path: str, pieces: Iterable[bytes], headers: dict[str, str], size: int | None = None
) -> Reply:
    """POST as most libraries do: send everything, then read. The connection must be good for another request.

    Without a `size` the body is sent in chunks, telling no length.
    """
    framing = {"Transfer-Encoding": "chunked"} if size is None else {"Content-Length": str(size)}
    return await asyncio.to_thread(_insist, server, path, pieces, headers | framing)


DELIMITER = "delimiter"
FORM = f"multipart/form-data; boundary={DELIMITER}"


def part(filename: str, content: bytes, name: str = "file", kind: str = "") -> bytes:
    """A file in a form, byte by byte."""
    head = f'--{DELIMITER}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    if kind:
        head += f"Content-Type: {kind}\r\n"
    return head.encode() + b"\r\n" + content + b"\r\n"


async def insist_on_file(server: LanChat, person: Person, *pieces: bytes, kind: str = "", **headers: str):
    """One file whose sender doesn't listen before all is sent."""
    form = [part("video.mp4", pieces[0], kind=kind)[:-2], *pieces[1:], f"\r\n--{DELIMITER}--\r\n".encode()]
    authorized = {
        "Authorization": f"Bearer {person.token}",
        "Content-Type": FORM,
        **headers,
    }
    size = sum(map(len, form)) if "Chunked" not in headers else None
    return await insist(server, "/api/upload/", form, authorized, size)


def _insist(server: LanChat, path: str, pieces: Iterable[bytes], headers: dict[str, str]) -> Reply:
    with closing(HTTPConnection(server.host, server.port, timeout=PATIENCE)) as connection:
        connection.request("POST", path, pieces, headers, encode_chunked="Transfer-Encoding" in headers)
        with connection.getresponse() as response:
            answer = Reply(response.status, response.headers, response.read().decode())
        connection.request("GET", "/health")
        with connection.getresponse() as response:
            assert response.status == 200
    return answer


def stored(server: LanChat) -> set[Path]:
    return {path for path in (server.data_dir / "uploads").rglob("*") if path.is_file()}


async def until_stored(server: LanChat, files: set[Path]) -> None:
    """Wait until exactly these lie on the disk: what was given up is removed a moment later."""
    async with asyncio.timeout(PATIENCE):
        while stored(server) != files:  # noqa: ASYNC110, a disk tells nothing
            await asyncio.sleep(0.01)


def peak_memory(server: LanChat) -> int:
    """In bytes, of resident memory since the start."""
    status = Path(f"/proc/{server.pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
