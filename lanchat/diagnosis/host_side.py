"""Why others can't join a host, as far as it shows on the host's own computer."""

import asyncio
import shutil
import socket
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path

import lanchat
from lanchat.core.security.certificates import is_permitted
from lanchat.diagnosis.findings import Finding
from lanchat.diagnosis.reachability import Outcome, knock, route_source
from lanchat.discovery.addresses import LOOKING, Address, all_addresses, is_typable
from lanchat.discovery.host_query import HostInfo, certificate_trouble, question
from lanchat.discovery.hosts import Host
from lanchat.discovery.multicast import advertised

CLOCK_LIMIT = 120.0  # s
DAY = 86400.0  # s
KNOCK_TIME = 1.5  # s; to oneself


@dataclass(frozen=True, slots=True)
class HostSetup:
    """What is to be examined on this computer. The last two as in the settings; `host` None: every interface."""

    port: int
    data_dir: Path
    disk_reserve: int  # bytes
    host: str | None = None
    discovery: bool = True


@dataclass(frozen=True, slots=True)
class HostFacts:
    addresses: list[Address]
    loopback: Outcome = "open"
    is_lanchat: bool = True
    can_bind: bool = True
    outside: dict[str, Outcome] = field(default_factory=dict[str, Outcome])  # our own addresses, from within
    routes: dict[str, str | None] = field(default_factory=dict[str, str | None])  # address → what a neighbour would see
    certificate: str | None = None
    free_bytes: int = 1 << 40
    reserve_bytes: int = 0
    clock_behind_install: float = 0.0  # s
    clock_ahead_of_others: float = 0.0  # s
    is_mdns_open: bool = True
    unheard: tuple[str, ...] = ()  # hosts that answer but whose announcements don't arrive
    name_owners: tuple[str, ...] = ()  # strangers that answer to lanchat.local
    port: int = 8000


def diagnose_host(facts: HostFacts) -> Iterator[Finding]:
    yield from _network(facts)
    yield from _port(facts)
    yield from _routes(facts)
    if not facts.is_mdns_open or facts.unheard:
        yield Finding("mdns_blocked", {"names": ", ".join(facts.unheard)})
    if facts.name_owners:
        yield Finding("name_taken", {"name": "lanchat.local", "address": facts.name_owners[0]})
    if facts.certificate is not None:
        yield Finding("certificate_stale", {"reason": facts.certificate})
    if facts.clock_behind_install > DAY or abs(facts.clock_ahead_of_others) > CLOCK_LIMIT:
        seconds = facts.clock_ahead_of_others or -facts.clock_behind_install
        yield Finding("clock_wrong", {"minutes": round(abs(seconds) / 60)})
    if facts.free_bytes < facts.reserve_bytes:
        yield Finding("disk_nearly_full", {"megabytes": facts.free_bytes >> 20})


def _network(facts: HostFacts) -> Iterator[Finding]:
    typable = [address for address in facts.addresses if is_typable(address)]
    if not any(address.kind in {"lan", "link_local"} for address in typable):
        yield Finding("no_network")
    elif not any(address.kind == "lan" for address in typable):
        yield Finding("no_dhcp", {"address": typable[0].ip})


def _port(facts: HostFacts) -> Iterator[Finding]:
    outside = list(facts.outside.values())
    if facts.loopback == "open" and not facts.is_lanchat:
        yield Finding("port_taken", {"port": facts.port})
    elif facts.loopback == "open" and outside and all(outcome == "refused" for outcome in outside):
        yield Finding("loopback_only", {"port": facts.port})
    elif facts.loopback == "open" and outside and "open" not in outside:
        yield Finding("firewall_closed", {"address": next(iter(facts.outside)), "port": facts.port})
    elif facts.loopback != "open" and "open" not in outside:
        yield Finding("not_running" if facts.can_bind else "port_taken", {"port": facts.port})


