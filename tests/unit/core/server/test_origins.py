"""Which Origins and fetches the gate lets in, row by row."""

import pytest

from .gatekeeping import CHROME, ask


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "status"),
    [
        ("http", "localhost:8000", "http://localhost:8000", 200),
        ("http", "LocalHost:8000", "http://localhost:8000", 200),
        ("ws", "192.168.1.5:8000", "http://192.168.1.5:8000", 200),
        ("http", "localhost:8000", "null", 403),
        ("http", "localhost:8000", "", 403),
        ("http", "localhost:8000", "file://", 403),
        ("http", "localhost:8000", "file:///localhost:8000", 403),
        ("http", "localhost:8000", "http://evil.example", 403),
        ("http", "localhost:8000", "http://evil.example:8000", 403),
        ("http", "localhost:8000", "http://localhost", 403),
        ("http", "localhost:8000", "http://localhost:9000", 403),
        ("http", "localhost:8000", "https://localhost:8000", 403),
        ("http", "localhost:8000", "http://127.0.0.1:8000", 403),
        ("http", "localhost:8000", "http://localhost:8000.evil.example", 403),
        ("http", "localhost:8000", "http://evil.example@localhost:8000", 403),
        ("http", "localhost:8000", "http://localhost:8000/", 403),
        ("http", "localhost:8000", "localhost:8000", 403),
        ("http", "localhost:8000", "chrome-extension://localhost:8000", 403),
        ("wss", "192.168.1.5:8000", "https://192.168.1.5:8000", 200),
        ("wss", "192.168.1.5:8000", "http://192.168.1.5:8000", 403),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
async def test_an_origin_must_be_exactly_our_own(  # noqa: PLR0917
    method: str, kind: str, scheme: str, host: str, origin: str, status: int
) -> None:
    answered, _, body = await ask({"host": host, "origin": origin}, method=method, kind=kind, scheme=scheme)
    assert answered == status
    if status == 403:
        assert body["error"]["code"] == "foreign_origin"


async def test_an_origin_without_its_default_port_is_the_same() -> None:
    for scheme, port in (("http", 80), ("https", 443)):
        server = ("192.168.1.5", port)
        headers = {"host": "lanchat.local", "origin": f"{scheme}://lanchat.local"}
        assert (await ask(headers, scheme=scheme, server=server))[0] == 200


async def test_two_origins_are_foreign() -> None:
    pairs = [("host", "localhost:8000"), ("origin", "http://localhost:8000"), ("origin", "http://evil.example")]
    assert (await ask(pairs))[0] == 403


@pytest.mark.parametrize(
    ("method", "fetch", "status"),
    [
        ("GET", {"sec-fetch-site": "same-origin", **CHROME}, 200),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 200),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 200),
        ("HEAD", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, 403),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, 403),
        ("GET", {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, 403),
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 403),
        ("POST", {"sec-fetch-site": "same-site", **CHROME}, 403),
    ],
)
async def test_a_fetch_from_another_site_is_refused_without_origin_too(
    method: str, fetch: dict[str, str], status: int
) -> None:
    assert (await ask({"host": "localhost:8000", **fetch}, method=method))[0] == status


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_who_tells_neither_origin_nor_site_is_no_browser(method: str) -> None:
    assert (await ask({"host": "localhost:8000"}, method=method))[0] == 200
