"""Finds out which web view this computer has, without the risk that looking for one ends the process."""

import importlib
import importlib.util
import os
import subprocess
import sys
from typing import Literal

Toolkit = Literal["gtk", "qt", "edgechromium", "cocoa"]
PROBE_TIME = 10.0  # s
# Qt without its X libraries aborts natively, so a process of its own tries it.
QT_PROBE = "from qtpy.QtWidgets import QApplication; import qtpy.QtWebEngineWidgets; QApplication([])"


def has_display() -> bool:
    """Whether somebody can see a window. Over SSH or as a service there is nobody."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def find_toolkit() -> Toolkit | None:
    """None where no web view can be used; takes half a second where there is one, which the window needs anyway."""
    if sys.platform == "win32":
        return "edgechromium" if _has_webview2() else None
    if sys.platform == "darwin":
        return "cocoa" if importlib.util.find_spec("objc") else None
    if _has_gtk():
        return "gtk"
    return "qt" if _has_qt() else None


def restore_library_path() -> None:
    """Programs that we start get the system's libraries, and not those that the one-file build brought along."""
    if not getattr(sys, "frozen", False):
        return
    original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is not None:
        os.environ["LD_LIBRARY_PATH"] = original
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


def _has_gtk() -> bool:
    try:
        gi = importlib.import_module("gi")
        gi.require_version("Gtk", "3.0")
        gi.require_version("WebKit2", "4.1")
        gtk = importlib.import_module("gi.repository.Gtk")
        importlib.import_module("gi.repository.WebKit2")
    except (ImportError, ValueError):
        return False
    return bool(gtk.init_check()[0])


def _has_qt() -> bool:
    if getattr(sys, "frozen", False) or importlib.util.find_spec("qtpy") is None:
        return False
    try:
        return not subprocess.run(  # noqa: S603, our own interpreter and words
            [sys.executable, "-c", QT_PROBE], timeout=PROBE_TIME, capture_output=True, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return False


def _has_webview2() -> bool:
    """Without it pywebview would take the web view of Internet Explorer, which can't show our pages."""
    try:
        return importlib.import_module("webview.platforms.winforms").renderer == "edgechromium"
    except ImportError:
        return False
