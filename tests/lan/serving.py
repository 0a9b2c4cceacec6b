"""`lanchat serve` on a computer of a test's network."""

import signal
import subprocess
import sys
from collections.abc import Sequence

from tests.lan.network import Computer, wait_for
from tests.patience import patience

LANCHAT = (sys.executable, "-m", "lanchat")


class Serving:
    """`lanchat serve` with everything that is on by default."""

    def __init__(
        self, computer: Computer, name: str = "Anna's class", folder: str = "data", flags: Sequence[str] = ()
    ) -> None:
        """Returns when it takes requests."""
        self.computer = computer
        self.data_dir = computer.folder / folder
        self._output = computer.folder / f"{folder}.output"
        environment = ("env", f"LANCHAT_NAME={name}", "LC_ALL=C.UTF-8", "PYTHONUNBUFFERED=1")
        command = (*environment, *LANCHAT, "serve", "--data-dir", str(self.data_dir), *flags)
        with self._output.open("w") as output:
            self.program = computer.start(*command, stdout=output, stderr=subprocess.STDOUT)
        wait_for(lambda: "Ctrl+C" in self.output, 30, "did not start")

    @property
    def output(self) -> str:
        return self._output.read_text("utf-8")

    def stop(self) -> int:
        self.program.send_signal(signal.SIGTERM)
        return self.program.wait(patience(15))
