"""The live list of LanChat hosts on this network."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine

from zeroconf import IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo

from lanchat.core.base.bounds import Bound
from lanchat.discovery.announcement import CHAT_TYPE, read_announcement
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.hosts import Host, describe, in_order, within_reach
from lanchat.discovery.multicast import Multicast

RESOLVE_TIME = 3000  # ms
FLUSH_TIMES = (2.2, 3.0)  # s; RFC 6762, section 10.2, after the announcement and after its repetition
MAX_HOSTS = 200  # found and being looked up; zeroconf remembers ten thousand records of all kinds, and no more
SETTLE = 0.1  # s between two looks at a name, however often it is announced
NAMES = Bound("hosts_nearby", f"{MAX_HOSTS} names found or looked up; 10 000 records remembered", "the network")

log = logging.getLogger(__name__)


class Nearby:
    """Follows the announcements until `stop()`. `on_change` is called, on the loop, when the list changed."""

    def __init__(
        self, multicast: Multicast, favourites: Favourites, on_change: Callable[[], None] = lambda: None
    ) -> None:
        self._multicast = multicast
        self._favourites = favourites
        self._on_change = on_change
        self._found: dict[str, Host] = {}  # by the name of the service
        self._browser: AsyncServiceBrowser | None = None
        self._following: dict[str, asyncio.Event] = {}  # by name; set when it was announced anew
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def hosts(self) -> list[Host]:
        return in_order(self._found.values())

    def start(self) -> None:
        self._multicast.on_change(self._ask_again)
        self._browse()

    async def stop(self) -> None:
        self._multicast.forget(self._ask_again)
        if self._browser is not None:
            await self._browser.async_cancel()
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _browse(self) -> None:
        self._browser = AsyncServiceBrowser(self._multicast.zeroconf.zeroconf, CHAT_TYPE, handlers=[self._on_service])

    def _ask_again(self) -> None:
        """On another network nobody has heard our question yet."""
        self._run(self._restart(), "discovery-ask-again")

    async def _restart(self) -> None:
        if self._browser is not None:
            await self._browser.async_cancel()
        self._browse()

    def _on_service(self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Removed:
            if self._found.pop(name, None) is not None:
                self._on_change()
        elif (known := self._following.get(name)) is not None:
            known.set()
        elif name in self._found or len(self._found.keys() | self._following.keys()) < MAX_HOSTS:
            self._following[name] = asyncio.Event()
            self._run(self._follow(zeroconf, service_type, name), f"discovery-resolve {name}")

    async def _follow(self, zeroconf: Zeroconf, service_type: str, name: str) -> None:
        """A former address leaves the cache a while after the new one came, without a word."""
        is_announced = self._following[name]
        try:
            await self._resolve(zeroconf, service_type, name)
            pauses = iter(FLUSH_TIMES)
            while name in self._found:
                if is_announced.is_set():
                    is_announced.clear()
                    pauses = iter(FLUSH_TIMES)
                    await asyncio.sleep(SETTLE)
                elif (pause := next(pauses, None)) is None:
                    return
                elif await _is_set_within(is_announced, pause):
                    continue
                await self._resolve(zeroconf, service_type, name)
        finally:
            del self._following[name]

    async def _resolve(self, zeroconf: Zeroconf, service_type: str, name: str) -> None:
        info = AsyncServiceInfo(service_type, name)
        if not await info.async_request(zeroconf, RESOLVE_TIME):
            return
        said = read_announcement(info.decoded_properties, info.port or 0)
        addresses = within_reach(info.parsed_addresses(IPVersion.All), self._multicast.addresses)
        if said is None or not addresses:
            return
        host = describe(said, addresses, self._favourites, found_by="mdns", host_name=(info.server or "").rstrip("."))
        if self._found.get(name) != host:
            self._found[name] = host
            self._on_change()

    def _run(self, coroutine: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("%s failed", task.get_name(), exc_info=task.exception())


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


async def browse(seconds: float, favourites: Favourites) -> list[Host]:
    """Who announces themselves on this network within `seconds`."""
    multicast = Multicast()
    await multicast.start()
    nearby = Nearby(multicast, favourites)
    nearby.start()
    try:
        await asyncio.sleep(seconds)
        return nearby.hosts
    finally:
        await nearby.stop()
        await multicast.stop()
