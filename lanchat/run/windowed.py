"""Owns a run with a window, and what takes its place: the system's browser, or nothing where nobody looks."""

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping

from lanchat.config import Settings, SettingsError
from lanchat.desktop.startup_error import complaining
from lanchat.desktop.window.navigation_guard import open_outside
from lanchat.desktop.window.toolkit import Toolkit, find_toolkit, has_display, restore_library_path
from lanchat.run.startup import Session, begun, serve
from lanchat.system.signals import end_quietly_from_now_on

log = logging.getLogger(__name__)


def run(flags: Mapping[str, object], language: str, link: str | None = None) -> None:
    """Stay until the window is closed or a signal comes. Raises SettingsError where LanChat can't begin."""
    from lanchat.run import headless

    if not has_display():
        headless.run(flags, language)
        return
    restore_library_path()
    end_quietly_from_now_on()
    toolkit = find_toolkit()
    with complaining(toolkit, language):
        if toolkit is None or not _open_window(flags, toolkit, language, link):
            headless.run(flags, language, open_outside)


def _open_window(flags: Mapping[str, object], toolkit: Toolkit, language: str, link: str | None) -> bool:
    """False where this system can't show one, whatever it promised."""
    from webview.errors import WebViewException

    from lanchat.desktop.launch import launch

    with begun(flags, is_host=False) as session:
        try:
            launch(session.settings, toolkit, language, serve_alone, link)
        except WebViewException:
            log.exception("the window could not be opened, so the browser takes its place")
            return False
        except SettingsError:
            raise
        except Exception:
            log.exception("the window ended by an error")
            raise
    return True


async def serve_alone(
    settings: Settings, sockets: list[socket.socket], stop: asyncio.Event, when_ready: Callable[[str], None]
) -> None:
    """Serve until `stop`; `when_ready` gets the path to open. Raises SettingsError where the data can't be used."""
    from lanchat.admin.service import entrance
    from lanchat.core.storage.data_folder_lock import alone_in

    with alone_in(settings.data_dir):
        await serve(Session(settings, sockets), stop, lambda app: when_ready(entrance(app.chat)))
