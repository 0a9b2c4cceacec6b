"""The packaged program in a window: begin, come back, fail and end, on a screen of its own."""

import os
import signal
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaged.program import (
    ACCENT,
    DANGER_TINT,
    LIST,
    PAPER,
    RAISED,
    Desktop,
    Program,
    Screen,
    body_of,
    running,
    wait_until,
)

Open = Callable[..., Desktop]
LONGEST_END = 3.0  # s
BROWSER_TIME = 5.0  # s until the browser opens where there is no web view; thrice that on a busy machine


def test_the_first_screen_asks_and_hosting_follows(
    open_desktop: Open, one_file: Path, screen: Screen, port: int
) -> None:
    desktop = open_desktop(one_file)
    desktop.wait_for("choosing")
    wait_until(lambda: screen.shows(ACCENT), "the first screen's button")
    assert body_of(port) is None, "nothing is served before somebody chose to host"

    screen.click(640, 385)
    desktop.wait_for("hosting")
    assert '<div id="root">' in (body_of(port) or "")
    first_screen = screen.picture()
    wait_until(lambda: not screen.looks_like(first_screen) or screen.shows(ACCENT), "the chat's login")

    code, took = desktop.program.end()
    assert code == 0
    assert took < LONGEST_END
    assert desktop.program.output() == ""
    assert body_of(port) is None


def test_a_room_is_saved_from_the_window(open_desktop: Open, screen: Screen, tmp_path: Path) -> None:
    """Nothing of a browser is around it: the window asks where to, and says how far it has come."""
    desktop = open_desktop()
    desktop.wait_for("choosing")
    desktop.ask("POST", "host")
    desktop.wait_for("hosting")
    wait_until(lambda: screen.shows(ACCENT), "the chat's login")
    screen.do("type", "anna")
    screen.do("key", "Return")
    wait_until(lambda: screen.at(200, 600) == LIST and screen.at(1100, 250) == PAPER, "the chat")

    # Away from the button at once, whose name would show.
    screen.do("mousemove", "1164", "122", "click", "1", "mousemove", "500", "600")
    wait_until(lambda: screen.at(1100, 160) == RAISED, "the room's menu")
    screen.changes_by("type", "exp")
    screen.do("key", "Return")
    wait_until(lambda: screen.at(200, 600) != LIST and screen.shows(ACCENT, 2000), "the button that saves")
    screen.click(*screen.rightmost(ACCENT))
    wait_until(lambda: screen.at(640, 55) != (0, 0, 0), "the question where to")
    screen.do("key", "Return")
    archive = wait_until(lambda: next(tmp_path.glob("*.zip"), None), "the archive")
    wait_until(lambda: zipfile.is_zipfile(archive), "all of it")
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        assert "anna" in opened.read("index.html").decode()
    code, _ = desktop.program.end()
    assert code == 0
    assert "Traceback" not in desktop.program.output()


def test_what_was_chosen_is_done_at_the_next_launch(open_desktop: Open, port: int) -> None:
    desktop = open_desktop()
    desktop.wait_for("choosing")
    desktop.ask("POST", "host")

    desktop.relaunch()
    desktop.wait_for("hosting")
    assert body_of(port) is not None


def test_closing_the_window_ends_all(open_desktop: Open, screen: Screen, port: int) -> None:
    desktop = open_desktop()
    desktop.wait_for("choosing")
    desktop.ask("POST", "host")
    wait_until(screen.windows, "the window")
    screen.press("ctrl+q")
    assert desktop.program.wait() == 0
    assert desktop.program.output() == ""
    assert body_of(port) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_at_any_moment_ends_cleanly(open_desktop: Open, number: int) -> None:
    desktop = open_desktop()
    wait_until((desktop.data / "window.lock").exists, "the launch to begin")
    code, took = desktop.program.end(number)
    assert code == 0, desktop.program.output()
    assert took < LONGEST_END
    assert "Traceback" not in desktop.program.output()


def test_a_second_launch_brings_the_first_window_to_the_front(
    open_desktop: Open, screen: Screen, tmp_path: Path, port: int
) -> None:
    below = open_desktop()
    below.wait_for("choosing")
    below.ask("POST", "host")
    wait_until(lambda: screen.shows(ACCENT), "the first window")
    [window] = screen.windows()
    # Another data folder is another LanChat, whose window covers the first.
    above = open_desktop(home=tmp_path / "other", on_port=port + 1)
    above.wait_for("choosing")
    wait_until(lambda: len(screen.windows()) == 2, "the second window")
    wait_until(lambda: top_window(screen) != window, "the second window above the first")

    with running(below.launch()) as second:
        assert second.wait() == 0
        assert "in front now" in second.output()
    wait_until(lambda: top_window(screen) == window, "the first window above the second")
    assert len(screen.windows()) == 2


