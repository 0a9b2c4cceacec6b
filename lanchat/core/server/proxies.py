"""Owns who is asking: a client's plain address, and what a trusted proxy says of it."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from lanchat.core.server.asgi import Application, Receive, Scope, Send, headers_of

FORWARDING = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}


class Clients:
    """Completes each request's scope in place, so that the log around us sees the same client.

    Anybody can write `X-Forwarded-*`: only those of proxies that the settings name are believed.
    """

    def __init__(self, application: Application, trusted_proxies: Iterable[str]) -> None:
        self._application = application
        self._trusted = [ip_network(text, strict=False) for text in trusted_proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["client"] = _plain(scope.get("client"))
        scope["server"] = _plain(scope.get("server"))
        if scope["client"] is not None and self._is_trusted(scope["client"][0]):
            self._believe(scope)
        await self._application(scope, receive, send)

    def _believe(self, scope: Scope) -> None:
        told = _told(headers_of(scope))
        # Each proxy appends who asked it: only what ours wrote, from the end, is true.
        client = next((hop for hop in reversed(told["for"]) if not self._is_trusted(hop)), "")
        if is_address(client):
            scope["client"] = (plain_address(client), 0)
        scope["server"] = None  # which port the proxy listens on is its own affair
        # Of several in a row the first one is who the browser talks to.
        if told["proto"][:1] == ["https"]:
            scope["scheme"] = {"http": "https", "ws": "wss"}.get(scope["scheme"], scope["scheme"])
        if host := next(iter(told["host"]), ""):
            others = [(name, value) for name, value in scope["headers"] if name != b"host"]
            scope["headers"] = [(b"host", host.encode("latin1")), *others]
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in FORWARDING]

    def _is_trusted(self, address: str) -> bool:
        return is_address(address) and any(_is_in(plain_address(address), network) for network in self._trusted)


def _told(headers: dict[str, str]) -> dict[str, list[str]]:
    """What proxies say, each in the order of the hops: by `X-Forwarded-…`, else by `Forwarded` (RFC 7239)."""
    told: dict[str, list[str]] = {"for": [], "proto": [], "host": []}
    for element in headers.get("forwarded", "").split(","):
        for pair in element.split(";"):
            name, _, value = pair.strip().partition("=")
            if name.lower() in told:
                told[name.lower()].append(value.strip().strip('"'))
    for name, found in told.items():
        values = [value.strip() for value in headers.get(f"x-forwarded-{name}", "").split(",") if value.strip()]
        found[:] = values or found
    told["for"] = [_without_port(hop) for hop in told["for"]]
    told["proto"] = [scheme.lower() for scheme in told["proto"]]
    return told


def _without_port(hop: str) -> str:
    """`1.2.3.4:567` and `[::1]:80` as addresses; anything else as it is."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    address, _, port = hop.rpartition(":")
    return address if port.isdecimal() and ":" not in address and address else hop


def is_from_this_computer(scope: Scope) -> bool:
    """Whether somebody at this very computer asks, and no proxy on it asks for others."""
    client = scope.get("client")
    is_direct = scope.get("server") is not None and not any(name.lower() in FORWARDING for name, _ in scope["headers"])
    return is_direct and client is not None and is_loopback(client[0])


def is_loopback(address: str) -> bool:
    return is_address(address) and ip_address(plain_address(address)).is_loopback


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def plain_address(text: str) -> str:
    """An address in its one spelling: a socket for both protocols shows IPv4 as `::ffff:192.168.1.5`."""
    address = ip_address(text)
    mapped = address.ipv4_mapped if address.version == 6 else None
    return str(mapped or address)


def _plain(peer: Any) -> tuple[str, int | None] | None:
    if peer is None or not is_address(peer[0]):
        return peer
    return plain_address(peer[0]), peer[1]


def _is_in(address: str, network: IPv4Network | IPv6Network) -> bool:
    parsed = ip_address(address)
    return parsed.version == network.version and parsed in network
