"""Keeps the computer from falling asleep by itself while it hosts: its guests would be cut off."""

import ctypes
import logging
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)

ES_CONTINUOUS, ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001


@asynccontextmanager
async def kept_awake(why: str) -> AsyncGenerator[None]:
    """Where the system has no such service, hosting goes on without."""
    try:
        end = await _begin(why)
    except Exception as error:  # noqa: BLE001, each system's service has errors of its own
        log.info("this system can't be kept awake: %r", error)
        yield
        return
    try:
        yield
    finally:
        end()


async def _begin(why: str) -> Callable[[], object]:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetThreadExecutionState(ES_CONTINUOUS | ES_SYSTEM_REQUIRED)
        return lambda: ctypes.windll.kernel32.SetThreadExecutionState(ES_CONTINUOUS)
    if sys.platform == "darwin":
        watcher = subprocess.Popen(["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())])  # noqa: ASYNC220, S603, it returns at once
        return watcher.terminate
    from lanchat.system.logind import stay_awake

    return await stay_awake(why)
