"""Which pages the window shows, and what a page of the chosen host may have opened outside of it."""

import sys
from pathlib import Path

import pytest

from lanchat.desktop.window.navigation_guard import Guard, open_outside
from tests.lan.network import wait_for

HOST = "http://192.168.1.5:8000"


@pytest.mark.parametrize(
    ("url", "is_shown"),
    [
        (f"{HOST}/rooms/7", True),
        ("about:blank", True),
        ("http://192.168.1.5:8001/", False),
        ("https://192.168.1.5:8000/", False),
        ("http://192.168.1.5:8000.evil.example/", False),
        ("http://192.168.1.5:8000@evil.example/", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("javascript:alert(1)", False),
        ("blob:http://evil.example/1", False),
        ("", False),
    ],
)
def test_only_the_chosen_host_is_shown(url: str, is_shown: bool) -> None:
    guard = Guard()
    assert not guard.is_chosen(url)  # before anything was chosen
    guard.admit(HOST)
    assert guard.allows(url) is is_shown


@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")  # a browser outlives us
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no xdg-open")
def test_only_web_pages_and_mail_are_opened_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tmp_path / "opened"
    opened.touch()
    browser = tmp_path / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for url in ("file:///etc/passwd", "smb://host/share", "javascript:alert(1)", "--help", "/bin/sh", ""):
        open_outside(url)
    open_outside("https://example.org/")
    open_outside("mailto:ann@example.org")
    wait_for(lambda: len(opened.read_text().split()) >= 2, 20)
    assert sorted(opened.read_text().split()) == ["https://example.org/", "mailto:ann@example.org"]
