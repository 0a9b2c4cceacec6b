"""A TCP proxy on loopback that cuts its connections in the middle of anything."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

ADDRESS = "127.0.0.2"
PIECE = 700  # bytes passed on at once: a cut falls within a frame as often as between two


class Cutter:
    def __init__(self, port: int, dice: random.Random) -> None:
        """`port` is the server's on 127.0.0.1, and ours on another address: a server refuses foreign ones as Host."""
        self.cuts = 0
        self._port = port
        self._dice = dice
        self._open: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._server: asyncio.Server
        self._pumps: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self._port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, ADDRESS, self._port)

    async def stop(self) -> None:
        self._server.close()
        for pair in tuple(self._open):
            self._cut(pair)
        await asyncio.gather(*self._pumps, return_exceptions=True)

    async def cut_for(self, seconds: float, every: float) -> None:
        """One connection, chosen by chance, after each pause of `every` seconds on average."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await asyncio.sleep(self._dice.uniform(0, 2 * every))
            if self._open:
                self._cut(self._dice.choice(sorted(self._open, key=id)))
                self.cuts += 1

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        except ConnectionError:
            writer.transport.abort()
            return
        pair = writer, far_writer
        self._open.add(pair)
        for source, target in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.get_running_loop().create_task(self._pump(source, target, pair), name="pump")
            self._pumps.add(task)
            task.add_done_callback(self._pumps.discard)

    async def _pump(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        try:
            while data := await source.read(PIECE):
                target.write(data)
                await target.drain()
        except ConnectionError:
            pass
        self._cut(pair)

    def _cut(self, pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter]) -> None:
        self._open.discard(pair)
        for writer in pair:
            writer.transport.abort()


@asynccontextmanager
async def cutter(port: int, dice: random.Random) -> AsyncIterator[Cutter]:
    between = Cutter(port, dice)
    await between.start()
    try:
        yield between
    finally:
        await between.stop()
