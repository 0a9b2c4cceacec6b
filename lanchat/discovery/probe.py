"""Looks for hosts without mDNS: at the last addresses of those we know, then politely through our own subnets."""

import asyncio
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network

from lanchat.discovery.addresses import Address
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.host_query import ask
from lanchat.discovery.hosts import FoundBy, Host, describe

DEFAULT_PORT = 8000
AT_ONCE = 50
TOUCH_TIME = 0.6  # s for one address; inside a building the answer takes a few milliseconds
SUBNET_TIME = 8.0  # s for one interface, all its addresses together
WIDEST = 24  # bits; of a larger network only the part round our own address is asked

Endpoint = tuple[str, int]


async def find_favourites(favourites: Favourites) -> list[Host]:
    """Known hosts that still answer where they were at the last visit."""
    known = {(ip, one.port): one for one in favourites for ip in one.addresses}
    found = await _ask_all(list(known), favourites, "favourite")
    return [host for host in found if host.id == known[host.addresses[0], host.port].id]


async def probe_subnets(
    addresses: Iterable[Address], favourites: Favourites, ports: tuple[int, ...] = (DEFAULT_PORT,)
) -> list[Host]:
    """Ask every neighbour. Only on a person's click, or when mDNS found nobody.

    Private IPv4 subnets of real networks only, each once, at most 50 connections at a time.
    """
    own = list(addresses)
    hosts: list[Host] = []
    for network in subnets(own):
        neighbours = [str(ip) for ip in network.hosts() if str(ip) not in {address.ip for address in own}]
        hosts += await _ask_all([(ip, port) for port in ports for ip in neighbours], favourites, "probe")
    return hosts


def subnets(addresses: Iterable[Address]) -> Iterator[IPv4Network]:
    seen: set[IPv4Network] = set()
    for address in addresses:
        if address.version == 6 or not address.is_likely:
            continue
        network = IPv4Network(f"{address.ip}/{max(address.prefix, WIDEST)}", strict=False)
        if _is_private(network) and network not in seen:
            seen.add(network)
            yield network


def _is_private(network: IPv4Network) -> bool:
    ranges = ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12")
    return any(network.subnet_of(IPv4Network(text)) for text in ranges)


async def _ask_all(endpoints: list[Endpoint], favourites: Favourites, found_by: FoundBy) -> list[Host]:
    """One host each, however many of its addresses answered. Ends after SUBNET_TIME with what it has."""
    found: dict[tuple[str, str, int], Host] = {}
    waiting = iter(endpoints)

    async def work() -> None:
        for ip, port in waiting:
            said = await ask(ip, port, TOUCH_TIME)
            if said is not None:
                host = describe(said, (ip,), favourites, found_by=found_by)
                found.setdefault((host.id, host.fingerprint, port), host)

    workers = [asyncio.create_task(work(), name=f"discovery-{found_by}") for _ in range(min(AT_ONCE, len(endpoints)))]
    if workers:
        _, late = await asyncio.wait(workers, timeout=SUBNET_TIME)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return list(found.values())
