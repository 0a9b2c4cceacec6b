"""What the window is told by the server that it hosts."""

import asyncio
import re
from pathlib import Path

from lanchat.config import load
from lanchat.core.server.serve import bind
from lanchat.core.storage.data_folder import prepare
from lanchat.run import windowed


async def test_a_host_without_an_administrator_opens_with_the_code_to_become_it(tmp_path: Path) -> None:
    settings = prepare(load(data_dir=tmp_path, host="127.0.0.1", https_port=0, discovery=False))
    stop, opened = asyncio.Event(), list[str]()

    def when_ready(path: str) -> None:
        opened.append(path)
        stop.set()

    async with asyncio.timeout(20):
        await windowed.serve_alone(settings, bind("127.0.0.1", 0), stop, when_ready)
    [path] = opened
    assert re.fullmatch(r"/#claim=[2-9A-Z]{4}-[2-9A-Z]{4}", path)
