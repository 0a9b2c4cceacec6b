"""Programs of LanChat at work in a namespace, told on standard input and telling on standard output."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tests.lan.network import Computer, wait_for
from tests.patience import patience

_numbers = itertools.count()


class Peer:
    """One of the programs in peer.py."""

    def __init__(self, computer: Computer, *arguments: str) -> None:
        self._log = computer.folder / f"peer-{next(_numbers)}.jsonl"
        output = self._log.open("w")
        self._program = computer.start(
            sys.executable, "-m", "tests.lan.peer", *arguments, stdin=subprocess.PIPE, stdout=output
        )
        output.close()

    @property
    def said(self) -> list[dict[str, Any]]:
        lines = self._log.read_text().split("\n")
        return [json.loads(line) for line in lines[:-1]]  # the last one may be half written

    def wait(self, is_it: Callable[[dict[str, Any]], bool], seconds: float, message: str = "") -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            assert self._program.poll() in {None, 0}, f"the peer died: {self.said}"
            return next((line for line in self.said if is_it(line)), None)

        return wait_for(look, seconds, message)

    def tell(self, **message: Any) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(message) + "\n")
        self._program.stdin.flush()

    def end(self, seconds: float = 10) -> int:
        """A clean end, as by closing the program."""
        assert self._program.stdin is not None
        self._program.stdin.close()
        return self._program.wait(patience(seconds))

    def signal(self, number: signal.Signals) -> None:
        os.killpg(self._program.pid, number)


def advertiser(computer: Computer, identity: str = "id-a", name: str = "Anna") -> Peer:
    return Peer(computer, "advertise", name, identity)


def looker(computer: Computer) -> Peer:
    """Somebody with the list of hosts open."""
    peer = Peer(computer, "look", str(computer.folder / "favourites.json"))
    peer.wait(lambda said: "started" in said, 10)
    return peer


def searcher(computer: Computer, seconds: float) -> Peer:
    return Peer(computer, "search", str(computer.folder / "favourites.json"), str(seconds))


def host(computer: Computer, **manner: Any) -> Peer:
    """The stand-in of host.py, up, and announced where it can be."""
    peer = Peer(computer, "host", str(computer.folder), json.dumps(manner))
    peer.wait(lambda said: "started" in said, 15)
    return peer


def doctor(computer: Computer, place: str = "") -> Peer:
    """On the host's computer, or with a `place` to go to on a guest's."""
    return Peer(computer, "doctor", str(computer.folder), *([place] if place else []))
