"""Owns a run with a window, and what takes its place: the system's browser, or nothing where nobody looks."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Mapping

from lanchat.config import Settings, load, prepare
from lanchat.desktop.guard import open_outside
from lanchat.desktop.signals import end_quietly_from_now_on
from lanchat.desktop.toolkit import find_toolkit, has_display, restore_library_path

log = logging.getLogger(__name__)


def run(flags: Mapping[str, object], language: str, link: str | None = None) -> None:
    """Stay until the window is closed or a signal comes. Raises SettingsError where LanChat can't begin."""
    from lanchat import headless

    if not has_display():
        headless.run(flags, language)
        return
    restore_library_path()
    end_quietly_from_now_on()
    toolkit = find_toolkit()
    if toolkit is None:
        headless.run(flags, language, open_outside)
        return
    from webview.errors import WebViewException

    from lanchat.core.log import logging_to
    from lanchat.desktop.launch import launch

    os.umask(0o077)
    settings = prepare(load(**flags))
    headless.allow_many_sockets()
    with logging_to(settings):
        try:
            launch(settings, toolkit, language, host, link)
        except WebViewException:
            log.exception("the window could not be opened, so the browser takes its place")
        else:
            return
    headless.run(flags, language, open_outside)


async def host(
    settings: Settings, sockets: list[socket.socket], stop: asyncio.Event, when_ready: Callable[[], None]
) -> None:
    """Serve until `stop`. Raises SettingsError where the data can't be used."""
    from lanchat.app import create_app
    from lanchat.core.alone import alone_in, explained
    from lanchat.network import host as serve

    with alone_in(settings.data_dir), explained(settings):
        await serve(create_app(settings), sockets, stop, when_ready)
