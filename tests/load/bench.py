"""Measures LanChat beside its peers in one run, and prints what came of it; README.md says how to read it.

QUICK=1 takes less than two minutes instead of six, ROUNDS=5 about ten; PEERS="node lanchat" measures only those.
"""

import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from tests.load.generator import build_generator, compiler, generate
from tests.load.report import Results, report
from tests.load.servers import Servers, Unavailable, time_on_processor

WAIT = 0.5  # s
MOST_WAITS = 240  # two minutes
STILL = 0.03  # of a core: what a server at rest may take, on a clock that counts hundredths of a second
SERVER_CORE, GENERATOR_CORE = "0", "1"
EVERY_ROUND = ("batched-limit", "node", "lanchat")
ALL = ("limit", "naive", *EVERY_ROUND)  # once is enough where an order of magnitude is all that matters

# Memory comes first: it is only comparable on a fresh process. Browsers offer compression, so every test does.
TESTS: dict[str, dict[str, Any]] = {
    "idle": {"mode": "idle", "clients": 1000, "no_join": True},
    "connect": {"mode": "connect", "clients": 400, "no_join": True},
    "full": {"mode": "saturate", "clients": 100, "window": 64},
    "full500": {"mode": "saturate", "clients": 500, "window": 64},
    "window8": {"mode": "saturate", "clients": 100, "window": 8},
    "rate50": {"mode": "rate", "clients": 100, "rate": 50},
    "rate300": {"mode": "rate", "clients": 100, "rate": 300},
}


def main() -> None:
    if compiler() is None:
        sys.exit("The benchmark needs a C compiler and zlib's header (Debian: gcc, zlib1g-dev).")
    is_quick = bool(os.environ.get("QUICK"))
    rounds = int(os.environ.get("ROUNDS") or (1 if is_quick else 3))
    seconds = 1.5 if is_quick else 2.0
    results = Results()
    click.echo(machine())
    with tempfile.TemporaryDirectory(prefix="lanchat-bench-") as folder:
        generator = build_generator(Path(folder))
        servers = Servers(Path(folder), pinned(SERVER_CORE))
        for number in range(rounds):
            sys.stderr.write(f"round {number + 1} of {rounds}\n")
            for name in chosen(number):
                try:
                    measure(servers, generator, name, seconds, results)
                except Unavailable as error:
                    results.missing[name] = str(error)
    click.echo(report(results))
    click.echo(f"load average at the end: {os.getloadavg()[0]:.1f}")


def measure(servers: Servers, generator: Path, name: str, seconds: float, results: Results) -> None:
    with servers.start(name) as target:
        rest(target.pid)
        where = {"port": target.port, "pid": target.pid, "tokens": target.tokens, "room": target.room}
        for test, options in TESTS.items():
            sys.stderr.write(f"{name}: {test}\n")
            found = generate(
                generator, *pinned(GENERATOR_CORE), seconds=seconds, acks=True, deflate=True, **where, **options
            )
            found["afterwards_us"] = 1e6 * rest(target.pid) / max(1, found.get("sent", 0))
            results.add(name, test, found)


def rest(pid: int) -> float:
    """Wait until a server has done what a test left it to do; returns the seconds that it took of the processor.

    Else a test is charged for the one before: 40,000 messages leave LanChat words to index for seconds.
    """
    began = before = time_on_processor(pid)
    for _ in range(MOST_WAITS):
        time.sleep(WAIT)
        now = time_on_processor(pid)
        if now - before <= STILL * WAIT:
            return now - began
        before = now
    sys.exit(f"process {pid} does not come to rest")


def chosen(round_number: int) -> list[str]:
    wanted = os.environ.get("PEERS", "").split()
    if wanted:
        return [name for name in ALL if name in wanted]
    return list(ALL if round_number == 0 and not os.environ.get("QUICK") else EVERY_ROUND)


def pinned(core: str) -> tuple[str, ...]:
    """Apart from each other, where there are two cores and a way to choose."""
    available = os.sched_getaffinity(0)
    return ("taskset", "-c", core) if shutil.which("taskset") and {0, 1} <= available else ()


def machine() -> str:
    names = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    processor = next((line.partition(": ")[2] for line in names if line.startswith("model name")), platform.machine())
    return (
        f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} "
        f"{platform.release()}; load average at the start: {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
