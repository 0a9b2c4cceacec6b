"""The window joins real hosts: one that it knows, one that only has its name, and one that went."""

import signal
from collections.abc import Callable
from pathlib import Path

from tests.packaged.program import DANGER, DANGER_TINT, Desktop, Program, Screen, body_of, running, wait_until

Open = Callable[..., Desktop]


def host(folder: Path, data: Path, port: int) -> Program:
    """Called Workshop, whichever data it has; one on loopback proves its key there."""
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-discovery", "--data-dir", str(data)]
    https = str(port + 2)
    program = Program(folder, "serve", *options, HOME=str(data), LANCHAT_NAME="Workshop", LANCHAT_HTTPS_PORT=https)
    wait_until(lambda: body_of(port), "the host")
    return program


def join(desktop: Desktop, port: int) -> None:
    assert desktop.ask("POST", "join", {"addresses": [f"127.0.0.1:{port}"]}) == {}


def test_a_host_that_only_has_the_name_of_a_known_one_is_not_opened(
    open_desktop: Open, folder: Path, screen: Screen, tmp_path: Path, port: int
) -> None:
    desktop = open_desktop(on_port=port + 1)
    desktop.wait_for("choosing")
    with running(host(folder, tmp_path / "known", port)) as known:
        join(desktop, port)
        desktop.wait_for("joined")
        known.end()
    with running(host(folder, tmp_path / "other", port)):
        desktop.relaunch()
        desktop.wait_for("suspect")
        suspect = desktop.ask("GET", "state")["suspect"]
        assert suspect["name"] == "Workshop"
        assert len({suspect["known_key"], suspect["shown_key"], ""}) == 3, "two keys, and both were proven"
        wait_until(lambda: screen.shows(DANGER, 100), "the explanation")

        desktop.ask("POST", "trust")
        desktop.wait_for("joined")
    with running(host(folder, tmp_path / "known", port)):
        desktop.ask("POST", "choose")
        join(desktop, port)
        desktop.wait_for("joined")  # two computers of one name, both known


def test_a_host_that_is_gone_is_said_and_tried_again(
    open_desktop: Open, folder: Path, screen: Screen, tmp_path: Path, port: int
) -> None:
    desktop = open_desktop(on_port=port + 1)
    desktop.wait_for("choosing")
    with running(host(folder, tmp_path / "host", port)) as killed:
        join(desktop, port)
        desktop.wait_for("joined")
        killed.end(signal.SIGKILL)

    desktop.relaunch()
    desktop.wait_for("failed")
    assert f"127.0.0.1:{port}" in desktop.ask("GET", "state")["failure"]
    wait_until(lambda: screen.shows(DANGER_TINT), "the explanation")
    with running(host(folder, tmp_path / "host", port)):
        desktop.ask("POST", "retry")
        desktop.wait_for("joined")
