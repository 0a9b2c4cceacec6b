"""The gate and what stands before it, row by row: which Hosts, Origins and fetches get in."""

from typing import Any

import orjson
import pytest

from lanchat.core.clients import Clients, is_from_this_computer
from lanchat.core.gate import Gate, own_names, read_name

HERE = ("192.168.1.5", 8000)  # the address that the connection came to
NAMES = own_names({"192.168.1.5", "10.8.0.2", "fd00::5"}, {"lanchat.local", "Chat.Example", "outside.example:443"})
GUEST = ("192.168.1.77", 50000)
CHROME = {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}


async def ask(
    headers: dict[str, str] | list[tuple[str, str]],
    *,
    method: str = "GET",
    kind: str = "http",
    scheme: str = "http",
    server: tuple[str, int] = HERE,
    client: tuple[str, int] = GUEST,
    trusted: tuple[str, ...] = (),
) -> tuple[int, dict[str, Any], Any]:
    """Status (200 if it got in), the scope as it was then, and the body of a refusal."""
    pairs = headers.items() if isinstance(headers, dict) else headers
    scope: dict[str, Any] = {
        "type": kind,
        "method": method,
        "path": "/api/info",
        "scheme": scheme,
        "server": server,
        "client": client,
        "headers": [(name.encode(), value.encode("latin1")) for name, value in pairs],
    }
    answer = {"status": 200, "body": b""}

    async def application(*_: object) -> None:
        """It got in."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answer["status"] = message.get("status", answer["status"])
        answer["body"] += message.get("body", b"")

    await Clients(Gate(application, lambda: NAMES, "en"), trusted)(scope, receive, send)
    body = answer["body"]
    return answer["status"], scope, orjson.loads(body) if body.startswith(b"{") else body.decode()


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8000",
        "LOCALHOST:8000",
        "localhost.:8000",
        "127.0.0.1:8000",
        "127.9.9.9:8000",
        "[::1]:8000",
        "192.168.1.5:8000",
        "10.8.0.2:8000",
        "[fd00::5]:8000",
        "[FD00:0:0::5]:8000",
        "[::ffff:192.168.1.5]:8000",
        "lanchat.local:8000",
        "LanChat.local.:8000",
        "chat.example:8000",
        "outside.example:443",
    ],
)
async def test_our_own_names_are_answered(host: str) -> None:
    assert (await ask({"host": host}))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8000",
        "evil.example",
        "",
        ":8000",
        "localhost",  # that is port 80
        "localhost:8001",
        "localhost:0",
        "localhost:80000",
        "localhost:8000:8000",
        "localhost:8000/x",
        "localhost..:8000",
        "localhost:8000, evil.example",
        "evil.example@localhost:8000",
        "localhost:8000@evil.example",
        "localhost:8000#evil.example",
        "localhost.evil.example:8000",
        "evil.example\\@localhost:8000",
        "lanchat.local.evil.example:8000",
        "outside.example:8000",
        "outside.example",
        "chat.example:443",
        "0.0.0.0:8000",
        "2130706433:8000",
        "127.1:8000",
        "192.168.1.6:8000",
        "192.168.1.5.nip.io:8000",
        "[fd00::6]:8000",
        "[::]:8000",
        "fd00::5:8000",
        " localhost:8000 x",
        "löcalhost:8000",
    ],
)
async def test_other_names_are_421(host: str) -> None:
    status, _, body = await ask({"host": host})
    assert status == 421
    assert body["error"]["code"] == "foreign_host"


async def test_without_a_host_nothing_is_answered() -> None:
    assert (await ask({}))[0] == 421


async def test_two_hosts_are_no_host() -> None:
    assert (await ask([("host", "localhost:8000"), ("host", "evil.example")]))[0] == 421
    assert (await ask([("host", "evil.example"), ("host", "localhost:8000")]))[0] == 421


async def test_an_address_that_is_new_is_ours_as_soon_as_somebody_reached_it() -> None:
    assert (await ask({"host": "172.16.3.4:8000"}))[0] == 421
    assert (await ask({"host": "172.16.3.4:8000"}, server=("172.16.3.4", 8000)))[0] == 200
    assert (await ask({"host": "172.16.3.4:8000"}, server=("::ffff:172.16.3.4", 8000)))[0] == 200


@pytest.mark.parametrize(
    ("scheme", "server", "host", "status"),
    [
        ("https", ("192.168.1.5", 8443), "192.168.1.5:8443", 200),
        ("https", ("192.168.1.5", 8443), "192.168.1.5:8000", 421),
        ("http", ("192.168.1.5", 8000), "192.168.1.5:8443", 421),
        ("https", ("192.168.1.5", 443), "lanchat.local", 200),
        ("http", ("192.168.1.5", 80), "lanchat.local", 200),
        ("http", ("192.168.1.5", 443), "lanchat.local", 421),
        ("wss", ("192.168.1.5", 443), "lanchat.local", 200),
    ],
)
async def test_the_port_is_the_one_that_was_reached(scheme: str, server: Any, host: str, status: int) -> None:
    assert (await ask({"host": host}, scheme=scheme, server=server))[0] == status


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


async def test_a_person_reads_the_refusal_as_a_page_in_their_language() -> None:
    headers = {"host": "<b>evil", "accept": "text/html,*/*;q=0.8", "accept-language": "zh-CN"}
    _, _, page = await ask(headers)
    assert "LanChat" in page
    assert "地址" in page
    assert "<b>" not in page


# Proxies

FORWARDED = {
    "host": "127.0.0.1:8000",
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "outside.example",
    "x-forwarded-proto": "https",
}


async def test_forwarding_headers_of_anybody_are_ignored() -> None:
    status, scope, _ = await ask(FORWARDED)
    assert status == 200
    assert scope["client"] == GUEST
    assert scope["scheme"] == "http"
    evil = {"host": "evil.example", "x-forwarded-host": "localhost:8000", "forwarded": "host=localhost:8000"}
    assert (await ask(evil))[0] == 421
    assert (await ask({**FORWARDED, "origin": "https://outside.example"}))[0] == 403


async def test_forwarding_headers_of_a_trusted_proxy_are_believed() -> None:
    proxy = {"client": ("::ffff:10.1.2.3", 1), "trusted": ("10.0.0.0/8",)}
    status, scope, _ = await ask({**FORWARDED, "origin": "https://outside.example"}, **proxy)
    assert status == 200
    assert scope["client"] == ("203.0.113.9", 0)
    assert scope["scheme"] == "https"
    assert (await ask({**FORWARDED, "x-forwarded-host": "evil.example"}, **proxy))[0] == 421
    assert (await ask({**FORWARDED, "origin": "https://evil.example"}, **proxy))[0] == 403


async def test_only_the_hop_that_our_proxy_saw_is_believed() -> None:
    headers = {**FORWARDED, "x-forwarded-for": "127.0.0.1, 198.51.100.7, 10.0.0.9"}
    _, scope, _ = await ask(headers, client=("10.1.2.3", 1), trusted=("10.0.0.0/8",))
    assert scope["client"] == ("198.51.100.7", 0)


async def test_a_proxy_that_names_nobody_stays_the_client() -> None:
    headers = {"host": "outside.example", "x-forwarded-proto": "https", "x-forwarded-for": "unknown"}
    _, scope, _ = await ask(headers, client=("10.1.2.3", 1), trusted=("10.1.2.3",))
    assert scope["client"] == ("10.1.2.3", 1)


@pytest.mark.parametrize(
    ("client", "headers", "expected"),
    [
        (("127.0.0.1", 1), {}, True),
        (("::1", 1), {}, True),
        (("::ffff:127.0.0.1", 1), {}, True),
        (("192.168.1.5", 1), {}, False),
        (("127.0.0.1", 1), {"x-forwarded-for": "192.168.1.9"}, False),  # a proxy at the host that we don't know of
        (("127.0.0.1", 1), {"forwarded": "for=192.168.1.9"}, False),
    ],
)
async def test_whoever_sits_at_this_computer(client: Any, headers: dict[str, str], expected: bool) -> None:
    _, scope, _ = await ask({"host": "localhost:8000", **headers}, client=client)
    assert is_from_this_computer(scope) is expected


async def test_a_trusted_proxy_does_not_make_its_guests_sit_here() -> None:
    _, scope, _ = await ask({**FORWARDED}, client=("127.0.0.1", 1), trusted=("127.0.0.1",))
    assert not is_from_this_computer(scope)


def test_names_are_read_in_one_spelling() -> None:
    assert read_name("A.b.:81") == ("a.b", 81)
    assert read_name("[FD00:0::5]") == ("fd00::5", None)
