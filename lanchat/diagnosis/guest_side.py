"""Why a guest can't join a host, as far as it shows on the guest's computer."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from lanchat.diagnosis.findings import Finding
from lanchat.diagnosis.host_side import CLOCK_LIMIT
from lanchat.diagnosis.reachability import Outcome, is_neighbour_known, knock, route_source
from lanchat.discovery.addresses import LOOKING, Address, all_addresses, is_typable
from lanchat.discovery.host_query import HostInfo, certificate_trouble, question
from lanchat.discovery.hosts import Host


@dataclass(frozen=True, slots=True)
class Target:
    """The host that a guest wants to join. `name` and `claimed` where the guest came by name."""

    ip: str
    port: int
    name: str = ""
    claimed: tuple[str, ...] = ()  # every address that somebody gives for the name


@dataclass(frozen=True, slots=True)
class GuestFacts:
    addresses: list[Address]
    target: Target
    outcome: Outcome = "open"
    info: HostInfo | None = None
    is_announced: bool | None = True  # None: we didn't listen
    is_neighbour_known: bool | None = True
    source: str | None = None  # our address on the way there
    certificate: str | None = None
    strangers: tuple[str, ...] = ()  # others who give themselves the host's name


def diagnose_guest(facts: GuestFacts) -> Iterator[Finding]:
    where: dict[str, str | int] = {"address": facts.target.ip, "port": facts.target.port}
    if facts.outcome != "open":
        yield _obstacle(facts, where)
    elif facts.info is None:
        yield Finding("other_program", where)
    else:
        yield from _flaws(facts, facts.info, where)
    if facts.strangers:
        yield Finding("name_taken", {"name": facts.target.name, "address": facts.strangers[0]})


def _obstacle(facts: GuestFacts, where: dict[str, str | int]) -> Finding:
    """The nearest one: what lies behind it can't be seen."""
    lan = [address for address in facts.addresses if address.kind in {"lan", "link_local"} and is_typable(address)]
    if not lan:
        return Finding("no_network")
    vpns = {address.ip: address.interface for address in facts.addresses if address.kind == "vpn"}
    if facts.source in vpns:
        return Finding("vpn_takes_route", {"interface": vpns[facts.source]})
    if facts.outcome == "refused":
        return Finding("nothing_listens", where)
    target = ip_address(facts.target.ip)
    if not any(target in ip_network(address.network) for address in lan):
        return Finding("wrong_subnet", where | {"own": lan[0].network})
    if facts.is_neighbour_known is False:
        return Finding("client_isolation" if facts.is_announced else "host_silent", where)
    return Finding("firewall_closed", where)


def _flaws(facts: GuestFacts, info: HostInfo, where: dict[str, str | int]) -> Iterator[Finding]:
    """It can be joined, and still something is not as it should be."""
    if info.is_announcing and facts.is_announced is False:
        yield Finding("mdns_blocked", {"names": info.said.name})
    if info.clock_ahead is not None and abs(info.clock_ahead) > CLOCK_LIMIT:
        yield Finding("clock_wrong", {"minutes": round(abs(info.clock_ahead) / 60)})
    if facts.certificate is not None:
        yield Finding("certificate_stale", where | {"reason": facts.certificate})


async def examine_guest(target: Target, announced: list[Host] | None) -> GuestFacts:
    """Try to join. `announced`: whom mDNS shows at this moment; None where nobody listened."""
    outcome, info = await asyncio.gather(knock(target.ip, target.port), question(target.ip, target.port))
    https_port = info.said.https_port if info else None
    theirs = next((host for host in announced or [] if target.ip in host.addresses and host.port == target.port), None)
    return GuestFacts(
        addresses=await LOOKING.run(all_addresses),
        target=target,
        outcome=outcome,
        info=info,
        is_announced=None if announced is None else theirs is not None,
        is_neighbour_known=outcome in {"open", "refused"} or await is_neighbour_known(target.ip),
        source=route_source(target.ip),
        certificate=await certificate_trouble(target.ip, target.port, https_port) if https_port else None,
        strangers=tuple(ip for ip in target.claimed if theirs and ip not in theirs.addresses),
    )
