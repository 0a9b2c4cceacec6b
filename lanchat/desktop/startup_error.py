"""Says why LanChat can't begin to whoever started it by a click: nobody reads what such a program prints."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

from lanchat.config import SettingsError
from lanchat.core.base.i18n import translate
from lanchat.desktop.window.toolkit import Toolkit

TITLE = "LanChat"
MB_ICONERROR = 0x10


@contextmanager
def complaining(toolkit: Toolkit | None, language: str) -> Generator[None]:
    """An error goes on as it came; where no terminal shows it, a message box does before."""
    try:
        yield
    except SettingsError as error:
        _tell(toolkit, translate(f"setup.{error.code}", language, error.details))
        raise
    except Exception as error:
        _tell(toolkit, translate("desk.unexpected", language, {"error": repr(error)}))
        raise


def _tell(toolkit: Toolkit | None, text: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison], Windows has none
        return
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, TITLE, MB_ICONERROR)
    elif sys.platform == "darwin":
        script = "on run argv\ndisplay alert (item 1 of argv) message (item 2 of argv) as critical\nend run"
        subprocess.run(["/usr/bin/osascript", "-e", script, TITLE, text], check=False)  # noqa: S603, words, no options
    elif toolkit == "gtk":
        from lanchat.desktop.window import gtk_box

        gtk_box.show_error(TITLE, text)
