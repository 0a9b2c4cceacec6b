"""Measures a host with a school's week in it: opening, scrolling, catching up and sending, as a person would.

python -m tests.load.week [FOLDER]   fills FOLDER by `lanchat seed`, unless it is filled already.
"""

import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles
from typing import Any

import click

from lanchat.seed import PASSWORD
from tests.people import Ear, Person, people_at
from tests.server import ROOT, LanChat

TIMES = 200  # each thing is done
PAGE = 50
SEED = 3

Act = Callable[[], Awaitable[object]]


def main() -> None:
    with ExitStack() as stack:
        chosen = sys.argv[1:] or [stack.enter_context(tempfile.TemporaryDirectory(prefix="lanchat-week-"))]
        folder = Path(chosen[0])
        if not (folder / "lanchat.db").exists():
            seeding = [sys.executable, "-m", "lanchat", "seed", "--data-dir", str(folder)]
            subprocess.run(seeding, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        server = LanChat(folder, "--limits", "off")
        begun = time.perf_counter()
        server.start()
        try:
            size = server.database.stat().st_size / 1e6
            click.echo(f"{size:.0f} MB of database; started in {time.perf_counter() - begun:.2f} s")
            asyncio.run(measure(server))
        finally:
            server.stop()


async def measure(server: LanChat) -> None:
    async with people_at(server.url) as people:
        pupil, neighbour = people.newcomer(), people.newcomer()
        for person, name in ((pupil, "pupil_001"), (neighbour, "pupil_002")):
            person.name = name
            answer = await person.post("/api/auth/login", data={"username": name, "password": PASSWORD})
            person.token = answer.expect(200)["access_token"]
        rooms = (await pupil.get("/api/rooms/")).expect(200)["user_rooms"]
        lobby = next(room for room in rooms if room["kind"] == "lobby")
        ear, far_ear = await pupil.connect(), await neighbour.connect()
        click.echo(f"{lobby['last_seq']} messages in the lobby\n")
        click.echo("| | p50 ms | p95 ms | within the server: p50 | p95 |\n|---|---|---|---|---|")
        for says, act in reads(pupil, ear, lobby).items():
            await report(server, says, act)
        for says, act in sends(pupil, ear, far_ear, lobby).items():
            await report(server, says, act)


def reads(pupil: Person, ear: Ear, room: dict[str, Any]) -> dict[str, Act]:
    dice = random.Random(SEED)
    newest = room["last_seq"]

    async def get(path: str, **query: int) -> None:
        (await pupil.get(path, params=query)).expect(200)

    async def page(**query: int) -> None:
        await get(f"/api/messages/{room['id']}", limit=PAGE, **query)

    async def sync(behind: int) -> None:
        ack = await ear.call("sync", {"rooms": {str(room["id"]): newest - behind}})
        assert len(ack["rooms"][str(room["id"])]["messages"]) == behind

    return {
        "the list of rooms": lambda: get("/api/rooms/"),
        "what is new in each room": lambda: get("/api/messages/overview"),
        "the newest page of the largest room": page,
        "a page anywhere in it": lambda: page(before_seq=dice.randint(PAGE, newest)),
        "its oldest page": lambda: page(before_seq=PAGE + 1),
        "its members": lambda: get(f"/api/rooms/{room['id']}/members"),
        "sync, 150 messages behind": lambda: sync(150),
    }


def sends(pupil: Person, ear: Ear, far_ear: Ear, room: dict[str, Any]) -> dict[str, Act]:
    async def send() -> None:
        assert (await ear.call("send_message", {"room_id": room["id"], "content": "see you tomorrow"}))["ok"]

    async def reach() -> None:
        far_ear.forget()
        await ear.emit("send_message", {"room_id": room["id"], "content": "see you tomorrow"})
        await far_ear.hears("new_message")

    return {
        "a message by REST": lambda: pupil.say(room, "see you tomorrow"),
        "a message by socket, until acknowledged": send,
        "… until somebody else has it": reach,
    }


async def report(server: LanChat, says: str, act: Act) -> None:
    await act()  # the first of its kind reads from the disk
    logged = len(server.log)
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        await act()
        seconds.append(time.perf_counter() - begun)
    outside = _p50_p95([each * 1000 for each in seconds])
    inside = _p50_p95([entry["ms"] for line in server.log[logged:].splitlines() if "ms" in (entry := json.loads(line))])
    click.echo(f"| {says} | {outside} | {inside} |")


def _p50_p95(milliseconds: list[float]) -> str:
    if len(milliseconds) < 2:
        return "– | –"
    twentieths = quantiles(milliseconds, n=20)
    return f"{twentieths[9]:.1f} | {twentieths[18]:.1f}"


if __name__ == "__main__":
    main()
