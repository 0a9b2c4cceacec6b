"""Owns the gate in front of everything: whose names and pages may talk to this server."""

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection
from typing import Any
from urllib.parse import urlsplit

import orjson

from lanchat.core.errors import ChatError, ForeignHost, ForeignOrigin
from lanchat.core.i18n import negotiate
from lanchat.core.invalid import error_body

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_NAMES = {"localhost", "localhost.localdomain"}


class Gate:
    """Refuses foreign Hosts (DNS rebinding, 421) and foreign Origins (other web pages, 403).

    A page of another site can make a browser send requests here, but not without telling its Origin,
    and can point a name of its own at our address, but not without telling that name. Who sends no
    Origin (curl, native clients) is no browser, and is taken.
    """

    def __init__(self, application: Application, names: Callable[[], Collection[str]], language: str) -> None:
        """`names` tells the host names and addresses, in lower case, that are ours at the moment."""
        self._application = application
        self._names = names
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check(scope, _headers(scope))
        except ChatError as error:
            await _refuse(scope, send, error, self._language)
            return
        await self._application(scope, receive, send)

    def _check(self, scope: Scope, headers: dict[str, str]) -> None:
        host = headers.get("host", "")
        if not self._is_ours(host, scope):
            raise ForeignHost(host=host[:100])
        origin = headers.get("origin")
        if origin is not None:
            if not _is_same_origin(origin, host, scope):
                raise ForeignOrigin(origin=origin[:100])
        elif headers.get("sec-fetch-site") in {"cross-site", "same-site"} and not _is_navigation(scope, headers):
            raise ForeignOrigin(origin="")

    def _is_ours(self, host: str, scope: Scope) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            return False
        if not name or parts.netloc != host or "@" in host:
            return False
        server = scope.get("server") or (None, None)
        if server[1] is not None and (port or _default_port(scope)) != server[1]:
            return False
        return _is_loopback(name) or name in self._names()


def own_names(addresses: Collection[str], further: Collection[str]) -> set[str]:
    """What a Host header may name: our addresses, this computer's name, and what the settings add."""
    computer = socket.gethostname().lower().split(".")[0]
    return {*addresses, computer, f"{computer}.local", *(name.lower() for name in further)}


def _is_loopback(name: str) -> bool:
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_same_origin(origin: str, host: str, scope: Scope) -> bool:
    scheme, separator, rest = origin.partition("://")
    if not separator:
        return False  # `null`
    return scheme == _web_scheme(scope) and _with_port(rest, scheme) == _with_port(host, scheme)


def _with_port(host: str, scheme: str) -> str:
    host = host.lower()
    has_port = host.rpartition("]")[2].count(":") == 1
    return host if has_port else f"{host}:{443 if scheme == 'https' else 80}"


def _web_scheme(scope: Scope) -> str:
    return "https" if scope.get("scheme") in {"https", "wss"} else "http"


def _default_port(scope: Scope) -> int:
    return 443 if _web_scheme(scope) == "https" else 80


def _is_navigation(scope: Scope, headers: dict[str, str]) -> bool:
    """A link from elsewhere that opens our page: only that may come from another site."""
    return scope.get("method") in {"GET", "HEAD"} and headers.get("sec-fetch-mode") == "navigate"


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}


async def _refuse(scope: Scope, send: Send, error: ChatError, default_language: str) -> None:
    language = negotiate(_headers(scope).get("accept-language"), default_language)
    body = error_body(error, language)
    content = orjson.dumps({**body, "detail": body["error"]["message"]})
    prefix = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    headers = [(b"content-type", b"application/json"), (b"x-content-type-options", b"nosniff")]
    await send({"type": f"{prefix}.start", "status": error.status, "headers": headers})
    await send({"type": f"{prefix}.body", "body": content, "more_body": False})
