"""Says in one sentence why people can't join, and what to do: on the host's computer, or on a guest's."""

import asyncio
import socket
from dataclasses import replace

from lanchat.core.server.proxies import is_address
from lanchat.diagnosis.findings import Finding
from lanchat.diagnosis.guest_side import Target, diagnose_guest, examine_guest
from lanchat.diagnosis.host_side import HostSetup, diagnose_host, examine_host, may_listen
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.hostname import owners
from lanchat.discovery.hosts import Host
from lanchat.discovery.multicast import Multicast
from lanchat.discovery.nearby import Nearby
from lanchat.discovery.probe import find_favourites
from lanchat.discovery.search import merge

LISTEN_TIME = 2.5  # s
NAME = "lanchat.local"


async def examine(setup: HostSetup, favourites: Favourites) -> list[Finding]:
    """On the host's computer. Takes about three seconds, and asks only hosts that are known or announced.

    A host that keeps quiet, for its own computer only or with --no-discovery, is examined just as quietly.
    """
    if not await may_listen(setup):
        return list(diagnose_host(await examine_host(setup, [], [])))
    heard, known = await asyncio.gather(_listen(NAME, favourites), find_favourites(favourites))
    announced, name_owners = heard or ([], [])
    facts = await examine_host(setup, merge(announced, known), name_owners)
    return list(diagnose_host(replace(facts, is_mdns_open=heard is not None)))


async def examine_way_to(place: str, port: int, favourites: Favourites, *, discovery: bool = True) -> list[Finding]:
    """On a guest's computer; `place` is the host's address or a name, which mDNS or the system finds.

    Without `discovery` mDNS is left alone.
    """
    is_announced = discovery and place.endswith(".local")
    heard = await _listen(place if is_announced else NAME, favourites) if discovery else None
    announced, name_owners = heard or ([], [])
    if not is_announced:
        ips = [place] if is_address(place) else await _resolve(place)
        seen = announced if discovery else None
        return await _examine(Target(ips[0], port), seen) if ips else [_silent(place, port)]
    by_name = [host for host in announced if host.host_name == place]
    ips = by_name[0].addresses if by_name else tuple(name_owners)
    if not ips:
        return [_silent(place, port)]
    return await _examine(Target(ips[0], port, place, tuple(name_owners)), announced)


async def _examine(target: Target, announced: list[Host] | None) -> list[Finding]:
    return list(diagnose_guest(await examine_guest(target, announced)))


def _silent(place: str, port: int) -> Finding:
    return Finding("host_silent", {"address": place, "port": port})


async def _resolve(name: str) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(address[0]) for *_, address in found]


async def _listen(name: str, favourites: Favourites) -> tuple[list[Host], list[str]] | None:
    """Who announces themselves, and who answers to a host name; None where mDNS is shut on this computer."""
    multicast = Multicast()
    try:
        await multicast.start()
    except OSError:
        return None
    nearby = Nearby(multicast, favourites)
    nearby.start()
    try:
        name_owners, _ = await asyncio.gather(owners(multicast.zeroconf, f"{name}."), asyncio.sleep(LISTEN_TIME))
        return nearby.hosts, name_owners
    finally:
        await nearby.stop()
        await multicast.stop()
