"""A LanChat host as it is shown to somebody who looks for one."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from ipaddress import ip_address, ip_network
from typing import Any, Literal

from lanchat.discovery.addresses import Address, url
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourites, Trust

MAX_ADDRESSES = 8
# Anybody may announce any target, such as a site on the internet, or what no browser can read as an address.
_LOCAL_NAME = re.compile(r"[0-9a-z_]([0-9a-z_-]{0,61}[0-9a-z_])?\.local", re.IGNORECASE | re.ASCII)
_TRUST_ORDER: tuple[Trust, ...] = ("known", "changed", "new")

FoundBy = Literal["mdns", "favourite", "probe"]


@dataclass(frozen=True, slots=True)
class Host:
    """What a host says of itself, and what we think of it. `addresses`: the likeliest to answer first."""

    id: str
    name: str
    version: str
    host_name: str  # "lanchat.local"; empty where it was not found by name
    addresses: tuple[str, ...]
    port: int
    https_port: int | None
    fingerprint: str
    rooms: int
    online: int
    trust: Trust
    found_by: FoundBy

    @property
    def urls(self) -> list[str]:
        """The name comes first: it stays right when the address changes."""
        names = [self.host_name] if self.host_name else []
        return [url(place, self.port) for place in [*names, *self.addresses]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"urls": self.urls}


def describe(
    said: Announcement, addresses: tuple[str, ...], favourites: Favourites, *, found_by: FoundBy, host_name: str = ""
) -> Host:
    return Host(
        id=said.id,
        name=said.name,
        version=said.version,
        host_name=host_name if _LOCAL_NAME.fullmatch(host_name) else "",
        addresses=addresses,
        port=said.port,
        https_port=said.https_port,
        fingerprint=said.fingerprint,
        rooms=said.rooms,
        online=said.online,
        trust=favourites.judge(said.id, said.name, said.fingerprint),
        found_by=found_by,
    )


def in_order(hosts: Iterable[Host]) -> list[Host]:
    """Those we know first, then by name."""
    return sorted(hosts, key=lambda host: (_TRUST_ORDER.index(host.trust), host.name.casefold(), host.id))


def within_reach(ips: Iterable[str], own: Iterable[Address]) -> tuple[str, ...]:
    """Addresses inside the building, those in a subnet of ours first, IPv4 before IPv6.

    An announcement that points to the internet, to this computer's loopback or to a zone that
    a browser can't be told is not followed.
    """
    networks = [ip_network(address.network) for address in own if address.kind in {"lan", "link_local"}]
    ranked: list[tuple[bool, int, int, str]] = []
    for order, text in enumerate(ips):
        ip = ip_address(text)
        is_near = any(ip in network for network in networks if network.version == ip.version)
        is_unusable = ip.is_loopback or ip.is_multicast or ip.is_unspecified or (ip.version == 6 and ip.is_link_local)
        if (is_near or ip.is_private) and not is_unusable:
            ranked.append((not is_near, ip.version, order, str(ip)))
    return tuple(text for *_, text in sorted(ranked)[:MAX_ADDRESSES])
