"""Measures taking a room of many messages out of a host: how long it takes, how large it is, and what memory it needs.

python -m tests.load.exports [MESSAGES]   fills a folder of its own by `lanchat seed`; 1,000,000 unless it is told.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import click

from lanchat.seed import PASSWORD
from tests.people import people_at
from tests.reliability.test_exports import peak_of
from tests.server import ROOT, LanChat


def main() -> None:
    messages = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    with tempfile.TemporaryDirectory(prefix="lanchat-exports-") as folder:
        seeding = [sys.executable, "-m", "lanchat", "seed", "--people", "1", "--messages", messages]
        subprocess.run([*seeding, "--data-dir", folder], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with LanChat(Path(folder), "--limits", "off").start() as server:
            asyncio.run(measure(server))


async def measure(server: LanChat) -> None:
    async with people_at(server.url) as people:
        pupil = people.newcomer()
        answer = await pupil.post("/api/auth/login", data={"username": "pupil_001", "password": PASSWORD})
        headers = {"Authorization": f"Bearer {answer.expect(200)['access_token']}"}
        pupil.token = answer.body["access_token"]
        rooms = (await pupil.get("/api/rooms/")).expect(200)["user_rooms"]
        paths = [f"/api/rooms/{room['id']}/export" for room in rooms] + ["/api/auth/me/export"]
        sizes = [room["last_seq"] for room in rooms] + [sum(room["last_seq"] for room in rooms)]
        click.echo("| what | messages | s | MB | memory before and after, MB |\n|---|---|---|---|---|")
        for path, size in zip(paths, sizes, strict=True):
            for form in ("json", "html"):
                before, begun, saved = peak_of(server.pid), time.perf_counter(), 0
                timeout = aiohttp.ClientTimeout(total=3600)
                url = f"{server.url}{path}?format={form}"
                async with pupil.http.get(url, headers=headers, timeout=timeout) as response:
                    async for piece in response.content.iter_any():
                        saved += len(piece)
                seconds = time.perf_counter() - begun
                memory = f"{before}, {peak_of(server.pid)}"
                click.echo(f"| {path} as {form} | {size} | {seconds:.1f} | {saved / 1e6:.1f} | {memory} |")


if __name__ == "__main__":
    main()
