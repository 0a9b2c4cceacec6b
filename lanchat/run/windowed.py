"""Owns a run with a window, and what takes its place: the system's browser, or nothing where nobody looks."""

import asyncio
import html
import logging
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from lanchat.config import Settings, SettingsError
from lanchat.core.base.private_file import write_private
from lanchat.desktop.startup_error import complaining
from lanchat.desktop.window.navigation_guard import open_outside, open_page_of_ours
from lanchat.desktop.window.toolkit import Toolkit, find_toolkit, has_display, restore_library_path
from lanchat.run.startup import Session, begun, serve
from lanchat.system.signals import end_quietly_from_now_on

ENTRANCE = "open.html"  # in the data folder
REDIRECT = (
    '<!doctype html><meta charset="utf-8"><title>LanChat</title>'
    '<meta http-equiv="refresh" content="0; url={url}"><a href="{url}">LanChat</a>'
)

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
            headless.run(flags, language, open_in_browser)


def open_in_browser(address: str, claim_code: str | None, folder: Path) -> None:
    """Everybody who uses this computer can read command lines, so the code is in none of them.

    It stays in the terminal; without one the browser gets it from a page in the data folder that leads to ours.
    """
    page = folder / ENTRANCE
    page.unlink(missing_ok=True)
    if claim_code is None or sys.stdout.isatty():
        open_outside(f"{address}/")
        return
    write_private(page, REDIRECT.format(url=html.escape(f"{address}/#claim={claim_code}")).encode())
    open_page_of_ours(page)


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
