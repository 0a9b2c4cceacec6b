"""The first screen's server: its pages are open, its calls need the token, and no web page gets through."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from lanchat.desktop.start_page import Loopback
from tests.unit.desktop.test_controller import Scene

CALLS = [
    ("GET", "state"),
    ("POST", "host"),
    ("POST", "join"),
    ("POST", "why-not"),
    ("POST", "trust"),
    ("POST", "retry"),
    ("POST", "choose"),
    ("POST", "raise"),
    ("PUT", "opens-at-login"),
]


class Caller:
    def __init__(self, loopback: Loopback, scene: Scene, http: aiohttp.ClientSession) -> None:
        self.loopback, self.scene, self._http = loopback, scene, http

    async def call(self, method: str, path: str, headers: dict[str, str] | None = None, **options: object) -> int:
        given = {"Authorization": f"Bearer {self.loopback.token}"} if headers is None else headers
        url = URL(f"http://127.0.0.1:{self.loopback.port}{path}", encoded=True)
        async with self._http.request(method, url, headers=given, **options) as response:  # type: ignore[arg-type]
            await response.read()
            return response.status


@pytest.fixture
async def caller(tmp_path: Path) -> AsyncIterator[Caller]:
    scene = Scene(tmp_path)
    loopback = Loopback(scene.desk, "en")
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(loopback.serve(stop, ready.set))
    await ready.wait()
    async with aiohttp.ClientSession() as http:
        yield Caller(loopback, scene, http)
    await scene.desk.close()
    stop.set()
    await serving


@pytest.mark.parametrize(("method", "name"), CALLS)
@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", "Basic x"])
async def test_every_call_needs_the_token(caller: Caller, method: str, name: str, given: str) -> None:
    assert await caller.call(method, f"/desk/{name}", {"Authorization": given}) == 401
    assert caller.scene.server.ports == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ],
)
async def test_no_web_page_gets_through_even_with_the_token(
    caller: Caller, headers: dict[str, str], status: int
) -> None:
    authorized = {"Authorization": f"Bearer {caller.loopback.token}", **headers}
    assert await caller.call("POST", "/desk/host", authorized) == status
    assert caller.scene.server.ports == []


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/../locales/en.json", "/..%2flocales/en.json", "//etc/passwd", "/%2e%2e/locales/en.json"],
)
async def test_only_the_clients_files_are_served(caller: Caller, path: str) -> None:
    assert await caller.call("GET", path) == 404


async def test_the_page_is_open_and_holds_no_token(caller: Caller) -> None:
    assert await caller.call("GET", "/", {}) == 200
    assert caller.loopback.token not in caller.loopback.page.partition("#")[0]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"addresses": []}', '{"addresses": [1]}', '{"addresses": ["%s"]}' % ("x" * 301), "\xff"],
)
async def test_a_malformed_call_is_refused(caller: Caller, body: str) -> None:
    assert await caller.call("POST", "/desk/join", data=body.encode("latin1")) == 400


async def test_a_large_call_is_refused(caller: Caller) -> None:
    assert await caller.call("POST", "/desk/join", data=b"x" * 10_000) == 413


async def test_the_person_hosts_by_a_call(caller: Caller) -> None:
    assert await caller.call("POST", "/desk/host") == 200
    assert caller.scene.desk.phase == "hosting"
