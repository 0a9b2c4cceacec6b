"""How long the reliability tests run: shortened in every test run, in full by `make soak`."""

import os
from typing import TypeVar

T = TypeVar("T")

IS_SOAK = bool(os.environ.get("SOAK"))


def effort(short: T, soak: T) -> T:
    return soak if IS_SOAK else short
