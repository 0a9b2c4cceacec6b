"""Claims a short host name, `lanchat.local`, that nobody else on the network answers to."""

import ipaddress
from collections.abc import Iterable, Iterator

from zeroconf import (
    AddressResolver,  # pyright: ignore[reportPrivateImportUsage]
    IPVersion,
)
from zeroconf.asyncio import AsyncZeroconf

PROBE_TIME = 800  # ms; RFC 6762 asks three times, 250 ms apart
LAST_NUMBER = 9


def candidates(base: str, installation_id: str) -> Iterator[str]:
    """`lanchat.local.`, `lanchat-2.local.` …, and in the end one that can't be taken."""
    yield f"{base}.local."
    for number in range(2, LAST_NUMBER + 1):
        yield f"{base}-{number}.local."
    yield f"{base}-{installation_id[:8].lower()}.local."


async def owners(zeroconf: AsyncZeroconf, name: str) -> list[str]:
    """The addresses that somebody on the network, maybe this computer itself, gives for a host name."""
    resolver = AddressResolver(name)
    await resolver.async_request(zeroconf.zeroconf, PROBE_TIME)
    return resolver.parsed_addresses(IPVersion.All)


def keeps_name(own: Iterable[str], foreign: str) -> bool:
    """Whether we stay, when two hosts already use one name. Never true at both ends.

    Each end knows all of its own addresses but perhaps only one of the other's, so it stays
    only if even its lowest is above.
    """
    other = ipaddress.ip_address(foreign)
    ours = [ip for ip in map(ipaddress.ip_address, own) if ip.version == other.version]
    return bool(ours) and min(int(ip) for ip in ours) > int(other)
