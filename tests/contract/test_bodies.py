"""Request bodies in general: their limit, their pace, and answers that reach whoever still sends."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.files import MB, insist, stored
from tests.people import PATIENCE, People
from tests.server import LanChat

FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="username"; filename="a"\r\n\r\n'


@asynccontextmanager
async def connection(server: LanChat) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


async def send(writer: asyncio.StreamWriter, size: int) -> None:
    async with asyncio.timeout(PATIENCE):
        for _ in range(size // MB):
            writer.write(bytes(MB))
            await writer.drain()


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    """Status and code of a refusal."""
    async with asyncio.timeout(PATIENCE):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        body = await reader.readexactly(int(length.split(b":")[1]))
    return int(head.split()[1]), json.loads(body)["error"]["code"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("register", "application/json"), ("login", "application/x-www-form-urlencoded"), ("login", FORM)],
)
async def test_a_body_far_over_its_bound_is_refused_though_it_tells_no_length(server: LanChat, path: str, kind: str):
    before = stored(server)
    answer = await insist(server, f"/api/auth/{path}", [PART, *[bytes(MB // 2)] * 40], {"Content-Type": kind})
    assert (answer.status, answer.code) == (413, "too_large")
    assert stored(server) == before


@pytest.mark.parametrize(
    ("path", "kind", "size", "limit"),
    [
        ("/api/auth/login", "application/x-www-form-urlencoded", 4097, "4 KB"),
        ("/api/auth/login", FORM, 4097, "4 KB"),
        ("/api/auth/register", "application/json", 16385, "16 KB"),
        ("/api/auth/logout", "application/json", 16385, None),
        ("/api/messages/", "application/json", 262145, "256 KB"),
    ],
)
async def test_a_body_over_its_route_s_bound_is_refused_unread(
    people: People, path: str, kind: str, size: int, limit: str | None
):
    ann = await people.one("ann")
    answer = await ann.request("POST", path, data=b"a&" * (size // 2) + b"a", headers={"Content-Type": kind})
    if limit is None:
        answer.expect(200)  # it takes none, and looks at none
        return
    assert (answer.status, answer.code) == (413, "too_large")
    assert limit in answer.body["error"]["message"]


async def test_a_refusal_arrives_before_the_body_it_refuses(server: LanChat):
    host = f"Host: {server.host}:{server.port}"
    async with connection(server) as (reader, writer):
        head = ["POST /api/upload/ HTTP/1.1", host, f"Content-Type: {FORM}", f"Content-Length: {20 * MB}", "", ""]
        writer.write("\r\n".join(head).encode())
        assert await read_answer(reader) == (401, "not_authenticated")
        await send(writer, 20 * MB)
        writer.write(f"GET /api/auth/me HTTP/1.1\r\n{host}\r\n\r\n".encode())
        assert await read_answer(reader) == (401, "not_authenticated")  # the connection goes on


@pytest.mark.parametrize(
    ("headers", "code"),
    [(["Host: evil.example"], "foreign_host"), (["Host: {host}", "Origin: http://evil.example"], "foreign_origin")],
)
async def test_the_gates_refusal_reaches_who_sends_everything_first(server: LanChat, headers: list[str], code: str):
    lines = [header.format(host=f"{server.host}:{server.port}") for header in headers]
    head = ["POST /api/upload/ HTTP/1.1", *lines, f"Content-Length: {20 * MB}", "", ""]
    async with connection(server) as (reader, writer):
        writer.write("\r\n".join(head).encode())
        await send(writer, 20 * MB)
        assert (await read_answer(reader))[1] == code
