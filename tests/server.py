"""A real LanChat in a process of its own, on a loopback port that the system chose."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.patience import patience

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # s, on a busy machine; a start takes one
READY = re.compile(r"http://[^\s/]+:(\d+)")
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "default"}


class LanChat:
    """Start, stop, kill and start again over one data folder; it keeps its port from the first start on."""

    def __init__(
        self,
        data_dir: Path,
        *flags: str,
        host: str = "127.0.0.1",
        prefix: Sequence[str] = (),
        env: Mapping[str, str] = {},
    ) -> None:
        self.data_dir = data_dir
        self.host = host
        self.port = 0
        self.flags = flags
        self.prefix = prefix
        self.env = env
        self.output: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._ready = threading.Event()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def database(self) -> Path:
        return self.data_dir / "lanchat.db"

    @property
    def log(self) -> str:
        path = self.data_dir / "logs" / "app.log"
        return path.read_text("utf-8") if path.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> "LanChat":
        self._ready.clear()
        command = [*self.prefix, sys.executable, "-m", "lanchat", "serve", "--host", self.host]
        command += ["--port", str(self.port), "--data-dir", str(self.data_dir), "--no-discovery", *self.flags]
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=kept | ENVIRONMENT | dict(self.env),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._reader = threading.Thread(target=self._read, name="lanchat output", daemon=True)
        self._reader.start()
        if not self._ready.wait(patience(PATIENCE)) or self._process.poll() is not None:
            self.kill()
            raise AssertionError(f"LanChat did not start:\n{self.report()}")
        return self

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """By the signal that a service manager would send, unless told otherwise; returns the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._wait()

    def end_well(self) -> None:
        """Stop; it must never have failed inside."""
        assert self.stop() == 0, self.report()
        assert "Traceback" not in "".join(self.output) + self.log, self.report()
        assert "larger than it may be" not in self.log, self.report()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """kill -9: no goodbye."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._wait()

    def report(self) -> str:
        return "".join(self.output[-80:]) + self.log[-8000:]

    def _wait(self) -> int:
        assert self._process is not None
        assert self._reader is not None
        code = self._process.wait(patience(PATIENCE))
        self._reader.join(patience(PATIENCE))
        return code

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                self.output.append(line)
                if match := READY.search(line):
                    self.port = int(match[1])
                    self._ready.set()
        self._ready.set()  # the end of the output, ready or not