def _routes(facts: HostFacts) -> Iterator[Finding]:
    vpns = {address.ip: address.interface for address in facts.addresses if address.kind == "vpn"}
    taken = [source for source in facts.routes.values() if source in vpns]
    if taken and len(taken) == len(facts.routes):
        yield Finding("vpn_takes_route", {"interface": vpns[taken[0]]})


async def may_listen(setup: HostSetup) -> bool:
    """Whether mDNS and other hosts may be asked: not beside a host that keeps quiet, whoever told it to."""
    if not setup.discovery:
        return False
    info = await question(_inside(setup.host), setup.port, KNOCK_TIME)
    return info is None or info.is_announcing is not False


async def examine_host(setup: HostSetup, others: list[Host], name_owners: list[str]) -> HostFacts:
    """Look at everything. `others` as a search found them, `name_owners` as mDNS told for lanchat.local."""
    addresses = await LOOKING.run(all_addresses)
    ours = advertised(addresses)
    own = {address.ip for address in addresses}
    port, inside = setup.port, _inside(setup.host)
    loopback, info = await asyncio.gather(knock(inside, port, KNOCK_TIME), question(inside, port, KNOCK_TIME))
    outcomes = await asyncio.gather(*(knock(address.ip, port, KNOCK_TIME) for address in ours))
    strangers = [host for host in others if not own & set(host.addresses)]
    answers = await asyncio.gather(*(question(host.addresses[0], host.port) for host in strangers[:5]))
    return HostFacts(
        port=port,
        addresses=addresses,
        loopback=loopback,
        is_lanchat=info is not None,
        can_bind=_can_bind(setup),
        outside=dict(zip((address.ip for address in ours), outcomes, strict=True)),
        routes=_routes_to_neighbours(ours),
        certificate=await _certificate(info, ours),
        free_bytes=shutil.disk_usage(_existing(setup.data_dir)).free,
        reserve_bytes=setup.disk_reserve,
        clock_behind_install=_installed_at() - time.time(),
        clock_ahead_of_others=-statistics.median([one.clock_ahead or 0.0 for one in answers if one] or [0.0]),
        unheard=tuple(host.name for host in strangers if host.found_by != "mdns"),
        name_owners=tuple(ip for ip in name_owners if ip not in own),
    )


async def _certificate(info: HostInfo | None, ours: list[Address]) -> str | None:
    if info is None or info.said.https_port is None:
        return None
    for address in ours:
        if is_permitted(address.ip):
            trouble = await certificate_trouble(address.ip, info.said.port, info.said.https_port)
            if trouble is not None:
                return trouble
    return None


def _routes_to_neighbours(ours: list[Address]) -> dict[str, str | None]:
    """Of IPv4 where there is any: guests try it first, and a tunnel's IPv6 source tells nothing."""
    first = [address for address in ours if address.version == ours[0].version]
    return {address.ip: route_source(neighbour) for address in first if (neighbour := _neighbour(address))}


def _neighbour(address: Address) -> str | None:
    """Some other address of the same subnet, whether or not anybody is there."""
    network, own = ip_network(address.network), ip_address(address.ip)
    if network.num_addresses <= 2:
        return None
    return str(network[1] if network[1] != own else network[2])


def _inside(host: str | None) -> str:
    """Where a server with this setting listens to its own computer."""
    if host and not (set(host) <= set("0.:")):
        return host
    return "::1" if host and ":" in host else "127.0.0.1"


def _installed_at() -> float:
    """Seconds since 1970; no honest clock is before it."""
    return Path(lanchat.__file__).parent.stat().st_mtime  # the packaged program has the folder, but no such file


def _can_bind(setup: HostSetup) -> bool:
    host = setup.host or ""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, setup.port))
        except OSError:
            return False
        return True


def _existing(folder: Path) -> Path:
    """The folder, or before the first start the nearest one above it."""
    return next(path for path in (folder, *folder.parents) if path.exists())
