"""One search for hosts, with its fall-backs in order: announcements, known addresses, the neighbours."""

import asyncio
from typing import Literal

from lanchat.discovery.addresses import LOOKING, all_addresses
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.hosts import Host, in_order
from lanchat.discovery.nearby import browse
from lanchat.discovery.probe import find_favourites, probe_subnets

Probing = Literal["never", "if_nobody", "always"]


async def search(seconds: float, favourites: Favourites, probing: Probing = "if_nobody") -> list[Host]:
    """Everybody found, each once: as announced where they announce themselves, else as they answered."""
    announced, known = await asyncio.gather(_browse(seconds, favourites), find_favourites(favourites))
    found = merge(announced, known)
    if probing == "always" or (probing == "if_nobody" and not found):
        addresses = await LOOKING.run(all_addresses)
        found = merge(found, await probe_subnets(addresses, favourites))
    return in_order(found)


def merge(*lists: list[Host]) -> list[Host]:
    """Earlier lists win. Two keys under one id are two hosts: one of them may be an impostor."""
    found: dict[tuple[str, str], Host] = {}
    for host in (host for hosts in lists for host in hosts):
        found.setdefault((host.id, host.fingerprint), host)
    return list(found.values())


async def _browse(seconds: float, favourites: Favourites) -> list[Host]:
    try:
        return await browse(seconds, favourites)
    except OSError:
        return []  # another program keeps mDNS to itself; the other ways remain, and the doctor says so
