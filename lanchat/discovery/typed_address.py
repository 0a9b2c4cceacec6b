"""Owns what a person may type, or a link may say, for the address of a host."""

import re
from urllib.parse import urlsplit

from lanchat.discovery.addresses import url
from lanchat.discovery.errors import AddressInvalid
from lanchat.discovery.probe import DEFAULT_PORT

SCHEMES = {"http", "lanchat", ""}
MAX_ADDRESS = 300  # characters
_NAME = re.compile(r"[0-9a-z_]([0-9a-z_.-]{0,251}[0-9a-z_])?\.?")
_IPV6 = re.compile(r"[0-9a-f:.]{2,45}")


def read_address(text: str) -> tuple[str, int]:
    """As `parse_address`, of what a person typed. Raises AddressInvalid."""
    try:
        return parse_address(text)
    except ValueError:
        raise AddressInvalid(address=text[:100]) from None


def parse_address(text: str) -> tuple[str, int]:
    """Host and port of `192.168.1.5`, `lanchat.local:8000`, `http://…` or `lanchat://…`. Raises ValueError."""
    text = text.strip()
    if len(text) > MAX_ADDRESS:
        raise ValueError("too long")
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "", text
    if scheme.lower() not in SCHEMES:
        raise ValueError("not an address of a LanChat host")
    if rest.count(":") > 1 and not rest.startswith("["):
        rest = f"[{rest}]"  # IPv6 as people copy it
    parts = urlsplit(f"//{rest}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address has no user name")
    name = (parts.hostname or "").lower()
    if not (_IPV6.fullmatch(name) if ":" in name else _NAME.fullmatch(name)):
        raise ValueError("not a host name")
    return name.rstrip("."), parts.port or DEFAULT_PORT


def origin_of(address: str) -> str | None:
    """`http://host:port` of a page, in the one spelling that is compared; None for what is no web page."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme == "blob":
        return origin_of(address.removeprefix("blob:"))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    scheme = "https" if parts.scheme == "https" else "http"
    return url(parts.hostname, port or {"http": 80, "https": 443}[scheme], scheme)