def test_a_link_is_proposed_and_not_followed(open_desktop: Open) -> None:
    desktop = open_desktop()
    desktop.wait_for("choosing")
    with running(desktop.launch("open", "lanchat://192.0.2.7:8000/")) as second:
        assert second.wait() == 0
    state = desktop.ask("GET", "state")
    assert (state["phase"], state["link"]) == ("choosing", "lanchat://192.0.2.7:8000/")


def test_another_program_on_the_port_is_left_alone(open_desktop: Open, folder: Path, tmp_path: Path, port: int) -> None:
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-discovery", "--data-dir", str(tmp_path / "first"))
    with running(Program(folder, "serve", *options, HOME=str(tmp_path))):
        wait_until(lambda: body_of(port), "the other program")
        desktop = open_desktop()
        desktop.wait_for("choosing")
        desktop.ask("POST", "host")
        desktop.wait_for("hosting")
        assert body_of(port + 1) is not None
        assert body_of(port) is not None


def test_what_prevents_the_window_is_said_in_a_box(folder: Path, screen: Screen, tmp_path: Path) -> None:
    """Whoever started it by a click reads no terminal."""
    environment = {"HOME": str(tmp_path), "DISPLAY": screen.name, "NO_AT_BRIDGE": "1", "PORT": "80000"}
    with running(Program(folder, "--data-dir", str(tmp_path / "data"), **environment)) as program:
        [box] = wait_until(screen.windows, "the box")

        def is_closed() -> bool:
            screen.do("windowfocus", box, "key", "Escape")
            return not program.is_running()

        wait_until(is_closed, "the box to be closed")
        assert program.wait() == 1
        assert "the setting “port” can't be used" in program.output()


def test_a_damaged_database_is_explained_in_the_window(open_desktop: Open, screen: Screen) -> None:
    desktop = open_desktop()
    desktop.wait_for("choosing")
    (desktop.data / "lanchat.db").write_bytes(b"no database at all" * 100)
    desktop.ask("POST", "host")
    desktop.wait_for("failed")
    assert "damaged" in desktop.ask("GET", "state")["failure"]
    wait_until(lambda: screen.shows(DANGER_TINT), "the explanation")


@pytest.mark.skipif(os.geteuid() != 0, reason="hiding the system's GTK takes root")
def test_without_a_web_view_the_browser_opens(folder: Path, screen: Screen, tmp_path: Path, port: int) -> None:
    """As on a system without WebKitGTK: its descriptions are hidden from this one process."""
    opened = tmp_path / "opened"
    browser = tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" >"{opened}.new" && mv "{opened}.new" "{opened}"\n')
    browser.chmod(0o755)
    typelibs = subprocess.run(
        ["pkg-config", "--variable=typelibdir", "gobject-introspection-1.0"], capture_output=True, text=True, check=True
    ).stdout.strip()
    options = f"--host 127.0.0.1 --port {port} --no-discovery --data-dir {tmp_path / 'data'}"
    hidden = f'mount -t tmpfs none {typelibs} && exec "{folder}" {options}'
    environment = {"HOME": str(tmp_path), "DISPLAY": screen.name, "PATH": f"{browser.parent}:/usr/sbin:/usr/bin:/bin"}
    with running(Program(Path("/usr/bin/unshare"), "--mount", "sh", "-c", hidden, **environment)) as program:
        wait_until(opened.exists, "the browser", 3 * BROWSER_TIME)
        page = tmp_path / "data" / "open.html"
        assert opened.read_text() == f"{page.as_uri()}\n"  # with the code in it, which no command line has
        assert f"http://127.0.0.1:{port}/#claim=" in page.read_text()
        assert '<div id="root">' in (body_of(port) or "")
        assert program.end()[0] == 0


def top_window(screen: Screen) -> str:
    """The last in the X server's order lies above the others."""
    visible = set(screen.windows())
    tree = subprocess.run(
        ["xwininfo", "-root", "-children", "-int", "-display", screen.name], capture_output=True, text=True, check=True
    ).stdout
    # xwininfo names them from the top down.
    order = [line.split()[0] for line in tree.splitlines() if line.split() and line.split()[0] in visible]
    return order[0]
