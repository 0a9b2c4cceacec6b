"""Owns tasks that nobody waits for: the loop itself would let them be collected while they run, or fail in silence."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any

TRACE_EVERY = 10.0  # s; of failures that somebody can repeat at will, the log gets a line each and a trace now and then

log = logging.getLogger(__name__)


class Tasks:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._next_trace = 0.0  # monotonic s

    def run(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._end)
        return task

    async def finish(self, patience: float) -> None:
        """Wait up to `patience` seconds, and cancel what is left."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=patience)
            for task in late:
                task.cancel()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.report(task.get_name(), error)

    def report(self, name: str, error: BaseException) -> None:
        """Say that something failed, without letting its cause fill the log."""
        now = time.monotonic()
        has_trace = now >= self._next_trace
        if has_trace:
            self._next_trace = now + TRACE_EVERY
        log.error("%s failed: %r", name, error, exc_info=error if has_trace else None)
