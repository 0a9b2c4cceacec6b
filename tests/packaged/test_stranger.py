"""What the page of a joined host can do in the window, and what it can't."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaged.notifications import session_bus
from tests.packaged.program import Desktop, Screen, wait_until
from tests.packaged.stranger import Stranger, strangers

Open = Callable[..., Desktop]
WHEN_OFFERED = """
const whenOffered = (work) => (globalThis.lanchatDesktop ? work() : addEventListener('lanchat:desktop', work));
"""


def visit(desktop: Desktop, stranger: Stranger) -> None:
    desktop.wait_for("choosing")
    assert desktop.ask("POST", "join", {"addresses": [stranger.address]}) == {}


def test_the_page_is_offered_two_calls_and_nothing_else(open_desktop: Open) -> None:
    script = """
    whenOffered(() => tell({
      calls: Object.keys(lanchatDesktop),
      frozen: Object.isFrozen(lanchatDesktop),
      pywebview: typeof globalThis.pywebview,
    }))
    """
    stranger = Stranger(WHEN_OFFERED + script)
    with strangers(stranger):
        visit(open_desktop(), stranger)
        assert stranger.hears() == {"calls": ["notify", "badge"], "frozen": True, "pywebview": "undefined"}


def test_the_bridge_that_pywebview_left_answers_nobody(open_desktop: Open) -> None:
    """What it doesn't know it would have answered with a stack of ours, or called."""
    script = """
    const post = (message) => webkit.messageHandlers.jsBridge.postMessage(message)
    let answers = 0
    globalThis.pywebview = { _returnValuesCallbacks: new Proxy({}, { get: () => { answers += 1 } }) }
    for (const name of ['__class__.__base__.__subclasses__', 'notify.__globals__.clear', '_pywebviewAlert', 'notify'])
      post(JSON.stringify({ funcName: name, params: [], id: '1' }))
    post('no JSON')
    post({})
    setTimeout(() => tell(answers), 1000)
    """
    stranger = Stranger(script)
    with strangers(stranger):
        desktop = open_desktop()
        visit(desktop, stranger)
        assert stranger.hears() == 0
        assert desktop.program.end()[0] == 0
        assert desktop.program.output() == ""


def test_no_page_leads_the_window_elsewhere(open_desktop: Open, tmp_path: Path) -> None:
    """Not even to itself on another port, which another user of this computer may listen on."""
    other = Stranger("tell(typeof lanchatDesktop)")
    ways = f"""
    const elsewhere = '{other.address}/'
    const frame = document.createElement('iframe')
    frame.src = elsewhere
    document.body.append(frame)
    const form = document.createElement('form')
    form.action = elsewhere
    document.body.append(form)
    form.submit()
    window.open(elsewhere)
    location.assign(elsewhere)
    setTimeout(() => tell('still here'), 1500)
    """
    stranger = Stranger(ways)
    opened = fake_browser(tmp_path)
    with strangers(stranger, other):
        visit(open_desktop(PATH=path_with(tmp_path)), stranger)
        assert stranger.hears() == "still here"
    assert other.paths == []
    assert not opened.exists(), "no browser opens without a person's click"


@pytest.mark.parametrize("target", ["_self", "_blank"])
def test_a_click_on_a_foreign_link_opens_the_systems_browser(
    open_desktop: Open, screen: Screen, tmp_path: Path, target: str
) -> None:
    other = Stranger()
    link = f"<a href='{other.address}/page' target={target} style='position:fixed;inset:0'>elsewhere</a>"
    stranger = Stranger("addEventListener('load', () => requestAnimationFrame(() => tell('drawn')))", link)
    opened = fake_browser(tmp_path)
    with strangers(stranger, other):
        visit(open_desktop(PATH=path_with(tmp_path)), stranger)
        assert stranger.hears() == "drawn"
        wait_until(lambda: click_until(screen, opened), "the browser")
    assert opened.read_text() == f"{other.address}/page\n"
    assert other.paths == []


def test_a_notification_comes_and_its_click_comes_back(open_desktop: Open) -> None:
    script = """
    addEventListener('lanchat:open', (event) => tell(event.detail))
    whenOffered(() => {
      lanchatDesktop.notify('Ann · Garden', 'hello 你好', '//elsewhere')
      lanchatDesktop.notify('Ann · Garden', 'hello 你好', '/rooms/3')
    })
    """
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    stranger = Stranger(WHEN_OFFERED + script)
    with session_bus() as session, strangers(stranger):
        visit(open_desktop(DBUS_SESSION_BUS_ADDRESS=session.address), stranger)
        assert session.shown() == ("Ann · Garden", "hello 你好")
        wait_until(lambda: session.click() or stranger.has_heard("/rooms/3"), "the click to come back")
        assert session.service.shown.empty(), "the malformed one was not shown"


def test_a_download_asks_where_to(open_desktop: Open, screen: Screen, tmp_path: Path) -> None:
    """Also for a person without a folder for downloads."""
    stranger = Stranger("location.assign('/files/notes.txt')")
    with strangers(stranger):
        visit(open_desktop(), stranger)
        wait_until(lambda: "/files/notes.txt" in stranger.paths, "the download")
        saved = tmp_path / "notes.txt"
        wait_until(lambda: press_until(screen, saved), "the saved file")
    assert saved.read_text() == "what was said"


def fake_browser(folder: Path) -> Path:
    """Where our xdg-open notes what it was asked to open."""
    opened, program = folder / "opened", folder / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" >"{opened}.new" && mv "{opened}.new" "{opened}"\n')
    program.chmod(0o755)
    return opened


def path_with(folder: Path) -> str:
    return f"{folder / 'bin'}:/usr/bin:/bin"


def click_until(screen: Screen, done: Path) -> bool:
    screen.click(640, 450)
    return done.exists()


def press_until(screen: Screen, done: Path) -> bool:
    if not done.exists():
        screen.press("Return")
    return done.exists()
