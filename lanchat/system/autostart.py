"""Owns opening LanChat at login, which is off until the person turns it on."""

import os
import plistlib
import sys
from pathlib import Path

from platformdirs import user_config_path

from lanchat.core.base.private_file import write_private

NAME = "LanChat"
BUNDLE = "org.lanchat.LanChat"
WINDOWS_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"


def opens_at_login() -> bool:
    if sys.platform == "win32":
        return _windows_command() is not None
    return _entry().exists()


def set_opens_at_login(is_on: bool) -> None:
    """Raises OSError where the system doesn't let us."""
    if sys.platform == "win32":
        _set_windows_command(f'"{_program()}"' if is_on else None)
    elif is_on:
        _entry().parent.mkdir(parents=True, exist_ok=True)
        write_private(_entry(), _entry_content())
    else:
        _entry().unlink(missing_ok=True)


def _program() -> str:
    """What was started: the packaged program, or the command that pip made."""
    return sys.executable if getattr(sys, "frozen", False) else str(Path(sys.argv[0]).resolve())


def _entry() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{BUNDLE}.plist"
    return user_config_path() / "autostart" / "lanchat.desktop"


def _entry_content() -> bytes:
    program = os.environ.get("APPIMAGE") or _program()
    if sys.platform == "darwin":
        return plistlib.dumps({"Label": BUNDLE, "ProgramArguments": [program], "RunAtLoad": True})
    # As the Desktop Entry Specification wants it in Exec lines.
    quoted = program.replace("%", "%%").translate(str.maketrans({char: f"\\{char}" for char in '\\"$`'}))
    return f'[Desktop Entry]\nType=Application\nName={NAME}\nExec="{quoted}"\nIcon=lanchat\n'.encode()


if sys.platform == "win32":
    import winreg

    def _windows_command() -> str | None:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, WINDOWS_RUN) as key:
            try:
                return str(winreg.QueryValueEx(key, NAME)[0])
            except FileNotFoundError:
                return None

    def _set_windows_command(command: str | None) -> None:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, WINDOWS_RUN, access=winreg.KEY_SET_VALUE) as key:
            if command is not None:
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, command)
                return
            try:
                winreg.DeleteValue(key, NAME)
            except FileNotFoundError:
                return
