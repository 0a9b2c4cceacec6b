"""People who chat while the network under them changes: the official JavaScript client and the Python one."""

import json
import logging
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lan.network import Computer, Network, local_network, wait_for
from tests.lan.peers import Peer
from tests.lan.serving import Serving
from tests.patience import patience
from tests.reliability.outbox import SCRIPT, Writer

HOST, SECOND = "192.168.77.1", "192.168.77.9"
URL = f"http://{HOST}:8000"
REST = "200"  # ms; with twenty on their way, a hundred messages a second
BACK = 5.0  # s, from the moment when the network is whole again
log = logging.getLogger(__name__)


class Guest:
    """Somebody on a computer of their own, with an account."""

    def __init__(self, computer: Computer, name: str) -> None:
        self.computer, self.name, self.token = computer, name, ""
        form = {"username": name, "password": "correct horse", "password2": "correct horse"}
        self.token = self.ask("/api/auth/register", form)["access_token"]

    def ask(self, path: str, body: object = None) -> dict[str, Any]:
        command = ["curl", "-s", "--max-time", "5", f"{URL}{path}", "-H", f"Authorization: Bearer {self.token}"]
        if body is not None:
            command += ["--json", json.dumps(body)]
        return json.loads(self.computer.run(*command))


class Conversation:
    """One writes without a pause, the other follows."""

    def __init__(self, writer: Guest, reader: Guest, folder: Path) -> None:
        room = str(writer.ask("/api/rooms/", {"name": folder.name})["id"])
        self.topic = f"about-{room}"  # the client makes its ids of it, and no id may come twice
        reader.ask(f"/api/rooms/{room}/join", {})
        self._report = folder / "writer.jsonl"
        with self._report.open("w") as output:
            command = ("node", str(SCRIPT), URL, writer.token, room, self.topic, REST)
            self._writer = writer.computer.start(*command, stdin=subprocess.PIPE, stdout=output)
        self._reader = Peer(reader.computer, "follow", URL, reader.token, room)
        self.go_on()

    @property
    def acknowledged(self) -> int:
        return sum(line.isdigit() for line in self._report.read_text().splitlines())

    def go_on(self, seconds: float = 20) -> None:
        """Until more is written and acknowledged."""
        before = self.acknowledged
        assert self._writer.poll() is None
        wait_for(lambda: self.acknowledged > before + 1, seconds, "nothing more is acknowledged")

    def pause(self) -> None:
        """Until nothing gets through any more."""
        seen = [-1]

        def is_still() -> bool:
            seen.append(self.acknowledged)
            return len(seen) > 10 and seen[-1] == seen[-10]

        wait_for(is_still, 10, "it goes on")

    def end(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the writer and the reader went through, once both know everything."""
        assert self._writer.stdin is not None
        self._writer.stdin.close()
        assert self._writer.wait(patience(30)) == 0
        written = json.loads(self._report.read_text().splitlines()[-1])
        last = max(seq for _, _, seq in written["acknowledged"])
        self._reader.tell(until=last)
        return written, self._reader.wait(lambda said: "heard" in said, 20)


@pytest.fixture(scope="module")
def guests(is_possible: None) -> Iterator[tuple[Network, Serving, Guest, Guest]]:
    if not Writer.is_possible():
        pytest.skip("needs Node.js")
    with local_network() as lan:
        serving = Serving(lan.computer("anna", f"{HOST}/24", "fd77::1/64"), flags=("--limits", "off"))
        people = [Guest(lan.computer(name, f"192.168.77.{n}/24"), name) for n, name in enumerate(("will", "rita"), 2)]
        yield lan, serving, people[0], people[1]
        assert serving.stop() == 0
        assert "Traceback" not in serving.output


def assert_whole(talk: Conversation) -> tuple[int, int]:
    """Nothing lost, nothing twice, everything in the order in which it was written, at both ends.

    How often the writer came back, and how often the reader connected.
    """
    written, read = talk.end()
    contents = [content for _, _, content in written["heard"] if not content.endswith(" joined.")]
    assert contents == [f"{talk.topic} {number}" for number in range(len(contents))]
    assert len(written["acknowledged"]) == len(contents) > 20
    assert read["heard"] == contents
    assert written["unordered"] == read["unordered"] == []
    return written["returns"], read["connections"]


def test_sockets_live_on_while_other_addresses_come_and_go(
    guests: tuple[Network, Serving, Guest, Guest], tmp_path: Path
) -> None:
    _, serving, will, rita = guests
    talk = Conversation(will, rita, tmp_path)
    serving.computer.add(f"{SECOND}/24")
    serving.computer.drop("fd77::1/64")

    def is_known() -> bool:
        shown = [address["url"] for address in rita.ask("/api/addresses")["addresses"]]
        return f"http://{SECOND}:8000" in shown and "http://[fd77::1]:8000" not in shown

    wait_for(is_known, 10, "the new address is not shown")
    talk.go_on()
    serving.computer.drop(f"{SECOND}/24")
    wait_for(lambda: not is_known(), 10)
    talk.go_on()
    assert assert_whole(talk) == (0, 1), "somebody was cut off"


def test_a_cable_that_is_pulled_and_put_back_loses_nothing(
    guests: tuple[Network, Serving, Guest, Guest], tmp_path: Path
) -> None:
    _, serving, will, rita = guests
    talk = Conversation(will, rita, tmp_path)
    serving.computer.unplug()
    talk.pause()
    time.sleep(2)  # how long it takes to find the socket again
    serving.computer.plug()
    whole = time.monotonic()
    talk.go_on()
    took = time.monotonic() - whole
    log.info("messages went on %.1f s after the cable was back", took)
    assert took <= BACK
    returns, connections = assert_whole(talk)
    log.info("the writer came back %d times, the reader connected %d times", returns, connections)
