"""Somebody at a JavaScript client of their own, who keeps writing until told to stop."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from tests.people import Person

SCRIPT = Path(__file__).parent / "js" / "outbox.mjs"
PATIENCE = 60.0  # s, for a client to come back and send on


class Writer:
    """`js/outbox.mjs` in a process; `acknowledged` grows by tens while it writes."""

    def __init__(self, person: Person, room_id: int) -> None:
        self.acknowledged = 0
        self._command = ["node", str(SCRIPT), person.url, person.token, str(room_id), person.name]
        self._progress = asyncio.Event()
        self._found: dict[str, Any] | None = None

    @staticmethod
    def is_possible() -> bool:
        return shutil.which("node") is not None

    async def start(self) -> "Writer":
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=pipe,
            stdout=pipe,
            limit=1 << 26,  # the report is one line
        )
        self._reading = asyncio.create_task(self._read(), name="writer's progress")
        return self

    async def writes(self, more: int) -> None:
        """Return once so many further messages were acknowledged."""
        wanted = self.acknowledged + more
        async with asyncio.timeout(PATIENCE):
            while self.acknowledged < wanted:
                assert not self._reading.done(), "the client gave up"
                self._progress.clear()
                await self._progress.wait()

    async def finish(self) -> dict[str, Any]:
        """Let it empty its outbox; what it sent, heard and went through."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            await self._reading
            assert await self._process.wait() == 0
        assert self._found is not None
        return self._found

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            found = json.loads(line)
            if isinstance(found, int):
                self.acknowledged = found
            else:
                self._found = found
            self._progress.set()
        self._progress.set()
