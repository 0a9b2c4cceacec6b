"""Whom what stands before the gate believes to be asking: proxies, and whoever sits at the host."""

from typing import Any

import pytest

from lanchat.core.server.proxies import is_from_this_computer

from .gatekeeping import GUEST, ask

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


PROXY: dict[str, Any] = {"client": ("10.1.2.3", 1), "trusted": ("10.0.0.0/8",)}


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        ({"x-forwarded-for": "203.0.113.9:4711"}, "203.0.113.9"),
        ({"x-forwarded-for": "[2001:db8::7]:80"}, "2001:db8::7"),
        ({"x-forwarded-for": "2001:db8::7"}, "2001:db8::7"),
        ({"x-forwarded-for": "[2001:db8::7]"}, "2001:db8::7"),
        ({"x-forwarded-for": "198.51.100.7:1, 10.0.0.9:2"}, "198.51.100.7"),
        ({"forwarded": "for=192.0.2.60;proto=https"}, "192.0.2.60"),
        ({"forwarded": 'For="[2001:db8:cafe::17]:4711", for=10.0.0.9'}, "2001:db8:cafe::17"),
        ({"forwarded": "for=127.0.0.1, for=198.51.100.7"}, "198.51.100.7"),
        ({"x-forwarded-for": "203.0.113.9", "forwarded": "for=192.0.2.60"}, "203.0.113.9"),
        ({"forwarded": "for=_hidden"}, "10.1.2.3"),
        ({"x-forwarded-for": "unknown:80"}, "10.1.2.3"),
    ],
)
async def test_an_address_is_understood_as_proxies_write_it(headers: dict[str, str], client: str) -> None:
    status, scope, _ = await ask({"host": "outside.example:443", **headers}, **PROXY)
    assert (status, scope["client"][0]) == (200, client)


@pytest.mark.parametrize(
    ("headers", "scheme"),
    [
        ({"x-forwarded-proto": "https"}, "https"),
        ({"x-forwarded-proto": "https, http"}, "https"),
        ({"x-forwarded-proto": "HTTPS,http"}, "https"),
        ({"x-forwarded-proto": "http"}, "http"),
        ({"forwarded": "for=192.0.2.60;proto=https;host=outside.example, for=10.0.0.9;proto=http"}, "https"),
        ({"forwarded": 'proto="https"'}, "https"),
    ],
)
async def test_what_the_browser_speaks_counts_and_not_what_proxies_speak_to_each_other(
    headers: dict[str, str], scheme: str
) -> None:
    asked = {"host": "outside.example:443", "origin": f"{scheme}://outside.example:443", **headers}
    status, scope, _ = await ask(asked, **PROXY)
    assert (status, scope["scheme"]) == (200, scheme)


async def test_a_sub_path_is_refused_in_words() -> None:
    status, _, body = await ask({"host": "outside.example:443", "x-forwarded-prefix": "/chat"}, **PROXY)
    assert status == 404
    assert body["error"]["code"] == "sub_path"
    assert "/chat" in body["error"]["message"]
    assert (await ask({"host": "outside.example:443", "x-forwarded-prefix": "/"}, **PROXY))[0] == 200


async def test_a_refusal_names_the_settings_of_proxies() -> None:
    """As whoever has just put one before LanChat meets it: plain HTTP here, HTTPS there, and nobody told us."""
    for headers in ({"host": "outside.example:443", "origin": "https://outside.example"}, {"host": "chat.new"}):
        status, _, body = await ask(headers)
        assert status in {403, 421}
        assert "trusted_proxies" in body["error"]["message"]
        assert "allowed_hosts" in body["error"]["message"]
