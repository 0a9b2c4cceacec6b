"""Owns the thread on which everything but the window runs, and the hosting server on it."""

import asyncio
import concurrent.futures
import contextvars
import logging
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from lanchat.config import Settings
from lanchat.system.keep_awake import kept_awake

STOP_TIME = 2.5  # s; with the window's own end this stays below three

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Serve(Protocol):
    """Serves on these sockets until `stop`; `when_ready` gets the path that this computer should open.

    Raises SettingsError where the data can't be used.
    """

    def __call__(
        self,
        settings: Settings,
        sockets: list[socket.socket],
        stop: asyncio.Event,
        when_ready: Callable[[str], None],
    ) -> Coroutine[Any, Any, None]: ...


class Background:
    """One loop on one thread, from `start` until `stop`."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="lanchat-background", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> "concurrent.futures.Future[Result]":
        """Begin `work` on the loop; for every other thread. That it failed is logged, whoever waits for it."""
        running = asyncio.run_coroutine_threadsafe(work, self._loop)
        running.add_done_callback(_report)
        return running

    def stop(self) -> None:
        """End what still runs. A thread that hangs is left to the end of the process."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_TIME)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop):
            asyncio.set_event_loop(self._loop)
            self._loop.run_forever()


def _report(done: "concurrent.futures.Future[Any]") -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        log.error("failed in the background: %r", error, exc_info=error)


class Hosting:
    """One run of the server. `on_crash` hears of an end that nobody asked for."""

    def __init__(self, serve: Serve, on_crash: Callable[[BaseException], None]) -> None:
        self._run_server = serve
        self._on_crash = on_crash
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.entrance = "/"  # the path to open

    async def start(self, settings: Settings, sockets: list[socket.socket]) -> None:
        """Return when requests are taken. Raises what kept the server from it."""
        ready = asyncio.Event()

        def when_ready(entrance: str) -> None:
            self.entrance = entrance
            ready.set()

        # In a context of its own: the request that asked for it ends, and hosting goes on.
        self._task = asyncio.create_task(
            self._serve(settings, sockets, when_ready), name="hosting", context=contextvars.Context()
        )
        waiting = asyncio.create_task(ready.wait(), name="hosting-ready")
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            await self._task
        self._task.add_done_callback(self._when_done)

    async def stop(self) -> None:
        self._stop.set()
        if self._task is not None:
            with suppress(Exception):  # whoever started it, or `on_crash`, has heard of it
                await self._task

    async def _serve(self, settings: Settings, sockets: list[socket.socket], when_ready: Callable[[str], None]) -> None:
        async with kept_awake("LanChat is hosting"):
            await self._run_server(settings, sockets, self._stop, when_ready)

    def _when_done(self, task: asyncio.Task[None]) -> None:
        if self._stop.is_set() or task.cancelled():
            return
        error = task.exception() or RuntimeError("the server ended by itself")
        log.error("the server stopped: %r", error, exc_info=error)
        self._on_crash(error)
