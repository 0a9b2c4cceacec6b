"""`lanchat` as a command, and what lies in a folder, for the tests of backups."""

import subprocess
import sys
from pathlib import Path

from tests.server import ENVIRONMENT, ROOT

NAME = "0123456789abcdef0123456789abcdef"


def lanchat(*arguments: object, refuses: bool = False) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "lanchat", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **ENVIRONMENT, "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode != 0) is refuses, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr if refuses else done.stdout


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that no server has open, but for the lock."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
