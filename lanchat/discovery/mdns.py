"""Advertises this host on the network, and steps aside where another already has its name."""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zeroconf.asyncio import AsyncServiceInfo

from lanchat.discovery.announcement import TYPES, Announcement
from lanchat.discovery.conflicts import Conflicts
from lanchat.discovery.hostname import candidates, keeps_name, owners
from lanchat.discovery.multicast import Multicast, advertised

PAUSE = 6.0  # s between announcements of mere counts; RFC 6762 allows ten a minute
REPEAT = 2.5  # s after an urgent one, once: a record younger than a second is not replaced in caches
RETRY = 5.0  # s
MAX_DEFENCES = 3  # a minute; against one who never yields, we do
DEFENCE_TIME = 60.0  # s

log = logging.getLogger(__name__)


class Advertiser:
    """Keeps the network told of one announcement. Does nothing while there is no network.

    `multicast` must be started, and is the caller's to stop, after `stop()`.
    """

    def __init__(
        self,
        multicast: Multicast,
        announcement: Announcement,
        base: str = "lanchat",
        on_name: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_name` is called when `host_name` has changed."""
        self.host_name: str | None = None  # "lanchat.local", once it is ours
        self._multicast = multicast
        self._announcement = replace(announcement, run=secrets.token_hex(4))
        self._base = base
        self._on_name = on_name
        self._published: dict[str, AsyncServiceInfo] = {}
        self._instance = ""  # what we asked for; the published ones may carry a number
        self._defences: list[float] = []
        self._is_stale = asyncio.Event()
        self._is_urgent = asyncio.Event()
        self._is_announced = asyncio.Event()
        self._conflicts = Conflicts(self._announcement.run, self._on_foreign_address, self._on_foreign_instance)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the name is claimed and announced within about two seconds, in the background."""
        self._multicast.on_change(self._on_change)
        self._multicast.zeroconf.zeroconf.async_add_listener(self._conflicts, None)
        self._hurry()
        self._task = asyncio.create_task(self._keep_announced(), name="discovery-advertiser")

    def update(self, **changes: Any) -> None:
        """Change fields of the announcement, such as `online=7`. Cheap: call it as often as they change."""
        changed = replace(self._announcement, **changes)
        if changed != self._announcement:
            self._announcement = changed
            self._is_stale.set()

    async def announced(self) -> None:
        """Wait until the network has been told for the first time."""
        await self._is_announced.wait()

    async def stop(self) -> None:
        """Say goodbye, so that the host is gone from every list in a quarter of a second."""
        if self._task is None:
            return
        self._multicast.forget(self._on_change)
        self._multicast.zeroconf.zeroconf.async_remove_listener(self._conflicts)
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self._withdraw()
        self.host_name = None

    async def _keep_announced(self) -> None:
        while True:
            await self._is_stale.wait()
            self._is_stale.clear()
            was_urgent = self._is_urgent.is_set()
            self._is_urgent.clear()
            try:
                await self._announce()
            except Exception:
                log.exception("announcing failed")
                self._is_stale.set()
                await asyncio.sleep(RETRY)
            await self._rest(was_urgent)

    async def _rest(self, was_urgent: bool) -> None:
        """Until the next announcement may go out, or must."""
        try:
            await asyncio.wait_for(self._is_urgent.wait(), REPEAT if was_urgent else PAUSE)
        except TimeoutError:
            if was_urgent:
                self._is_stale.set()

    async def _announce(self) -> None:
        if not self._ips() or not self._multicast.is_open:
            return  # nobody to tell; the next change wakes us
        if self.host_name is None:
            self.host_name = await self._claim_host_name()
            self._conflicts.host_key = f"{self.host_name}."
            self._on_name()
        if self._instance != self._announcement.instance():
            await self._withdraw()
            await self._register()
        else:
            self._refresh()
            zeroconf = self._multicast.zeroconf
            sent = [await zeroconf.async_update_service(info) for info in self._published.values()]
            await asyncio.gather(*sent)

    async def _claim_host_name(self) -> str:
        for name in candidates(self._base, self._announcement.id):
            found = await owners(self._multicast.zeroconf, name)
            if all(self._multicast.was_ours(ip) for ip in found):
                return name.rstrip(".")
        raise RuntimeError("even the name made of the installation's id is taken")

    async def _register(self) -> None:
        self._instance = self._announcement.instance()
        infos = [self._service(type_, self._instance) for type_ in TYPES]
        zeroconf = self._multicast.zeroconf
        sent = await asyncio.gather(*(zeroconf.async_register_service(info, allow_name_change=True) for info in infos))
        self._published = dict(zip(TYPES, infos, strict=True))
        self._conflicts.instance_keys = {info.key for info in infos}
        self._is_announced.set()
        await asyncio.gather(*sent)

    async def _withdraw(self) -> None:
        zeroconf, infos = self._multicast.zeroconf, list(self._published.values())
        self._published, self._conflicts.instance_keys = {}, set()
        sent = [await zeroconf.async_unregister_service(info) for info in infos]
        await asyncio.gather(*sent)

    def _refresh(self) -> None:
        """Answers from now on carry the current addresses, name and counts."""
        for type_, info in self._published.items():
            current = self._service(type_, info.get_name())
            self._multicast.zeroconf.zeroconf.registry.async_update(current)
            self._published[type_] = current

    def _service(self, type_: str, instance: str) -> AsyncServiceInfo:
        return self._announcement.service(type_, instance, f"{self.host_name}.", self._ips())

    def _ips(self) -> list[str]:
        return [address.ip for address in advertised(self._multicast.addresses)]

    def _on_change(self) -> None:
        if self.host_name is not None and self._ips():
            self._refresh()
        self._hurry()

    def _on_foreign_address(self, ip: str) -> None:
        if self._multicast.was_ours(ip):
            return
        if not (keeps_name(self._ips(), ip) and self._may_defend()):
            self.host_name = None
            self._conflicts.host_key = ""
        self._hurry()

    def _on_foreign_instance(self, run: str) -> None:
        if not (run and self._announcement.run > run and self._may_defend()):
            self._instance = ""
        self._hurry()

    def _may_defend(self) -> bool:
        now = time.monotonic()
        self._defences = [at for at in self._defences if now - at < DEFENCE_TIME] + [now]
        return len(self._defences) <= MAX_DEFENCES

    def _hurry(self) -> None:
        self._is_stale.set()
        self._is_urgent.set()
