"""Hears from the system that the computer goes to sleep, a moment before it does, and that it woke."""

import asyncio
import ctypes
import logging
import sys
from collections.abc import Awaitable, Callable
from typing import Any

LONGEST = 2.0  # s that a sleep is kept waiting; the systems wait between two and thirty
WHY = "Guests are told before LanChat's host sleeps"

# Of Windows' power notifications:
DEVICE_NOTIFY_CALLBACK = 2
PBT_APMSUSPEND, PBT_APMRESUMEAUTOMATIC = 0x4, 0x12

Step = Callable[[], Awaitable[None]]

log = logging.getLogger(__name__)


async def follow_sleep(before: Step, after: Step) -> None:
    """Until cancelled: `before` each sleep, in a hurry, and `after`. Ends where the system tells nothing."""

    async def hurried() -> None:
        log.info("the computer goes to sleep")
        try:
            async with asyncio.timeout(LONGEST):
                await before()
        except TimeoutError:
            log.info("the computer sleeps before everybody was told")

    async def woken() -> None:
        log.info("the computer woke")
        await after()

    try:
        if sys.platform == "win32":
            await _follow_windows(hurried, woken)
        elif sys.platform == "darwin":
            await _follow_macos(hurried, woken)
        else:
            from lanchat.system.logind import follow_sleep as follow

            await follow(WHY, hurried, woken)
    except Exception as error:  # noqa: BLE001, each system's service has errors of its own
        log.info("this system doesn't tell when it sleeps: %r", error)


def _stepper(before: Step, after: Step) -> Callable[[bool], None]:
    """Takes the steps on this loop, from a thread of the system's; the first is waited for."""
    loop = asyncio.get_running_loop()

    async def take(*, falls_asleep: bool) -> None:
        await (before() if falls_asleep else after())

    def step(falls_asleep: bool) -> None:
        taking = asyncio.run_coroutine_threadsafe(take(falls_asleep=falls_asleep), loop)
        if falls_asleep:
            taking.result(LONGEST + 1)

    return step


def _told(step: Callable[[bool], None], falls_asleep: bool) -> Callable[[object], None]:
    return lambda _: step(falls_asleep)


if sys.platform == "win32":

    async def _follow_windows(before: Step, after: Step) -> None:
        """Not tried yet. The callback comes on a thread of the system's pool, and sleep waits for its end."""
        step = _stepper(before, after)
        kind = ctypes.WINFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)

        class Subscription(ctypes.Structure):
            _fields_ = (("callback", kind), ("context", ctypes.c_void_p))

        def take(_context: object, event: int, _setting: object) -> int:
            if event in {PBT_APMSUSPEND, PBT_APMRESUMEAUTOMATIC}:
                step(event == PBT_APMSUSPEND)
            return 0

        subscription, handle = Subscription(kind(take), None), ctypes.c_void_p()
        register = ctypes.windll.powrprof.PowerRegisterSuspendResumeNotification
        if error := register(DEVICE_NOTIFY_CALLBACK, ctypes.byref(subscription), ctypes.byref(handle)):
            raise OSError(error, "PowerRegisterSuspendResumeNotification")
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ctypes.windll.powrprof.PowerUnregisterSuspendResumeNotification(handle)


async def _follow_macos(before: Step, after: Step) -> None:
    """Not tried yet. Only the main thread of a program with a window is told, and sleep waits for it."""
    import AppKit  # pyright: ignore[reportMissingImports]

    step = _stepper(before, after)
    center: Any = AppKit.NSWorkspace.sharedWorkspace().notificationCenter()
    names = {AppKit.NSWorkspaceWillSleepNotification: True, AppKit.NSWorkspaceDidWakeNotification: False}
    observers = [
        center.addObserverForName_object_queue_usingBlock_(name, None, None, _told(step, falls_asleep))
        for name, falls_asleep in names.items()
    ]
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        for observer in observers:
            center.removeObserver_(observer)
