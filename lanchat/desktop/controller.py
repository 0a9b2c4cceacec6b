"""Owns what the window is for at the moment: choosing, hosting here, or visiting another host."""

import asyncio
import logging
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from lanchat.config import Settings, SettingsError
from lanchat.core.base.errors import ChatError
from lanchat.core.server.serve import bind_near
from lanchat.desktop.background import Hosting, Serve
from lanchat.desktop.errors import HostUnreachable
from lanchat.desktop.host_identity import Visited, visit
from lanchat.desktop.nearby_hosts import Lookout
from lanchat.desktop.saved_state import Memory
from lanchat.desktop.schemas import Phase
from lanchat.diagnosis.examine import examine_way_to
from lanchat.diagnosis.findings import Finding
from lanchat.discovery.addresses import url
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.typed_address import origin_of, read_address

log = logging.getLogger(__name__)


class Failure(NamedTuple):
    """Why there is no chat in the window; a key of `locales/`, and what fills its sentence."""

    key: str
    values: dict[str, object]


class Screen(Protocol):
    """The window, as seen from other threads."""

    def show(self, address: str, moved_from: int | None = None) -> None:
        """Turn to this page; `moved_from` is the port that guests may still try."""
        ...

    def come_forward(self) -> None: ...
    def close(self) -> None: ...


class Desk:
    """All methods run on the background loop."""

    def __init__(self, settings: Settings, memory: Memory, favourites: Favourites, serve: Serve) -> None:
        self.phase: Phase = "choosing"
        self.failure: Failure | None = None
        self.suspect: Visited | None = None  # a host that was not opened, because it may be another
        self.link: str | None = None  # an address that a link outside proposed
        self.lookout = Lookout(favourites, may_listen=settings.discovery)
        self.home = ""  # the first screen's own address
        self.screen: Screen | None = None
        self._settings = settings
        self._memory = memory
        self._favourites = favourites
        self._serve = serve
        self._hosting: Hosting | None = None
        self._one_at_a_time = asyncio.Lock()

    async def begin(self, link: str | None) -> None:
        """What was chosen last time, unless a link asks for something else; the first time, the first screen."""
        choice = self._memory.now.choice
        if link is not None or choice is None:
            await self.choose(link)
        elif choice == "host":
            await self.host()
        else:
            await self._join_again(self._memory.now.joined)

    async def choose(self, link: str | None = None) -> None:
        """Back to the first screen. Ends hosting: the guests are told."""
        async with self._one_at_a_time:
            await self._stop_hosting()
            self._turn_to("choosing")
            self.link = link
            self._show(self.home)

    async def propose(self, link: str | None) -> None:
        """A later launch. Its link is only ever proposed: any web page can hold one."""
        if link is not None and self.phase != "hosting":
            await self.choose(link)
        if self.screen is not None:
            self.screen.come_forward()

    async def host(self) -> None:
        """Host on this computer and open that. What prevents it is shown, not raised."""
        async with self._one_at_a_time:
            if self._hosting is not None:
                return
            self._turn_to("starting")
            wanted = self._wanted_port()
            try:
                hosting, port = await self._start_hosting(wanted)
            except SettingsError as error:
                self._fail(Failure(f"setup.{error.code}", error.details))
                return
            except Exception:
                log.exception("hosting failed")
                self._fail(Failure("desk.server_stopped", {"path": self._settings.log_file}))
                return
            self.phase = "hosting"
            self._memory.keep(choice="host", port=port if port != self._settings.port else None)
            await self.lookout.stop()
            self._show(f"{url('127.0.0.1', port)}{hosting.entrance}", wanted if wanted not in {port, 0} else None)

    async def join(self, addresses: Sequence[str]) -> None:
        """Open a host, which has these addresses, at the first where it answers.

        One that may be another than it says is shown as such instead. Raises AddressInvalid or HostUnreachable,
        and then nothing has changed.
        """
        async with self._one_at_a_time:
            visited = await _visit_any(addresses)
            if visited.is_suspect(self._favourites):
                self.phase, self.suspect = "suspect", visited
                self._show(self.home)
                return
            await self._open(visited)

    async def why_not(self, address: str) -> list[Finding]:
        """What keeps this computer from a host; takes a few seconds. Raises AddressInvalid."""
        name, port = read_address(address)
        return await examine_way_to(name, port, self._favourites, discovery=self._settings.discovery)

    @property
    def unreachable(self) -> str | None:
        """The address of the host that was to be opened again, and doesn't answer."""
        if self.failure is None or self.failure.key != "errors.host_unreachable":
            return None
        return str(self.failure.values["address"])

    async def trust(self) -> None:
        """The person knows that the suspect is right: it was set up anew, or merely has the name of another."""
        async with self._one_at_a_time:
            if self.suspect is None:
                return
            self.suspect.forget_namesakes(self._favourites)
            await self._open(self.suspect)

    async def retry(self) -> None:
        """What was chosen, once more."""
        if self._memory.now.choice == "join":
            await self._join_again(self._memory.now.joined)
        else:
            await self.host()

    async def lose(self, address: str) -> None:
        """The page could not be loaded."""
        if self.phase == "joined":
            self._fail(Failure("errors.host_unreachable", {"address": origin_of(address) or ""}))

    async def close(self) -> None:
        await self.lookout.stop()
        await self._stop_hosting()

    def known_key(self) -> str:
        """The key that the suspect should have shown."""
        return self.suspect.known_key(self._favourites) if self.suspect else ""

    async def _join_again(self, address: str) -> None:
        self._turn_to("joining")
        try:
            await self.join([address])
        except ChatError as error:
            self._fail(Failure(f"errors.{error.code}", error.details))

    async def _open(self, visited: Visited) -> None:
        try:
            visited.remember(self._favourites)
        except OSError as error:
            log.warning("the host will not be known again: %s", error)
        address = url(visited.name, visited.port)
        self._turn_to("joined")
        self._memory.keep(choice="join", joined=address)
        await self.lookout.stop()
        self._show(f"{address}/")

    def _wanted_port(self) -> int:
        is_explicit = "port" in self._settings.model_fields_set
        return self._settings.port if is_explicit else self._memory.now.port or self._settings.port

    async def _start_hosting(self, wanted: int) -> tuple[Hosting, int]:
        settings = self._settings
        sockets = bind_near(settings.host, wanted)
        hosting = Hosting(self._serve, self._on_crash)
        await hosting.start(settings, sockets)
        self._hosting = hosting
        return hosting, sockets[0].getsockname()[1]

    async def _stop_hosting(self) -> None:
        if self._hosting is not None:
            hosting, self._hosting = self._hosting, None
            await hosting.stop()

    def _on_crash(self, error: BaseException) -> None:
        self._hosting = None
        self._fail(Failure("desk.server_stopped", {"path": self._settings.log_file, "error": repr(error)}))

    def _fail(self, failure: Failure) -> None:
        self.phase, self.failure = "failed", failure
        self._show(self.home)

    def _turn_to(self, phase: Phase) -> None:
        self.phase, self.failure, self.suspect = phase, None, None

    def _show(self, address: str, moved_from: int | None = None) -> None:
        if self.screen is not None:
            self.screen.show(address, moved_from)


async def _visit_any(addresses: Sequence[str]) -> Visited:
    """Raises AddressInvalid or HostUnreachable, which name the first."""
    for address in addresses:
        name, port = read_address(address)
        if (visited := await visit(name, port)) is not None:
            return visited
    raise HostUnreachable(address=addresses[0])
