"""Fifty guests of which ten do the worst they can: what do the other forty notice?

python -m tests.load.hostile [--seconds 600] [--quiet-seconds 60]

Everything stays on 127.0.0.0/8 and ends by itself. The hostile ones are a program of their own (`hostile_guests.py`),
so that it is the server they keep busy and not the clock of who measures; it comes last where processors are short, as
the computers of guests aren't the host's.
"""

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

import aiohttp
import click

from tests.people import PATIENCE, People, Person, people_at
from tests.server import ROOT, LanChat

GUESTS = 40
EVERY = 4.0  # s between two messages of one of the forty
DUE = re.compile(r"due ([0-9.]+) ")
SETTLE = 2.0  # s before and after each stretch, which count for neither


@dataclass
class Stretch:
    """What the forty noticed; delays in seconds from sending until another has it, or the author's acknowledgement."""

    delays: list[float] = field(default_factory=list[float])
    acknowledged: list[float] = field(default_factory=list[float])
    refused: int = 0
    shown_out: int = 0
    memory: list[int] = field(default_factory=list[int])  # bytes, once a second

    def p(self, percent: int, which: str = "delays") -> float:
        """In milliseconds."""
        found = getattr(self, which)
        return 1000 * quantiles(found, n=100)[percent - 1] if len(found) > 1 else float("nan")

    @property
    def growth(self) -> float:
        """Of the server's memory from the second quarter to the last one, in MB."""
        quarter = max(1, len(self.memory) // 4)
        return (mean(self.memory[-quarter:]) - mean(self.memory[quarter : 2 * quarter] or self.memory)) / 1e6


class Ear:
    """A socket of one of the forty, read as cheaply as can be: what is measured is the server."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, when_heard: Callable[[float], None]) -> None:
        self._socket, self._when_heard = socket, when_heard
        self._answers: dict[int, asyncio.Future[bool]] = {}
        self._reading = asyncio.create_task(self._read())

    async def send(self, room_id: int, text: str) -> bool:
        number = len(self._answers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        draft = json.dumps({"room_id": room_id, "content": text})
        await self._socket.send_str(f'42{number}["send_message",{draft}]')
        async with asyncio.timeout(PATIENCE):
            return await answer

    @property
    def is_gone(self) -> bool:
        return self._reading.done()

    async def close(self) -> None:
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            text: str = message.data
            if text == "2":
                await self._socket.send_str("3")
            elif text.startswith('42["new_message"') and (found := DUE.search(text, 0, 400)):
                self._when_heard(float(found[1]))
            elif text.startswith("43"):
                number = int(text[2 : text.index("[")])
                self._answers[number].set_result(text[text.index("[") :].startswith('[{"ok":true'))


class Room:
    """The forty, who talk in the lobby."""

    def __init__(self, server: LanChat, people: People) -> None:
        self._server, self._people = server, people
        self._guests: list[tuple[Person, Ear]] = []
        self._lobby = 0
        self._now = Stretch()

    async def fill(self) -> None:
        for _ in range(GUESTS):
            guest = self._people.newcomer("quiet")
            answer = await guest.post("/api/auth/guest", {"username": guest.name})
            guest.token = answer.expect(201)["access_token"]
            self._guests.append((guest, Ear(await connect(guest), self._hear)))
        self._lobby = (await self._guests[0][0].lobby())["id"]

    async def leave(self) -> None:
        for _, ear in self._guests:
            await ear.close()

    async def talk(self, seconds: float) -> Stretch:
        """Each on their own time; what is late is counted from when it was due."""
        await self._talk(SETTLE)
        found = self._now = Stretch()
        looking = asyncio.create_task(self._look(found))
        await self._talk(seconds)
        looking.cancel()
        self._now = Stretch()
        for guest, ear in self._guests:
            is_known = (await guest.get("/api/auth/me")).status == 200
            found.shown_out += ear.is_gone or not is_known
        return found

    async def _talk(self, seconds: float) -> None:
        begun = time.monotonic()
        turns = (
            self._speak(ear, begun + EVERY * number / GUESTS, begun + seconds)
            for number, (_, ear) in enumerate(self._guests)
        )
        await asyncio.gather(*turns)

    async def _speak(self, ear: Ear, due: float, end: float) -> None:
        while due < end:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self._say(ear, due)
            due += EVERY

    async def _say(self, ear: Ear, due: float) -> None:
        found = self._now
        try:
            is_taken = await ear.send(self._lobby, f"due {due!r} ")
        except (OSError, TimeoutError, aiohttp.ClientError):
            is_taken = False
        if is_taken:
            found.acknowledged.append(time.monotonic() - due)
        else:
            found.refused += 1

    def _hear(self, due: float) -> None:
        self._now.delays.append(time.monotonic() - due)

    async def _look(self, found: Stretch) -> None:
        while True:
            found.memory.append(resident(self._server.pid))
            await asyncio.sleep(1)


async def connect(person: Person) -> aiohttp.ClientWebSocketResponse:
    """A WebSocket that has connected to Socket.IO."""
    socket = await person.http.ws_connect(f"{person.url}/socket.io/?EIO=4&transport=websocket", max_msg_size=0)
    await socket.receive_str()
    await socket.send_str("40" + json.dumps({"token": person.token, "presence": "ids"}))
    while (answer := await socket.receive_str()) == "2":  # a ping, where a busy machine is slow to let anybody in
        await socket.send_str("3")
    assert answer.startswith("40"), answer
    return socket


def resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return 1024 * int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


@contextlib.contextmanager
def hostile_guests(url: str, seconds: float) -> Iterator[dict[str, Any]]:
    """They end by themselves, and with us."""
    command = [sys.executable, "-m", "tests.load.hostile_guests", url, str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    done: dict[str, Any] = {}
    try:
        yield done
        out, _ = process.communicate(timeout=60)
        done |= json.loads(out)
    finally:
        process.kill()
        process.wait()


async def measure(folder: Path, seconds: float, quiet_seconds: float) -> tuple[Stretch, Stretch, dict[str, Any]]:
    """Without the ten, and with them; and what these did."""
    with LanChat(folder).start() as server:
        async with people_at(server.url) as people:
            room = Room(server, people)
            await room.fill()
            quiet = await room.talk(quiet_seconds)
            with hostile_guests(server.url, seconds + 2 * SETTLE) as done:
                loud = await room.talk(seconds)
            await room.leave()
        assert server.stop() == 0, server.report()
        assert "Traceback" not in "".join(server.output) + server.log, server.report()
    return quiet, loud, done


@click.command()
@click.option("--seconds", default=600.0, help="How long the ten go on.")
@click.option("--quiet-seconds", default=60.0, help="How long the forty are measured without them.")
def main(seconds: float, quiet_seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="lanchat-hostile-") as folder:
        quiet, loud, done = asyncio.run(measure(Path(folder) / "data", seconds, quiet_seconds))
    click.echo("| | without the ten | with them |\n|---|---|---|")
    for percent in (50, 95, 99):
        click.echo(f"| heard by another, p{percent} ms | {quiet.p(percent):.1f} | {loud.p(percent):.1f} |")
    click.echo(f"| acknowledged, p99 ms | {quiet.p(99, 'acknowledged'):.1f} | {loud.p(99, 'acknowledged'):.1f} |")
    click.echo(f"| messages of the forty | {len(quiet.acknowledged)} | {len(loud.acknowledged)} |")
    click.echo(f"| … not taken | {quiet.refused} | {loud.refused} |")
    click.echo(f"| of the forty signed out or cut off | {quiet.shown_out} | {loud.shown_out} |")
    click.echo(f"| memory, MB at most | {max(quiet.memory) / 1e6:.0f} | {max(loud.memory) / 1e6:.0f} |")
    click.echo(f"| … growth over the second half, MB | {quiet.growth:+.1f} | {loud.growth:+.1f} |")
    click.echo("\n| the ten | " + " | ".join(done) + " |\n|" + "---|" * (len(done) + 1))
    click.echo("| tries | " + " | ".join(str(each["tries"]) for each in done.values()) + " |")
    click.echo("| … refused | " + " | ".join(str(each["refused"]) for each in done.values()) + " |")
    click.echo(f"\np99 with them is {loud.p(99) / quiet.p(99):.1f} times that without (goal: 3)")


if __name__ == "__main__":
    main()
