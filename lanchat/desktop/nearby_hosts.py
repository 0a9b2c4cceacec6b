"""Looks out for hosts nearby while the first screen shows: announced ones, known ones where they were last, and
where nobody is heard, whoever answers among the neighbours.
"""

import asyncio
import logging

from lanchat.discovery.addresses import LOOKING, all_addresses
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.hosts import Host, in_order
from lanchat.discovery.multicast import Multicast
from lanchat.discovery.nearby import Nearby
from lanchat.discovery.probe import find_favourites, probe_subnets
from lanchat.discovery.search import merge

HEARING_TIME = 3.0  # s; a host that announces itself is heard in one

log = logging.getLogger(__name__)


class Lookout:
    def __init__(self, favourites: Favourites, *, may_listen: bool) -> None:
        """Without `may_listen` nobody is listened to, and nobody asked."""
        self._favourites = favourites
        self._may_listen = may_listen
        self._known: list[Host] = []
        self._answering: list[Host] = []
        self._probed: set[str] = set()  # networks; each is asked through once
        self._multicast: Multicast | None = None
        self._nearby: Nearby | None = None
        self._asking: asyncio.Task[None] | None = None

    @property
    def hosts(self) -> list[Host]:
        return in_order(merge(self._nearby.hosts if self._nearby else [], self._known, self._answering))

    async def start(self) -> None:
        if self._asking is not None or not self._may_listen:
            return
        self._asking = asyncio.create_task(self._ask_around(), name="lookout")
        multicast = Multicast()
        try:
            await multicast.start()
        except OSError as error:
            log.warning("hosts nearby can't be heard: %s", error)
            return
        self._multicast = multicast
        self._nearby = Nearby(multicast, self._favourites)
        self._nearby.start()

    async def stop(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        if self._nearby is not None:
            await self._nearby.stop()
        if self._multicast is not None:
            await self._multicast.stop()
        self._asking = self._nearby = self._multicast = None

    async def _ask_around(self) -> None:
        self._known = await find_favourites(self._favourites)
        while True:
            await asyncio.sleep(HEARING_TIME)
            if not self.hosts:
                await self._ask_neighbours()

    async def _ask_neighbours(self) -> None:
        """Of networks that we came to since the last time."""
        addresses = await LOOKING.run(all_addresses)
        fresh = [address for address in addresses if address.network not in self._probed]
        self._probed |= {address.network for address in fresh}
        self._answering = await probe_subnets(fresh, self._favourites)
