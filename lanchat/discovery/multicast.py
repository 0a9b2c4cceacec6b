"""Owns the mDNS sockets on the building's interfaces, and keeps them in step while addresses come and go."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable

from zeroconf import IPVersion
from zeroconf.asyncio import AsyncZeroconf

from lanchat.discovery.addresses import LOOKING, Address, all_addresses, worth_telling

LOOK_INTERVAL = 1.0  # s; an address change has to be announced within five
SETTLE_TIME = 6.0  # s; a fresh IPv6 address can't be bound until its twin check is over
SLEEP_GAP = 10.0  # s of wall clock missing between two looks: the computer was asleep
OWN_MEMORY = 150.0  # s; longer than any record of a former address lives in a cache

Listener = Callable[[], None]

log = logging.getLogger(__name__)


class Multicast:
    """Tells its listeners when the addresses changed, sockets opened or closed, or the computer woke up."""

    def __init__(self, look: Callable[[], list[Address]] = all_addresses) -> None:
        self.addresses: list[Address] = []
        self._look = look
        self._zeroconf: AsyncZeroconf | None = None
        self._listeners: list[Listener] = []
        self._own: dict[str, float] = {}  # address → when it was last ours
        self._settled_at = 0.0
        self._looked_at = 0.0
        self._watch: asyncio.Task[None] | None = None

    @property
    def zeroconf(self) -> AsyncZeroconf:
        assert self._zeroconf is not None, "start() first"
        return self._zeroconf

    @property
    def is_open(self) -> bool:
        """Whether anything that we say leaves this computer."""
        return bool(self.zeroconf.zeroconf.engine.senders)

    def on_change(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def forget(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    async def start(self) -> None:
        """Open the sockets. Raises OSError where another program keeps port 5353 to itself."""
        self._note(await LOOKING.run(self._look))
        self._zeroconf = _open(multicast_interfaces(self.addresses))
        await self._zeroconf.zeroconf.async_wait_for_start()
        self._watch = asyncio.create_task(self._keep_looking(), name="discovery-interfaces")

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        if self._zeroconf is not None:
            await self._zeroconf.async_close()

    def was_ours(self, ip: str) -> bool:
        """Now, or so recently that records of it still go round."""
        return time.monotonic() - self._own.get(ip, float("-inf")) < OWN_MEMORY

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_INTERVAL)
            try:
                await self._look_again()
            except Exception:
                # The network may be in any state between two looks; the next one starts afresh.
                log.exception("looking at the interfaces failed")

    async def _look_again(self) -> None:
        before, asleep = self.addresses, time.time() - self._looked_at > SLEEP_GAP
        self._note(await LOOKING.run(self._look))
        if self.addresses != before or asleep:
            self._settled_at = time.monotonic() + SETTLE_TIME
            # New sockets repeat what is registered, so that has to be true first.
            self._tell()
        if time.monotonic() < self._settled_at:
            engine = self.zeroconf.zeroconf.engine
            senders = len(engine.senders)
            await self.zeroconf.async_update_interfaces(multicast_interfaces(self.addresses))
            if len(engine.senders) != senders:
                self._tell()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def _note(self, addresses: list[Address]) -> None:
        self.addresses = addresses
        self._looked_at = time.time()
        self._own = {ip: at for ip, at in self._own.items() if self.was_ours(ip)}
        self._own |= dict.fromkeys((address.ip for address in addresses), time.monotonic())


def advertised(addresses: Iterable[Address]) -> list[Address]:
    """What a name should resolve to: the likely ones; those without DHCP or in machines only for want of others."""
    return worth_telling(address for address in addresses if address.kind != "vpn")


def multicast_interfaces(addresses: list[Address]) -> list[str]:
    """One IPv4 and one IPv6 address of each interface that may speak; link-local IPv6 as RFC 6762 prefers."""
    speaking = {address.index for address in advertised(addresses)}
    chosen: dict[tuple[int, int], Address] = {}
    for address in addresses:
        key = (address.index, address.version)
        if address.index in speaking and (key not in chosen or (address.version == 6 and address.kind == "link_local")):
            chosen[key] = address
    return [address.ip for address in chosen.values()]


def _open(interfaces: list[str]) -> AsyncZeroconf:
    try:
        return AsyncZeroconf(interfaces=interfaces, ip_version=IPVersion.All)
    except OSError:
        # A system with IPv6 switched off has no such sockets at all.
        only_v4 = [ip for ip in interfaces if ":" not in ip]
        return AsyncZeroconf(interfaces=only_v4, ip_version=IPVersion.V4Only)
