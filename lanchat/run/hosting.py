"""Runs a host on its network: HTTP and HTTPS side by side, announced, and following what changes."""

import asyncio
import contextlib
import logging
import secrets
import socket
from collections.abc import Callable, Iterable

from lanchat import __version__
from lanchat.app import App
from lanchat.config import Settings, SettingsError
from lanchat.core.base.fair_turns import Brief
from lanchat.core.base.host_state import HostState, Neighbour, computer_name
from lanchat.core.base.text_rules import are_alike
from lanchat.core.security.tls import HttpsKeys
from lanchat.core.server.connection_limits import Doors
from lanchat.core.server.serve import Listener, bind_near, serve
from lanchat.discovery.addresses import LOOKING, url, worth_telling
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import FAVOURITES, Favourites
from lanchat.discovery.hosts import Host
from lanchat.discovery.lan import Lan, addresses_of, is_for_others
from lanchat.rooms.service.find import count_public
from lanchat.system.sleep import follow_sleep

PREPARING = Brief("https_keys", "at the start, before the first request")
REFRESH = 6.0  # s between two looks at addresses and counts; what mDNS tells of comes at once

log = logging.getLogger(__name__)


async def serve_on_network(
    app: App,
    sockets: list[socket.socket],
    stop: asyncio.Event,
    when_ready: Callable[[], None],
    when_named: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until `stop`; `when_named` gets `lanchat.local`, or what we got instead, once it is ours.

    Raises what `app.startup` raises. HTTPS that can't be had is no reason not to host.
    """
    settings = app.settings
    bound_to, app.host.port = sockets[0].getsockname()[:2]
    keys, https = await PREPARING.run(_prepare_https, settings, app.host, bound_to)
    listeners = [Listener(sockets)]
    if keys is not None:
        listeners.append(Listener(https, keys.context))
    follower = _Follower(app, bound_to, keys, when_named)
    ready = asyncio.Event()

    def open_up() -> None:
        ready.set()
        when_ready()

    following = asyncio.create_task(follower.run(ready, stop), name="network")
    heeding = asyncio.create_task(_heed_sleep(app, ready), name="sleep")
    try:
        # A proxy brings everybody by its own address; it has limits of its own.
        is_counted = settings.limits and not settings.trusted_proxies
        await serve(app, listeners, stop, open_up, Doors() if is_counted else Doors(per_address=None))
    finally:
        heeding.cancel()
        stop.set()
        ready.set()
        with contextlib.suppress(Exception):  # it was logged
            await following


async def _heed_sleep(app: App, ready: asyncio.Event) -> None:
    await ready.wait()
    await follow_sleep(app.say_good_night, app.let_go)


def _prepare_https(settings: Settings, state: HostState, bound_to: str) -> tuple[HttpsKeys | None, list[socket.socket]]:
    """The installation's keys, and sockets on the HTTPS port or, where that is taken, on the next free one."""
    if settings.https_port == 0:
        return None, []
    keys = HttpsKeys(settings.keys_dir, state.name)
    keys.renew(_names(state), [address.ip for address in addresses_of(bound_to)])
    try:
        sockets = bind_near(settings.host, settings.https_port)
    except SettingsError:
        log.warning("HTTPS has no port, so there is only HTTP", exc_info=True)
        return None, []
    state.https_port = sockets[0].getsockname()[1]
    state.fingerprint = keys.fingerprint
    state.authority = keys.authority.pem
    return keys, sockets


def _names(state: HostState) -> list[str]:
    return [state.local_name or "lanchat.local", f"{computer_name()}.local"]


def neighbours(hosts: Iterable[Host], own_id: str, own_name: str) -> tuple[Neighbour, ...]:
    """All but ourselves. Whoever has our name, or one like it, stands beside the very chat that they may pose as."""
    return tuple(
        Neighbour(
            host.name,
            tuple(host.urls),
            host.online,
            is_doubtful=host.trust == "changed" or are_alike(host.name, own_name),
        )
        for host in hosts
        if host.id != own_id
    )


class _Follower:
    """Keeps the announcement, the certificate and the gate at what is true now."""

    def __init__(self, app: App, bound_to: str, keys: HttpsKeys | None, when_named: Callable[[str], None]) -> None:
        self._app = app
        self._bound_to = bound_to
        self._keys = keys
        self._when_named = when_named
        self._changed = asyncio.Event()
        self._lan: Lan | None = None

    async def run(self, ready: asyncio.Event, stop: asyncio.Event) -> None:
        """From when requests are taken until `stop`."""
        await ready.wait()
        if stop.is_set():
            return
        stopping = asyncio.create_task(stop.wait(), name="network-stop")
        try:
            await self._announce()
            while not stop.is_set():
                self._changed.clear()
                try:
                    await self._look()
                except Exception:  # a full disk, a busy database: it may be over at the next look
                    log.warning("the network could not be looked at", exc_info=True)
                changing = asyncio.create_task(self._changed.wait(), name="network-change")
                await asyncio.wait({stopping, changing}, timeout=REFRESH, return_when=asyncio.FIRST_COMPLETED)
                changing.cancel()
        except Exception:
            log.exception("the network is no longer followed")
            raise
        finally:
            stopping.cancel()
            if self._lan is not None:
                await self._lan.stop()

    async def _announce(self) -> None:
        settings, state = self._app.settings, self._app.host
        if not settings.discovery or not is_for_others(self._bound_to):
            return
        announcement = Announcement(
            id=self._app.chat.installation_id,
            name=state.name,
            version=__version__,
            port=state.port,
            https_port=state.https_port,
            fingerprint=state.fingerprint,
            run=secrets.token_hex(4),
        )
        favourites = Favourites(settings.data_dir / FAVOURITES)
        self._lan = Lan(announcement, favourites, self._bound_to, lambda _: self._changed.set())
        state.is_discoverable = True
        await self._lan.start()

    async def _look(self) -> None:
        app, state = self._app, self._app.host
        found = await LOOKING.run(addresses_of, self._bound_to)
        state.urls = tuple(url(address.ip, state.port) for address in worth_telling(found))
        state.rooms, state.online = await count_public(app.chat), app.chat.hub.count_online()
        if self._lan is not None:
            self._lan.update(name=state.name, rooms=state.rooms, online=state.online)
            self._take_name(self._lan.name)
            state.neighbours = neighbours(self._lan.hosts, app.chat.installation_id, state.name)
        app.refresh_names({state.local_name} if state.local_name else set())
        if self._keys is not None:
            # On the loop, where no handshake reads the context meanwhile; a look that changes nothing takes no time.
            self._keys.renew(_names(state), [address.ip for address in found])

    def _take_name(self, name: str | None) -> None:
        state = self._app.host
        if name is not None and name != state.local_name:
            self._when_named(name)
        state.local_name = name
        state.named_url = None if name is None else url(name, state.port)
