"""What the web client makes of events is what it would have fetched, with this server."""

import asyncio
import os
import shutil
from pathlib import Path

from tests.patience import patience
from tests.server import LanChat

WEB = Path(__file__).resolve().parents[2] / "web"


async def test_the_stores_after_each_event_equal_the_stores_filled_afterwards(own_server: LanChat):
    npx = shutil.which("npx")
    assert npx is not None, "Node is needed to run the web client's stores"
    process = await asyncio.create_subprocess_exec(
        npx,
        *("vitest", "run", "--reporter=verbose"),
        cwd=WEB,
        env={**os.environ, "LANCHAT_SERVER": own_server.url, "LANCHAT_LIVE": "yes"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(patience(90)):
            out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, out.decode()
