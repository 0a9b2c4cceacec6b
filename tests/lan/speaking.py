"""How a program in a namespace hears and tells: lines on its standard input and output."""

import asyncio
import json
import sys
import time
from typing import Any


def say(**fields: Any) -> None:
    sys.stdout.write(json.dumps({"at": time.monotonic(), **fields}) + "\n")
    sys.stdout.flush()


async def orders() -> "asyncio.StreamReader":
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader
