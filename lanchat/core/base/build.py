"""Owns what this copy of LanChat says of itself: version, commit and date, and the licences of what it is made of."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import lanchat

_PACKAGE = Path(lanchat.__file__).resolve().parent
STATIC = _PACKAGE / "static"
BUILD_FILE = _PACKAGE / "build.json"  # written by the packaging, never committed
LICENCES = _PACKAGE / "THIRD-PARTY-LICENSES"
ICON = _PACKAGE / "icon.png"  # written by the packaging as well


class Build(NamedTuple):
    """`commit` and `date` (ISO 8601) are empty where LanChat runs from its sources."""

    version: str
    commit: str = ""
    date: str = ""

    def __str__(self) -> str:
        details = ", ".join(part for part in (self.commit[:10], self.date) if part)
        return f"{self.version} ({details})" if details else self.version


@cache
def this_build() -> Build:
    try:
        stamp = json.loads(BUILD_FILE.read_text("utf-8"))
    except FileNotFoundError:
        return Build(lanchat.__version__)
    return Build(lanchat.__version__, stamp["commit"], stamp["date"])


@cache
def licences() -> str:
    """The licences of the Python and web packages that a packaged LanChat carries; empty from the sources."""
    return LICENCES.read_text("utf-8") if LICENCES.exists() else ""
