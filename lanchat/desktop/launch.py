"""Puts window, first screen and server together for one run with a window."""

import asyncio
import concurrent.futures
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import click

from lanchat.config import Settings, SettingsError
from lanchat.core.base.fair_turns import Brief
from lanchat.core.base.i18n import translate
from lanchat.desktop.background import STOP_TIME, Background, Serve
from lanchat.desktop.controller import Desk
from lanchat.desktop.saved_state import Memory
from lanchat.desktop.single_instance import Bell, claim, hang_bell, ring
from lanchat.desktop.start_page import Loopback
from lanchat.desktop.window.bridge import Bridge, Notify, Request
from lanchat.desktop.window.navigation_guard import Guard
from lanchat.desktop.window.toolkit import Toolkit
from lanchat.discovery.favourites import FAVOURITES, Favourites
from lanchat.system.notifications import Notices

OPENING = Brief("window_page", "tells the window which page to open")

log = logging.getLogger(__name__)


def launch(settings: Settings, toolkit: Toolkit, language: str, serve: Serve, link: str | None) -> None:
    """Open the window and stay until it is closed; or bring the one that is there to the front, and return.

    `settings` are prepared. Raises SettingsError where there is a window that doesn't answer.
    """
    with claim(settings.data_dir) as is_ours:
        if is_ours:
            Run(settings, toolkit, language, serve).run(link)
        elif ring(settings.data_dir, link):
            click.echo(translate("desk.came_forward", language))
        else:
            raise SettingsError("already_running", path=settings.data_dir)


class Run:
    def __init__(self, settings: Settings, toolkit: Toolkit, language: str, serve: Serve) -> None:
        from lanchat.desktop.window.window import Window

        self._settings = settings
        self._background = Background()
        self._guard = Guard()
        self._memory = Memory(settings.data_dir)
        self._desk = Desk(settings, self._memory, Favourites(settings.data_dir / FAVOURITES), serve)
        self._loopback = Loopback(self._desk, language)
        self._window = Window(toolkit, self._memory, language, Bridge(self._guard, self._on_request), self._guard)
        self._notices = Notices(self._on_click)

    def run(self, link: str | None) -> None:
        desk, window = self._desk, self._window
        desk.screen, desk.home = window, self._loopback.page
        window.on_choose = lambda: self._start(desk.choose())
        window.on_unreachable = lambda address: self._start(desk.lose(address))
        self._background.start()
        serving = self._background.run(self._serve(link))
        serving.add_done_callback(self._when_served)
        try:
            window.run(str(self._settings.data_dir / "window"))
        finally:
            with suppress(TimeoutError):
                self._background.run(self._end()).result(STOP_TIME)
                serving.result(STOP_TIME)
            self._background.stop()

    async def _serve(self, link: str | None) -> None:
        self._stop = asyncio.Event()
        began: list[asyncio.Task[None]] = []

        def when_ready() -> None:
            hang_bell(self._settings.data_dir, Bell(port=self._loopback.port, token=self._loopback.token))
            began.append(asyncio.create_task(self._desk.begin(link), name="desk-begin"))

        await self._loopback.serve(self._stop, when_ready)

    def _when_served(self, serving: "concurrent.futures.Future[None]") -> None:
        """Without the first screen's server the window is of no use; `run` raises what ended it."""
        if not serving.cancelled() and serving.exception() is not None:
            self._window.close()

    async def _end(self) -> None:
        await self._desk.close()
        self._stop.set()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._background.run(work)

    def _on_request(self, request: Request) -> None:
        if isinstance(request, Notify):
            self._start(self._notices.notify(request.title, request.body, request.path))
        else:
            self._start(self._notices.badge(request.count))

    def _on_click(self, path: str) -> None:
        self._start(OPENING.run(self._window.open_path, path))
