"""Looks out for hosts nearby while the first screen shows: announced ones, and known ones where they were last."""

import asyncio
import logging

from lanchat.discovery.favourites import Favourites
from lanchat.discovery.hosts import Host, in_order
from lanchat.discovery.multicast import Multicast
from lanchat.discovery.nearby import Nearby
from lanchat.discovery.probe import find_favourites
from lanchat.discovery.search import merge

log = logging.getLogger(__name__)


class Lookout:
    def __init__(self, favourites: Favourites, *, may_listen: bool) -> None:
        """Without `may_listen` only the known hosts are asked."""
        self._favourites = favourites
        self._may_listen = may_listen
        self._known: list[Host] = []
        self._multicast: Multicast | None = None
        self._nearby: Nearby | None = None
        self._asking: asyncio.Task[None] | None = None

    @property
    def hosts(self) -> list[Host]:
        return in_order(merge(self._nearby.hosts if self._nearby else [], self._known))

    async def start(self) -> None:
        if self._asking is not None:
            return
        self._asking = asyncio.create_task(self._ask_known(), name="lookout-known")
        if not self._may_listen:
            return
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

    async def _ask_known(self) -> None:
        self._known = await find_favourites(self._favourites)
