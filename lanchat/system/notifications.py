"""Owns what the system shows for us outside the window: notifications, and the number of unread messages."""

import html
import logging
import sys
from collections.abc import Callable
from typing import Any

from lanchat.core.base.build import ICON

LAUNCHER_PATH = "/org/lanchat/LanChat"
LAUNCHER_ENTRY = "application://lanchat.desktop"

log = logging.getLogger(__name__)


class Notices:
    """All methods run on the background loop. Where the system has no such service they do nothing."""

    def __init__(self, on_click: Callable[[str], None]) -> None:
        """`on_click` gets the path that came with the notification."""
        self._on_click = on_click
        self._notifier: Any = None
        self._is_silent = False
        self._bus: Any = None
        self._has_markup: bool | None = None  # unknown, until it is asked for

    async def notify(self, title: str, body: str, path: str) -> None:
        if self._is_silent:
            return
        try:
            if await self._reads_markup():
                body = html.escape(body, quote=False)
            await self._open().send(title, body, on_clicked=lambda: self._on_click(path))
        except Exception as error:  # noqa: BLE001, each system's service has errors of its own
            self._is_silent = True
            log.warning("this system shows no notifications: %r", error)

    async def badge(self, count: int) -> None:
        """The number on the icon in the dock, where it has one. The window's title shows it everywhere."""
        try:
            if sys.platform == "darwin":
                _badge_the_dock(count)
            elif sys.platform.startswith("linux"):
                await self._badge_the_launcher(count)
        except Exception as error:  # noqa: BLE001, as above
            log.debug("this system shows no badge: %r", error)

    def _open(self) -> Any:
        if self._notifier is None:
            from desktop_notifier import DesktopNotifier, Icon

            icon = Icon(path=ICON) if ICON.exists() else Icon(name="lanchat")
            self._notifier = DesktopNotifier(app_name="LanChat", app_icon=icon)
        return self._notifier

    async def _reads_markup(self) -> bool:
        """Whether the system takes the text for HTML, as the specification of desktop notifications lets it.

        What somebody writes would then be shown as a link or a picture.
        """
        if not sys.platform.startswith("linux"):
            return False
        if self._has_markup is None:
            from dbus_fast import Message

            name = "org.freedesktop.Notifications"
            question = Message(
                destination=name, path=f"/{name.replace('.', '/')}", interface=name, member="GetCapabilities"
            )
            answer = await (await self._session_bus()).call(question)
            self._has_markup = bool(answer and answer.body and "body-markup" in answer.body[0])
        return self._has_markup

    async def _session_bus(self) -> Any:
        from dbus_fast.aio import MessageBus

        if self._bus is None:
            self._bus = await MessageBus().connect()
        return self._bus

    async def _badge_the_launcher(self, count: int) -> None:
        """The signal that the docks of Ubuntu, KDE and others listen to; nobody answers it."""
        from dbus_fast import Message, MessageType, Variant

        shown = {"count": Variant("x", count), "count-visible": Variant("b", count > 0)}
        await (await self._session_bus()).send(
            Message(
                message_type=MessageType.SIGNAL,
                path=LAUNCHER_PATH,
                interface="com.canonical.Unity.LauncherEntry",
                member="Update",
                signature="sa{sv}",
                body=[LAUNCHER_ENTRY, shown],
            )
        )


def _badge_the_dock(count: int) -> None:
    import AppKit  # pyright: ignore[reportMissingImports]
    from PyObjCTools import AppHelper  # pyright: ignore[reportMissingImports]

    tile = AppKit.NSApplication.sharedApplication().dockTile()
    AppHelper.callAfter(tile.setBadgeLabel_, str(count) if count else None)
