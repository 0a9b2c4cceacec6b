"""Fixtures of the reliability tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.people import PASSWORD
from tests.server import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one account, whose server has been stopped."""
    folder = tmp_path_factory.mktemp("made") / "data"
    subprocess.run(
        [sys.executable, "-m", "lanchat", "admin", "create", "anna", "--data-dir", str(folder)],
        cwd=ROOT,
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return folder
