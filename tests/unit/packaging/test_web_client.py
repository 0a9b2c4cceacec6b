"""Building the web client, with an npm that notes what it is asked for and takes as long as it is told to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server import ROOT

PATIENCE = 30.0  # s
NPM = """#!/bin/sh
echo "$*" >> "$0.calls"
cat "$0.gate$(wc -l < "$0.calls" | tr -d ' ')" > /dev/null
mkdir -p ../lanchat/static
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")


class Checkout:
    """As little of a tree as a build looks at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("packaging", "web/src", "assets", "bin"):
            (folder / name).mkdir(parents=True)
        shutil.copy(ROOT / "packaging" / "web_client.py", folder / "packaging")
        (folder / "web/package.json").write_text("{}")
        (folder / "web/package-lock.json").write_text('{"packages": {}}')
        self.npm = folder / "bin/npm"
        self.npm.write_text(NPM)
        self.npm.chmod(0o755)
        gates = [Path(f"{self.npm}.gate{call}") for call in range(1, 5)]
        for gate in gates:
            os.mkfifo(gate)
        self._gates = iter(gates)

    @property
    def calls(self) -> list[str]:
        return Path(f"{self.npm}.calls").read_text().splitlines()

    def build(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, self.folder / "packaging/web_client.py"],
            env={"PATH": f"{self.npm.parent}:/usr/bin:/bin"},
            stderr=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def npm_at_work(self) -> Generator[None]:
        """Begins when npm has been called once more, and lets it finish."""
        with next(self._gates).open("w"):
            yield


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.mark.timeout(PATIENCE)
def test_a_second_build_waits_for_the_first_and_finds_its_work_done(checkout: Checkout) -> None:
    with checkout.build() as first:
        with checkout.npm_at_work():
            second = checkout.build()
            assert second.stderr is not None
            assert second.stderr.readline().startswith("Waiting")
        with checkout.npm_at_work():
            pass
        with second:
            assert (first.wait(), second.wait()) == (0, 0)
    assert checkout.calls == ["ci --no-audit --no-fund", "run build"]


@pytest.mark.timeout(PATIENCE)
def test_a_build_that_was_killed_is_in_nobodys_way(checkout: Checkout) -> None:
    with checkout.build() as first, checkout.npm_at_work():
        first.kill()
    with checkout.build() as second:
        for _ in range(2):
            with checkout.npm_at_work():
                pass
        assert second.wait() == 0
    assert checkout.calls == [*["ci --no-audit --no-fund"] * 2, "run build"]
