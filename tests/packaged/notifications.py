"""A session bus with a notification service on it, as a desktop has; it remembers, and clicks when told to."""

# Annotations are D-Bus types here, and names are the specification's.
# ruff: noqa: F722, F821, N802, PLR0917

import asyncio
import queue
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.bus import private_bus
from tests.packaged.program import PATIENCE


class Notifications(ServiceInterface):
    def __init__(self, capabilities: Sequence[str] = ("actions", "body")) -> None:
        super().__init__("org.freedesktop.Notifications")
        self._capabilities = list(capabilities)
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
        return self._capabilities

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
    service = Notifications()
    with private_bus("org.freedesktop.Notifications", "/org/freedesktop/Notifications", service) as bus:
        yield Desk(bus.address, service, bus.loop)
