"""Runs tests that mostly wait side by side: each has a network of its own, and none can tell.

A module says so by `pytestmark = pytest.mark.side_by_side`. Its tests begin together, a few at a time; each is
reported where it stands, and a second try has the machine to itself.
"""

import inspect
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.lan.network import local_network

MARK = "side_by_side"
AT_ONCE = 5


class SideBySide:
    """The tests that have begun and were not reported yet."""

    def __init__(self, items: list[pytest.Item]) -> None:
        self._items = items
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="lan")
        self._begun: set[Path] = set()
        self._outcomes: dict[str, Future[None]] = {}

    def call(self, item: pytest.Function) -> None:
        """Return when the test has ended; raises what it raised."""
        if item.path not in self._begun:
            self._begun.add(item.path)
            self._outcomes |= {one.nodeid: self._pool.submit(run, one) for one in self._of_module(item.path)}
        outcome = self._outcomes.pop(item.nodeid, None)
        run(item) if outcome is None else outcome.result()

    def leave(self) -> None:
        """Begin no further ones, and let those end that have begun."""
        self._pool.shutdown(cancel_futures=True)

    def _of_module(self, path: Path) -> Iterator[pytest.Function]:
        return (item for item in self._items if item.path == path and is_marked(item))


def is_marked(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and item.get_closest_marker(MARK) is not None


def run(item: pytest.Function) -> None:
    """With its parameters, and a network; the other fixtures of these tests only look whether it can run at all."""
    names = inspect.signature(item.obj).parameters
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    with local_network() as lan:
        item.obj(**{name: lan if name == "lan" else parameters.get(name) for name in names})
