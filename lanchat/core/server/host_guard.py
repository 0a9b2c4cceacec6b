"""Owns the gate in front of everything: whose names and pages may talk to this server."""

import re
from collections.abc import Callable, Collection

from lanchat.core.base.errors import ChatError, ForeignHost, ForeignOrigin, SubPath
from lanchat.core.base.host_state import computer_name
from lanchat.core.server.asgi import Application, Receive, Scope, Send, headers_of, refuse
from lanchat.core.server.proxies import is_address, is_loopback, plain_address

LOOPBACK_NAMES = {"localhost", "localhost.localdomain"}
HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/?#@\[\]\\]+)(?::([0-9]{1,5}))?")

Name = tuple[str, int | None]
"""A host name or address in lower case, and the port that goes with it; None for the one we listen on."""


class Gate:
    """Refuses foreign Hosts (DNS rebinding, 421) and foreign Origins (other web pages, 403).

    A page of another site can make a browser send requests here, but not without telling its Origin,
    and can point a name of its own at our address, but not without telling that name. Who sends no
    Origin (curl, native clients) is no browser, and is taken.
    """

    def __init__(self, application: Application, names: Callable[[], Collection[Name]], language: str) -> None:
        """`names` tells which names are ours at the moment."""
        self._application = application
        self._names = names
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check(scope, headers_of(scope))
        except ChatError as error:
            await refuse(scope, receive, send, error, self._language)
            return
        await self._application(scope, receive, send)

    def _check(self, scope: Scope, headers: dict[str, str]) -> None:
        if prefix := headers.get("x-forwarded-prefix", "").strip("/ "):
            raise SubPath(prefix=f"/{prefix[:100]}")
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
        name, given_port = read_name(host)
        port = given_port or _default_port(scope)
        names = self._names()
        if not name or (name, port) in names:
            return bool(name)
        here, our_port = scope.get("server") or (None, None)
        if our_port is not None and port != our_port:
            return False
        # The address that this connection came to is ours, however new it is.
        return _is_loopback(name) or name == here or (name, None) in names


def own_names(addresses: Collection[str], further: Collection[str]) -> set[Name]:
    """What a Host header may name: our addresses, this computer's name, and what the settings add."""
    computer = computer_name()
    found = {(plain_address(address), None) for address in addresses}
    return found | {(computer, None), (f"{computer}.local", None)} | {read_name(name) for name in further}


def read_name(host: str) -> Name:
    """A Host header, taken apart; an empty name for one that no browser would send."""
    found = HOST.fullmatch(host)
    if found is None:
        return "", None
    name, port = found[1].lower().removesuffix("."), found[2]
    literal = name.strip("[]")
    if is_address(literal):
        name = plain_address(literal)
    return name, int(port) if port else None


def _is_loopback(name: str) -> bool:
    return name in LOOPBACK_NAMES or is_loopback(name)


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
    """A link from elsewhere that opens our page: only that may come from another site, and in no frame."""
    is_page = headers.get("sec-fetch-dest", "document") == "document"
    return scope.get("method") in {"GET", "HEAD"} and headers.get("sec-fetch-mode") == "navigate" and is_page
