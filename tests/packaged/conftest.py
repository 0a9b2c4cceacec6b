"""Builds the packages once, and gives each test a screen and a data folder."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.packaged.program import DIST, Desktop, Screen, build

TOOLS = ("Xvfb", "xdotool", "fakeroot", "dpkg-deb", "gcc", "pkg-config")
BUILD_TIME = 900  # s; a cold build compiles PyGObject
Open = Callable[..., Desktop]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "packaged" in item.path.parts:
            item.add_marker(pytest.mark.timeout(BUILD_TIME))


@pytest.fixture(scope="session", autouse=True)
def packages() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("these packages are Linux's; release.yml tries those of the other systems")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    libraries = ["gobject-introspection-1.0", "cairo-gobject"]
    if not missing and subprocess.run(["pkg-config", "--exists", *libraries], check=False).returncode:
        missing = ["libgirepository1.0-dev", "libcairo2-dev"]
    if missing:
        pytest.skip(f"missing on this system: {', '.join(missing)}")
    build()


@pytest.fixture(scope="session")
def one_file(packages: None) -> Path:
    return DIST / "lanchat"


@pytest.fixture(scope="session")
def folder(packages: None) -> Path:
    """The program of the installers; it starts faster than the one file."""
    return DIST / "lanchat-folder" / "lanchat"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture
def open_desktop(folder: Path, screen: Screen, tmp_path: Path, port: int) -> Iterator[Open]:
    opened: list[Desktop] = []

    def open_(binary: Path = folder, home: Path = tmp_path, on_port: int = port, **environment: str) -> Desktop:
        opened.append(Desktop(binary, home, screen, on_port, **environment))
        return opened[-1]

    yield open_
    for desktop in opened:
        desktop.close()
