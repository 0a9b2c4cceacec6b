"""The packaged program, started as a person's system starts it, and the screen that it draws on."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageGrab

from tests.patience import patience
from tests.server import ROOT

PATIENCE = 60.0  # s, on a busy machine
DIST = ROOT / "dist"
ACCENT = (28, 106, 87)  # of buttons in the light theme
PAPER = (253, 251, 246)
RAISED = (255, 254, 251)
LIST = (246, 241, 231)  # the ground of the list of rooms
DANGER = (165, 48, 29)
DANGER_TINT = (250, 234, 228)  # behind what went wrong
SIZE = (1280, 900)


def wait_until(is_so: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """What `is_so` says once it is true; looks at what has no event to wait for: another program's screen or port."""
    started = time.monotonic()
    while not (answer := is_so()):
        assert time.monotonic() < started + patience(seconds), f"still waiting after {seconds:g} s: {what}"
        time.sleep(0.05)
    return answer


class Screen:
    """An X server of its own."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as numbers:
            self.name = f":{numbers.readline().strip()}"

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.name)

    def shows(self, colour: tuple[int, int, int], pixels: int = 500) -> bool:
        counts = {found: count for count, found in self.picture().getcolors(1 << 24) or []}
        return counts.get(colour, 0) >= pixels

    def looks_like(self, picture: Image.Image) -> bool:
        """But for a blinking caret and the like."""
        difference = ImageChops.difference(self.picture(), picture).convert("L").point(lambda value: value > 8 and 255)
        return difference.histogram()[255] < 2000

    def at(self, x: int, y: int) -> object:
        """The colour there."""
        return self.picture().getpixel((x, y))

    def rightmost(self, colour: tuple[int, int, int]) -> tuple[int, int]:
        """A place within what shows this colour farthest to the right."""
        picture = self.picture()
        right = max(at for at in range(SIZE[0] * SIZE[1]) if picture.getpixel((at // SIZE[1], at % SIZE[1])) == colour)
        x, y = divmod(right, SIZE[1])
        return x - 4, y

    def changes_by(self, *words: str) -> None:
        """Does this, and waits until it shows."""
        before = self.picture()
        self.do(*words)
        wait_until(lambda: not self.looks_like(before), f"what {' '.join(words)} does")

    def windows(self) -> list[str]:
        return self.do("search", "--onlyvisible", "--name", "LanChat").split()

    def do(self, *words: str) -> str:
        """By xdotool, the hands of somebody at this screen."""
        environment = {**os.environ, "DISPLAY": self.name}
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout

    def click(self, x: int, y: int) -> None:
        self.do("mousemove", str(x), str(y), "click", "1")

    def press(self, keys: str) -> None:
        """Without a window manager, keys go to the window under the pointer."""
        self.do("mousemove", str(SIZE[0] // 2), str(SIZE[1] // 3), "key", keys)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(PATIENCE)


class Program:
    """One launch. It sees the environment that is given here, and nothing of ours."""

    def __init__(self, binary: Path, *arguments: str, **environment: str) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115, closed by kill()
        self._process = subprocess.Popen(
            [binary, *arguments],
            env={"LC_ALL": "C.UTF-8", "LANCHAT_LANGUAGE": "en", **environment},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def end(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Exit code, and how long the end took in seconds."""
        asked = time.monotonic()
        self._process.send_signal(number)
        code = self._process.wait(PATIENCE)
        return code, time.monotonic() - asked

    def wait(self) -> int:
        return self._process.wait(PATIENCE)

    def output(self) -> str:
        """All that it has said."""
        self._said.seek(0)
        return self._said.read()

    def kill(self) -> None:
        if self.is_running():
            # One-file: the first process unpacks and waits for the one that runs.
            subprocess.run(["pkill", "-KILL", "-P", str(self.pid)], check=False)
            self._process.kill()
            self._process.wait(PATIENCE)
        self._said.close()


class Desktop:
    """LanChat with its window on a screen, and what a second launch may ask it."""

    def __init__(self, binary: Path, folder: Path, screen: Screen, port: int, **environment: str) -> None:
        self.data = folder / "data"
        self.binary, self.screen, self.port = binary, screen, port
        self.environment = {"HOME": str(folder), "DISPLAY": screen.name, "NO_AT_BRIDGE": "1", **environment}
        self.program = self.launch()

    def launch(self, *words: str) -> Program:
        """Without mDNS: a test speaks to nobody else on this network."""
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--no-discovery", "--data-dir", str(self.data)]
        return Program(self.binary, *words, *options, **self.environment)

    def relaunch(self) -> None:
        """Once more, after the end of the launch before."""
        self.program.end()
        self.program.kill()
        self.program = self.launch()

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """As the first screen and later launches do; None while nobody answers."""
        try:
            bell = json.loads((self.data / "window.json").read_bytes())
        except FileNotFoundError:
            return None
        headers = {"Authorization": f"Bearer {bell['token']}", "Accept-Language": "en"}
        said = fetch(bell["port"], method, f"/desk/{path}", json.dumps(body), headers)
        return said and json.loads(said)

    def phase(self) -> str | None:
        state = self.ask("GET", "state")
        return state and state["phase"]

    def wait_for(self, phase: str) -> None:
        wait_until(lambda: self.phase() == phase, f"the window to be {phase}, not {self.phase()}\n{self.log()}")

    def log(self) -> str:
        path = self.data / "logs" / "app.log"
        return path.read_text("utf-8") if path.exists() else ""

    def close(self) -> None:
        self.program.kill()


def body_of(port: int, path: str = "/") -> str | None:
    return fetch(port, "GET", path)


def fetch(
    port: int, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
) -> str | None:
    """The body of the answer; None where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, dict(headers or {}))
        with connection.getresponse() as response:
            return response.read().decode()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def build() -> None:
    """Build the packages where their sources have changed."""
    made = subprocess.run(
        [sys.executable, ROOT / "packaging" / "package.py", "--if-changed"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout[-4000:] + made.stderr[-4000:]


@contextmanager
def running(program: Program) -> Iterator[Program]:
    try:
        yield program
    finally:
        program.kill()
