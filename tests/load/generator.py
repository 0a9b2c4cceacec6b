"""Builds the load generator and runs it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LONGEST_CONNECT = 130  # s; the generator itself gives up a little earlier
FLAGS = ("-O2", "-Wall", "-Wextra", "-Werror")


def compiler() -> str | None:
    """With zlib's header, which the generator needs."""
    found = shutil.which("cc")
    if found is None:
        return None
    probe = [found, "-x", "c", "-fsyntax-only", "-include", "zlib.h", "-include", "sys/epoll.h", "/dev/null"]
    return found if subprocess.run(probe, capture_output=True, check=False).returncode == 0 else None


def build_generator(folder: Path) -> Path:
    return _build(folder / "generator", sorted((HERE / "generator").glob("*.c")), "-lz")


def build_limit(folder: Path) -> Path:
    return _build(folder / "limit", [HERE / "peers" / "limit.c"])


def _build(program: Path, sources: list[Path], *libraries: str) -> Path:
    command = [compiler() or "cc", *FLAGS, "-o", str(program), *map(str, sources), *libraries]
    subprocess.run(command, check=True, timeout=60)
    return program


def generate(program: Path, *prefix: str, seconds: float = 0, **options: object) -> dict[str, Any]:
    """One run against a server; an option `at_once=4` is `--at-once 4`, and one that is True stands alone.

    Raises subprocess.CalledProcessError if no client could connect.
    """
    command = [*prefix, str(program), "--seconds", str(seconds)]
    for name, value in options.items():
        if value is not False:
            command += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, timeout=3 * seconds + LONGEST_CONNECT)
    return json.loads(done.stdout)
