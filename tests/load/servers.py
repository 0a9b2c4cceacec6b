"""What is measured: LanChat as users start it, the peers, and the physical limit; each on loopback, on one core."""

import asyncio
import hashlib
import hmac
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.crowd import crowd
from tests.load.generator import HERE, build_limit
from tests.patience import patience
from tests.server import LanChat

PEERS = HERE / "peers"
SECRET = "bench"
ACCOUNTS = 100
PATIENCE = 30.0  # s for a start
NPM_PATIENCE = 600  # s; better-sqlite3 may have to be compiled


class Unavailable(Exception):
    """This peer can't be had here; says why."""


@dataclass(frozen=True)
class Target:
    """A running server; `room` is one that all tokens may speak in."""

    port: int
    pid: int
    tokens: Path
    room: int = 1


class Servers:
    """Starts one at a time. `folder` keeps programs, databases and tokens for one benchmark."""

    def __init__(self, folder: Path, prefix: tuple[str, ...]) -> None:
        self._folder = folder
        self._prefix = prefix
        self._lanchat: LanChat | None = None
        self._room = 0
        self._runs = 0

    @contextmanager
    def start(self, name: str) -> Iterator[Target]:
        """`lanchat`, `node`, `naive`, `limit` or `batched-limit`. Raises Unavailable."""
        if name == "lanchat":
            with self._start_lanchat() as target:
                yield target
            return
        self._runs += 1
        port, database = free_port(), self._folder / f"{name}-{self._runs}.db"
        known = {"BENCH_DB": str(database), "BENCH_SECRET": SECRET, "BENCH_ACCOUNTS": str(ACCOUNTS)}
        command, more = self._command(name, port, database)
        with running([*self._prefix, *command], {**os.environ, **known, **more}, port) as pid:
            yield Target(port, pid, self._peer_tokens())

    @contextmanager
    def _start_lanchat(self) -> Iterator[Target]:
        """The same installation each time: its people register once."""
        tokens = self._folder / "lanchat-tokens"
        if self._lanchat is None:
            self._lanchat = LanChat(self._folder / "lanchat", "--limits", "off", prefix=self._prefix).start()
            people = asyncio.run(crowd(self._lanchat.url, ACCOUNTS))
            self._room = people.room_id
            people.write_tokens(tokens)
            self._lanchat.stop()
        running = self._lanchat.start()
        try:
            yield Target(running.port, running.pid, tokens, self._room)
        finally:
            running.stop()

    def _command(self, name: str, port: int, database: Path) -> tuple[list[str], dict[str, str]]:
        """With what its environment needs besides."""
        if name == "node":
            modules = node_modules()
            return ["node", str(PEERS / "node_peer.cjs"), str(port), str(database), str(ACCOUNTS)], {
                "NODE_PATH": str(modules)
            }
        if name == "naive":
            return [sys.executable, str(PEERS / "naive_peer.py"), str(port)], {}
        return [str(build_limit(self._folder)), str(port), *(["batch"] if name == "batched-limit" else [])], {}

    def _peer_tokens(self) -> Path:
        path = self._folder / "peer-tokens"
        signed = (
            f"{number}.{hmac.new(SECRET.encode(), str(number).encode(), hashlib.sha256).hexdigest()}"
            for number in range(1, ACCOUNTS + 1)
        )
        path.write_text("\n".join(signed) + "\n", "ascii")
        return path


def node_modules() -> Path:
    """The Node peer's packages, installed from npm's registry once. Raises Unavailable."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise Unavailable("Node.js is not installed")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lanchat-bench"
    wanted = (PEERS / "package.json").read_bytes()
    stamp = cache / "installed.json"
    if not stamp.exists() or stamp.read_bytes() != wanted:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "package.json").write_bytes(wanted)
        sys.stderr.write("installing socket.io and better-sqlite3 for the Node peer, once …\n")
        install = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
        try:
            subprocess.run(install, cwd=cache, check=True, timeout=NPM_PATIENCE, stdout=sys.stderr)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise Unavailable(f"npm could not install it: {error}") from error
        stamp.write_bytes(wanted)
    return cache / "node_modules"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=PEERS, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + patience(PATIENCE)
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Unavailable(f"it did not start (exit code {process.poll()})")


def time_on_processor(pid: int) -> float:
    """Seconds that all threads of this process have had so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
