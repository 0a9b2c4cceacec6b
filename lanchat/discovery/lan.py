"""All of discovery that a running host needs: it is announced, follows its addresses, and sees who else is there."""

import logging
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from typing import Any

from lanchat.discovery.addresses import Address, all_addresses
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.hosts import Host
from lanchat.discovery.mdns import Advertiser
from lanchat.discovery.multicast import Multicast, advertised
from lanchat.discovery.nearby import Nearby

log = logging.getLogger(__name__)

OnChange = Callable[["Lan"], None]


def is_for_others(host: str | None) -> bool:
    """Whether a server bound to `host` (None: every interface) can be reached by anybody else."""
    if host is None:
        return True
    try:
        return not ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host != "localhost"


class Lan:
    """`on_change` is called on the loop: the name was claimed or lost, an address came or went, a host appeared."""

    def __init__(
        self, announcement: Announcement, favourites: Favourites, host: str | None, on_change: OnChange
    ) -> None:
        """`host`: what the server is bound to, and `is_for_others`; only its addresses are announced."""
        self._multicast = Multicast(partial(addresses_of, host))
        self._advertiser = Advertiser(self._multicast, announcement, on_name=self._tell)
        self._nearby = Nearby(self._multicast, favourites, self._tell)
        self._on_change = on_change
        self._is_running = False

    async def start(self) -> None:
        """Begin in the background. A computer that can't speak mDNS hosts all the same, and the doctor says why."""
        try:
            await self._multicast.start()
        except OSError:
            log.warning("mDNS can't be used, so this host won't be listed by others", exc_info=True)
            return
        self._is_running = True
        self._multicast.on_change(self._tell)
        self._advertiser.start()
        self._nearby.start()

    async def stop(self) -> None:
        """Say goodbye; takes a quarter of a second."""
        if self._is_running:
            self._is_running = False
            await self._advertiser.stop()
            await self._nearby.stop()
            await self._multicast.stop()

    def update(self, **changes: Any) -> None:
        """Change what is announced, such as `online=7`; see Announcement. As often as it likes."""
        self._advertiser.update(**changes)

    @property
    def name(self) -> str | None:
        """`lanchat.local`, or what we got instead of it; None until it is ours."""
        return self._advertiser.host_name

    @property
    def addresses(self) -> list[Address]:
        """What guests may type at the moment, likeliest first."""
        return advertised(self._multicast.addresses)

    @property
    def hosts(self) -> list[Host]:
        """The LanChat hosts of this network, this one among them."""
        return self._nearby.hosts

    def _tell(self) -> None:
        self._on_change(self)


def addresses_of(host: str | None) -> list[Address]:
    """Our addresses at which a server bound to `host` answers."""
    everything = all_addresses()
    if host is None or host == "::":
        return everything
    if ip_address(host).is_unspecified:
        return [address for address in everything if address.version == 4]
    return [address for address in everything if address.ip == host]
