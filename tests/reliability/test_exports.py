"""An export of many messages takes no more memory than one of few."""

import subprocess
import sys
import zipfile
from pathlib import Path

import aiohttp
import pytest

from lanchat.seed import PASSWORD
from tests.people import Person, people_at
from tests.server import ROOT, LanChat

MESSAGES = 200_000
ALLOWED = 96  # MB that the server may grow by; held as a whole, a room of these takes 300


def peak_of(pid: int) -> int:
    """MB of memory that the process ever had."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("only Linux tells")
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) >> 10


async def save(person: Person, path: str, target: Path) -> None:
    headers = {"Authorization": f"Bearer {person.token}"}
    async with person.http.get(person.url + path, headers=headers, timeout=aiohttp.ClientTimeout(total=240)) as answer:
        assert answer.status == 200
        with target.open("wb") as file:
            async for piece in answer.content.iter_any():
                file.write(piece)


async def test_two_hundred_thousand_messages_leave_in_little_memory(tmp_path: Path):
    folder = tmp_path / "data"
    seeding = [sys.executable, "-m", "lanchat", "seed", "--people", "100", "--messages", str(MESSAGES)]
    subprocess.run([*seeding, "--data-dir", str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: ASYNC221
    with LanChat(folder, "--limits", "off").start() as server:
        async with people_at(server.url) as people:
            pupil = people.newcomer()
            answer = await pupil.post("/api/auth/login", data={"username": "pupil_001", "password": PASSWORD})
            pupil.token = answer.expect(200)["access_token"]
            rooms = (await pupil.get("/api/rooms/")).expect(200)["user_rooms"]
            before = peak_of(server.pid)
            counted = 0
            for room in rooms:
                form = "json" if room["kind"] == "lobby" else "html"
                target = tmp_path / f"{form}.zip"
                await save(pupil, f"/api/rooms/{room['id']}/export?format={form}", target)
                with zipfile.ZipFile(target) as archive:
                    text = b"".join(archive.read(name) for name in archive.namelist() if "schema" not in name)
                said = text.count(b'"message_type"') if form == "json" else text.count(b"<article")
                assert said == room["last_seq"]
                counted += said
            assert counted > MESSAGES / 2
            assert peak_of(server.pid) - before < ALLOWED
        server.end_well()
