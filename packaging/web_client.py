"""Builds the web client into lanchat/static when its sources have changed; run by make, by the wheel and by hand."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
OUTPUT = ROOT / "lanchat" / "static"
STAMP = OUTPUT / ".sources"  # the digest of what the build was made from
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", "screenshots"}


def main() -> None:
    # A source distribution carries the built client instead of its sources.
    if not (WEB / "package.json").exists():
        return
    with alone():
        digest = digest_of_sources()
        if STAMP.exists() and STAMP.read_text() == digest:
            return
        if not has_locked_packages():
            npm("ci", "--no-audit", "--no-fund")
        npm("run", "build")
        STAMP.write_text(digest)


@contextmanager
def alone() -> Generator[None]:
    """One build of a checkout at a time; the system lets go of the lock however its holder ends."""
    with Path(__file__).open("rb") as lock:
        if not try_to_take(lock):
            print("Waiting until another build of this web client is done.", file=sys.stderr, flush=True)
            while not try_to_take(lock):
                time.sleep(0.2)
        yield


def try_to_take(lock: BinaryIO) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            lock.seek(1 << 30)  # a locked byte can't be read there, so it is one beyond the end
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sources() -> Iterator[Path]:
    for top in (WEB, ROOT / "assets"):
        for folder, inner, names in os.walk(top):
            inner[:] = sorted(set(inner) - NOT_SOURCES)  # never even looked into
            yield from (Path(folder, name) for name in sorted(names) if ".test." not in name)


def digest_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def has_locked_packages() -> bool:
    """Whether node_modules holds exactly what package-lock.json names (npm keeps its own list of what it installed)."""
    installed_list = WEB / "node_modules" / ".package-lock.json"
    if not installed_list.exists():
        return False
    installed = json.loads(installed_list.read_text(encoding="utf-8"))["packages"]
    locked = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return all(
        installed.get(path, {}).get("version") == package.get("version")
        for path, package in locked.items()
        if path and not package.get("optional")
    )


def npm(*arguments: str) -> None:
    executable = shutil.which("npm")
    if executable is None:
        sys.exit("LanChat's web client is built with Node.js 20 or newer, and there is no npm here: https://nodejs.org")
    finished = subprocess.run([executable, *arguments], cwd=WEB, stdin=subprocess.DEVNULL, check=False)
    if finished.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed; what it said is above")


if __name__ == "__main__":
    main()
