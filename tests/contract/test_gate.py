"""The same gate stands before REST, files, pages and Socket.IO, on a real server."""

from typing import Any

import aiohttp
import pytest

from tests.people import People
from tests.server import LanChat

PATHS = ["/", "/api/info", "/api/rooms/", "/files/" + "0" * 32, "/docs", "/openapi.json", "/health", "/metrics"]
POLL = "/socket.io/?EIO=4&transport=polling"


async def request(server: LanChat, method: str, path: str, **headers: str) -> tuple[int, str, Any]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with aiohttp.ClientSession() as http, http.request(method, server.url + path, headers=sent) as answer:
        return answer.status, await answer.text(), answer.headers


@pytest.mark.parametrize("path", [*PATHS, POLL])
async def test_a_rebound_name_reaches_nothing(server: LanChat, path: str) -> None:
    status, text, _ = await request(server, "GET", path, Host=f"evil.example:{server.port}")
    assert status == 421
    assert "foreign_host" in text


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE"])
@pytest.mark.parametrize("path", [*PATHS, POLL])
async def test_a_page_of_another_site_reaches_nothing(server: LanChat, path: str, method: str) -> None:
    status, text, headers = await request(server, method, path, Origin="http://evil.example")
    assert status == 403
    assert "foreign_origin" in text
    assert not [name for name in headers if name.lower().startswith("access-control-")]


async def test_our_own_page_is_told_nothing_about_other_origins(server: LanChat) -> None:
    status, _, headers = await request(server, "GET", POLL, Origin=server.url)
    assert status == 200
    assert headers.get("Access-Control-Allow-Origin") in {None, server.url}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "file://"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"X-Forwarded-Host": "evil.example", "Origin": "http://evil.example"}, 403),
    ],
)
async def test_a_websocket_of_another_page_gets_no_handshake(
    server: LanChat, headers: dict[str, str], status: int
) -> None:
    url = server.url + "/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await http.ws_connect(url, headers=headers)
    assert refusal.value.status == status


@pytest.mark.parametrize("origin", [True, False])
async def test_a_websocket_of_our_page_or_of_no_page_is_taken(server: LanChat, origin: bool) -> None:
    url = server.url + "/socket.io/?EIO=4&transport=websocket"
    headers = {"Origin": server.url} if origin else {}
    async with aiohttp.ClientSession() as http, http.ws_connect(url, headers=headers) as socket:
        assert (await socket.receive_str()).startswith("0{")


async def test_a_login_form_on_another_site_is_refused(server: LanChat, people: People) -> None:
    ann = await people.one("ann")
    form = {"username": ann.name, "password": "correct horse"}
    for header in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await ann.post("/api/auth/login", data=form, headers=header)
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers


async def test_a_link_on_another_site_opens_the_page(server: LanChat) -> None:
    fetch = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await request(server, "GET", "/", **fetch))[0] == 200


async def test_whatever_host_is_forwarded_the_gate_looks_at_the_real_one(server: LanChat) -> None:
    port = server.port
    status, _, _ = await request(
        server, "GET", "/api/info", Host="evil.example", **{"X-Forwarded-Host": f"127.0.0.1:{port}"}
    )
    assert status == 421
