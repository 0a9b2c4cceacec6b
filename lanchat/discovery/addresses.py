"""Which addresses of this computer others on the network can type, likeliest first.

Asking the system which address it would use to reach the internet fails offline and answers
with the VPN's, so every interface is looked at, and judged by its name and its range.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

import ifaddr

from lanchat.core.base.fair_turns import Brief
from lanchat.discovery.interfaces import Kind, is_running, kind_by_name, unready_ipv6

Scheme = Literal["http", "https"]
LOOKING = Brief("own_addresses", "asks the system for this computer's own addresses")

# Ranges that no router of a building hands out.
_TUNNEL_RANGES = tuple(
    ip_network(text)
    for text in (
        "100.64.0.0/10",  # carriers, and Tailscale
        "198.18.0.0/15",  # the made-up addresses of proxies such as Clash and Surge
        "192.0.0.0/24",  # IPv4 carried over an IPv6-only mobile network
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fd7a:115c:a1e0::/48",  # Tailscale
    )
)
# macOS shares its connection on the same kind of bridge that its virtual machines use.
_MACOS_SHARING = ip_network("192.168.2.0/24")

_KIND_ORDER: tuple[Kind, ...] = ("lan", "virtual", "vpn", "link_local", "loopback")
_HOME_RANGES = tuple(ip_network(text) for text in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12"))


@dataclass(frozen=True, slots=True)
class Address:
    """One address of this computer. `is_likely`: somebody beside it will probably get through."""

    ip: str  # without a zone
    version: Literal[4, 6]
    interface: str
    kind: Kind
    is_likely: bool
    prefix: int  # bits of the network part
    index: int  # the system's number of the interface

    @property
    def network(self) -> str:
        """The subnet that this address is in, such as 192.168.1.0/24."""
        return str(ip_network(f"{self.ip}/{self.prefix}", strict=False))


def usable_addresses() -> list[Address]:
    """What another computer may type, likeliest first; the doubtful ones last, told by `kind`.

    Never loopback, nor IPv6 link-local: a browser refuses the zone it would need.
    """
    return [address for address in all_addresses() if is_typable(address)]


def all_addresses() -> list[Address]:
    """Every address of every interface that is up, loopback included, likeliest first."""
    adapters = [adapter for adapter in ifaddr.get_adapters() if is_running(adapter.nice_name)]
    unready = unready_ipv6()
    everything = classify(adapters, preferred=_preferred_source())
    return [address for address in everything if address.ip not in unready]


def is_typable(address: Address) -> bool:
    return address.kind != "loopback" and not (address.kind == "link_local" and address.version == 6)


def worth_telling(addresses: Iterable[Address]) -> list[Address]:
    """What to show to others: those that are likely to lead here; doubtful ones are better than none."""
    typable = [address for address in addresses if is_typable(address)]
    return [address for address in typable if address.is_likely] or typable


def classify(adapters: Iterable[ifaddr.Adapter], preferred: str | None = None) -> list[Address]:
    """Judge and sort what the system lists. `preferred` is the source of its default route."""
    found: dict[str, Address] = {}
    for adapter in adapters:
        for ip in adapter.ips:
            address = _judge(adapter, ip, preferred)
            if address is not None:
                found.setdefault(address.ip, address)
    return sorted(found.values(), key=lambda address: _rank(address, preferred))


def url(ip: str, port: int, scheme: Scheme = "http") -> str:
    """`http://192.168.1.5:8000`; brackets round IPv6, no zone, no port where the scheme implies it."""
    host = ip.partition("%")[0]
    if ":" in host:
        host = f"[{host}]"
    is_implied = port == {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{host}" if is_implied else f"{scheme}://{host}:{port}"


def _judge(adapter: ifaddr.Adapter, ip: ifaddr.IP, preferred: str | None) -> Address | None:
    text = ip.ip if isinstance(ip.ip, str) else ip.ip[0]
    parsed = ip_address(text.partition("%")[0])
    if parsed.is_unspecified or parsed.is_multicast or (parsed.version == 4 and parsed.is_reserved):
        return None
    kind = _kind(adapter.nice_name, parsed, ip.network_prefix)
    if kind == "virtual" and str(parsed) == preferred:
        # A virtual switch bound to the network card takes over the card's address.
        kind = "lan"
    return Address(
        ip=str(parsed),
        version=parsed.version,
        interface=adapter.nice_name,
        kind=kind,
        is_likely=kind == "lan",
        prefix=ip.network_prefix,
        index=adapter.index or 0,
    )


def _kind(name: str, ip: IPv4Address | IPv6Address, prefix: int) -> Kind:
    if ip.is_loopback:
        return "loopback"
    named = kind_by_name(name)
    if named == "virtual" and ip in _MACOS_SHARING and name.startswith("bridge1"):
        named = "lan"
    if named != "lan":
        return named
    if ip.is_link_local:
        return "link_local"
    # A point-to-point link has nobody beside it: a VPN under a name that its user chose.
    is_point_to_point = ip.version == 4 and prefix >= 31
    if is_point_to_point or any(ip in network for network in _TUNNEL_RANGES if network.version == ip.version):
        return "vpn"
    return "lan"


def _rank(address: Address, preferred: str | None) -> tuple[int, bool, int, int, int]:
    ip = ip_address(address.ip)
    ranges = [number for number, network in enumerate(_HOME_RANGES) if ip in network]
    return (
        _KIND_ORDER.index(address.kind),
        address.ip != preferred,
        address.version,
        ranges[0] if ranges else len(_HOME_RANGES),
        address.index,
    )


def _preferred_source() -> str | None:
    """The source address of the default route. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("203.0.113.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
