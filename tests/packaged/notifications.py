"""A session bus with a notification service on it, as a desktop has; it remembers, and clicks when told to."""

# Annotations are D-Bus types here, and names are the specification's.
# ruff: noqa: F722, F821, N802, PLR0917

import asyncio
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.packaged.program import PATIENCE


class Notifications(ServiceInterface):
    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.shown: queue.Queue[tuple[str, str]] = queue.Queue()

    @dbus_method()
    def Notify(
        self,
        app: "s",
        replaces: "u",
        icon: "s",
        title: "s",
        body: "s",
        actions: "as",
        hints: "a{sv}",
        timeout: "i",
    ) -> "u":
        self.shown.put((title, body))
        return 7

    @dbus_method()
    def GetCapabilities(self) -> "as":
        return ["actions", "body"]

    @dbus_method()
    def GetServerInformation(self) -> "ssss":
        return ["tests", "tests", "1", "1.2"]

    @dbus_signal()
    def ActionInvoked(self) -> "us":
        return [7, "default"]

    @dbus_signal()
    def NotificationClosed(self) -> "uu":
        return [7, 2]


class Desk:
    """`address` is the bus's; `click()` is a person's click on the notification."""

    def __init__(self, address: str, service: Notifications, loop: asyncio.AbstractEventLoop) -> None:
        self.address, self.service, self._loop = address, service, loop

    def click(self) -> None:
        """Too early for the program, it goes unheard: it may come before the answer to the notification."""
        self._loop.call_soon_threadsafe(self.service.ActionInvoked)

    def shown(self) -> tuple[str, str]:
        return self.service.shown.get(timeout=PATIENCE)


@contextmanager
def session_bus() -> Iterator[Desk]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    service = Notifications()
    connection: Any = None

    async def begin() -> None:
        nonlocal connection
        connection = await MessageBus(bus_address=address).connect()
        connection.export("/org/freedesktop/Notifications", service)
        await connection.request_name("org.freedesktop.Notifications")

    async def end() -> None:
        connection.disconnect()
        await connection.wait_for_disconnect()

    try:
        asyncio.run_coroutine_threadsafe(begin(), loop).result(PATIENCE)
        yield Desk(address, service, loop)
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()
        bus.terminate()
        bus.wait(PATIENCE)
        bus.stdout.close()
