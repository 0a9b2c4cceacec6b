"""What the window, or the browser in its place, is told by the server that it hosts."""

import asyncio
import re
import stat
import sys
from pathlib import Path

import pytest

from lanchat.config import load
from lanchat.core.server.serve import bind
from lanchat.core.storage.data_folder import prepare
from lanchat.run import windowed
from tests.lan.network import wait_for


async def test_a_host_without_an_administrator_opens_with_the_code_to_become_it(tmp_path: Path) -> None:
    settings = prepare(load(data_dir=tmp_path, host="127.0.0.1", https_port=0, discovery=False))
    stop, opened = asyncio.Event(), list[str]()

    def when_ready(path: str) -> None:
        opened.append(path)
        stop.set()

    async with asyncio.timeout(20):
        await windowed.serve_alone(settings, bind("127.0.0.1", 0), stop, when_ready)
    [path] = opened
    assert re.fullmatch(r"/#claim=[2-9A-Z]{4}-[2-9A-Z]{4}", path)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a browser of ours notes its command line."""
    noted, browser = tmp_path / "opened", tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$@" >"{noted}.new" && mv "{noted}.new" "{noted}"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{browser.parent}:/usr/bin:/bin")
    return noted


@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")  # a browser outlives us
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no xdg-open")
@pytest.mark.parametrize("has_terminal", [True, False])
def test_the_code_is_in_no_command_line(
    tmp_path: Path, opened: Path, monkeypatch: pytest.MonkeyPatch, has_terminal: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: has_terminal)
    windowed.open_in_browser("http://127.0.0.1:7", "ABCD-2345", tmp_path)
    wait_for(opened.exists, 20)
    [line] = opened.read_text().splitlines()
    assert "ABCD" not in line
    page = tmp_path / windowed.ENTRANCE
    if has_terminal:
        assert line == "http://127.0.0.1:7/"
        assert not page.exists()
    else:
        assert line == page.as_uri()
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert 'content="0; url=http://127.0.0.1:7/#claim=ABCD-2345"' in page.read_text()
        opened.unlink()
        windowed.open_in_browser("http://127.0.0.1:7", None, tmp_path)  # the next start, with an administrator
        wait_for(opened.exists, 20)
        assert not page.exists()
