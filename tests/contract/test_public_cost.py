"""Whatever a page of another site can make a browser fetch from here costs no more than a static file."""

import asyncio
import os
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from lanchat.app import App
from lanchat.config import load
from lanchat.core.edge.openapi import Document
from lanchat.core.edge.web_client import API_PAGES, CLIENT_ROUTES
from lanchat.core.storage.data_folder import prepare
from tests.server import LanChat

TIMES = 100
PER_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
MORE = 2.5  # times the processor time of a static file: a few figures may be looked up


def used(server: LanChat) -> float:
    """s of processor time so far, of all threads: unlike the clock, no other program changes it."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / PER_SECOND


async def cost(server: LanChat, path: str) -> float:
    async with aiohttp.ClientSession() as http:
        before = used(server)
        for _ in range(TIMES):
            async with http.get(server.url + path) as answer:
                await answer.read()
        return used(server) - before


def public_gets(document: dict[str, Any]) -> list[str]:
    documented = [
        path for path, operations in document["paths"].items() if operations.get("get", {}).get("security") == []
    ]
    pages = [page for page in CLIENT_ROUTES if "<" not in page]
    more = ["/openapi.json", "/manifest.webmanifest", "/licences.txt", "/lanchat-ca.crt", "/no/such/page"]
    sockets = ["/socket.io/", "/socket.io/?EIO=4&transport=polling&sid=unknown"]
    return sorted({*documented, *pages, *API_PAGES, *more, *sockets})


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system doesn't tell a program's processor time so"
)
async def test_no_public_get_costs_more_than_a_static_file(own_server: LanChat) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{own_server.url}/openapi.json") as answer:
        document = await answer.json()
    await cost(own_server, "/icon.svg")  # whatever is made once, at the first time
    static = max(await cost(own_server, "/icon.svg"), 0.05)
    dear = {path: spent for path in public_gets(document) if (spent := await cost(own_server, path)) > MORE * static}
    assert not dear, f"{static:.2f} s for {TIMES} static files"


async def test_the_document_is_fetched_once(own_server: LanChat) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{own_server.url}/openapi.json") as first:
            etag = first.headers["ETag"]
        async with http.get(f"{own_server.url}/openapi.json", headers={"If-None-Match": etag}) as again:
            assert (again.status, await again.read()) == (304, b"")


async def test_a_start_makes_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may ask for it, and it takes longer than all else that a start does."""
    made: list[object] = []
    original = Document.schema

    def schema(document: Document) -> dict[str, Any]:
        made.append(document)
        return original(document)

    monkeypatch.setattr(Document, "schema", schema)
    app = App(prepare(load(data_dir=tmp_path / "data", discovery=False)))
    await app.startup()
    try:
        assert made == []
        client = app.quart.test_client()
        answers = await asyncio.gather(*(client.get("/openapi.json") for _ in range(5)))
        assert [answer.status_code for answer in answers] == [200] * 5
        assert len(made) == 1
    finally:
        await app.shutdown()
