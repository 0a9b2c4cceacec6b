"""Examining this host, for whoever runs it."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from lanchat.core.base.fair_turns import Brief
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat, Part
from lanchat.diagnosis.examine import examine
from lanchat.diagnosis.findings import Finding
from lanchat.diagnosis.host_side import HostSetup
from lanchat.discovery.addresses import LOOKING, Address, all_addresses
from lanchat.discovery.favourites import FAVOURITES, Favourites
from lanchat.doctor.reach_probes import Prober, Probes, places_of

READING = Brief("known_hosts", "reads one small file of this program's own")
EXAMINATIONS = Rate("examinations", 6, 60)  # by all together: there is one host

Networks = dict[str, IPv4Network | IPv6Network]  # own address → its subnet


@dataclass(frozen=True)
class Place:
    """An address or the name of this host. `tried`: by devices that should reach it."""

    name: str
    url: str
    tried: int
    reached: int


@dataclass(frozen=True)
class Examination:
    findings: list[Finding]
    places: list[Place]


class Doctor(Part, scope="process"):
    """One examination at a time: who asks meanwhile gets the same."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._running: asyncio.Task[Examination] | None = None

    async def examine(self, asker_id: int) -> Examination:
        """Takes three to five seconds. Raises TooMany."""
        if self._running is None or self._running.done():
            self._chat.limits.hit(EXAMINATIONS, "")
            self._running = asyncio.create_task(_examine(self._chat, asker_id), name="doctor")
        return await asyncio.shield(self._running)


async def _examine(chat: Chat, asker_id: int) -> Examination:
    settings, port = chat.settings, chat.host.port
    setup = HostSetup(
        port, settings.data_dir, settings.disk_reserve_bytes, settings.host, discovery=chat.host.is_discoverable
    )
    favourites = await READING.run(Favourites, settings.data_dir / FAVOURITES)
    findings, probers = await asyncio.gather(examine(setup, favourites), chat.part(Probes).gather(asker_id))
    networks = networks_of(await LOOKING.run(all_addresses))
    places = tally(places_of(chat), probers, networks)
    findings += diagnose_places(places, port, has_probers=bool(probers))
    findings.sort(key=lambda finding: not finding.is_problem)
    return Examination(findings, places if probers else [])


def networks_of(addresses: Iterable[Address]) -> Networks:
    return {address.ip: ip_network(address.network) for address in addresses}


def tally(urls: Mapping[str, str], probers: list[Prober], networks: Networks) -> list[Place]:
    """What each device could be expected to reach, and what it did reach."""
    places: list[Place] = []
    for name, url in urls.items():
        reached = sum(name in prober.places for prober in probers)
        kept_out = sum(name not in prober.places and _should_reach(prober, name, networks) for prober in probers)
        places.append(Place(name, url, reached + kept_out, reached))
    return places


def diagnose_places(places: list[Place], port: int, *, has_probers: bool) -> Iterator[Finding]:
    if places and not has_probers:
        numeric = next((place.url for place in places if not _is_name(place.name)), places[0].url)
        yield Finding("nobody_tried", {"url": numeric, "port": port})
    for place in places:
        if _is_name(place.name) and place.reached < place.tried:
            yield Finding("name_unknown", {"name": place.name, "reached": place.reached, "tried": place.tried})
        elif place.tried and not place.reached:
            yield Finding("address_closed", {"url": place.url, "port": port})


def _should_reach(prober: Prober, name: str, networks: Networks) -> bool:
    """No router need lead to an address of another subnet; and over HTTPS a doubted certificate looks the same."""
    if prober.is_secure or _is_name(name):
        return not prober.is_secure
    network = networks.get(name)
    ips = map(ip_address, prober.addresses)
    return network is not None and any(ip.version == network.version and ip in network for ip in ips)


def _is_name(place: str) -> bool:
    return place.endswith(".local")
