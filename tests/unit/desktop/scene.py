"""A desk, with a window that writes down what it shows and a server that obeys."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from structlog.contextvars import get_contextvars

from lanchat.config import Settings, load
from lanchat.desktop.controller import Desk
from lanchat.desktop.saved_state import Memory
from lanchat.discovery.favourites import Favourites

HOME = "http://127.0.0.1:1/#token"


class Shown(list[str]):
    """A window that writes down what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.fronts = 0
        self.moved_from: int | None = None
        self.has_turned = asyncio.Event()

    def show(self, address: str, moved_from: int | None = None) -> None:
        self.append(address)
        self.moved_from = moved_from
        self.has_turned.set()

    def come_forward(self) -> None:
        self.fronts += 1

    def close(self) -> None:
        raise AssertionError


class Server:
    """A server that obeys: it refuses, runs, and falls over as it is told."""

    def __init__(self) -> None:
        self.refusal: Exception | None = None
        self.entrance = "/"
        self.fall = asyncio.Event()
        self.ports: list[int] = []
        self.ends = 0
        self.context: dict[str, object] = {}

    async def __call__(
        self, settings: Settings, sockets: list[socket.socket], stop: asyncio.Event, when_ready: Callable[[str], None]
    ) -> None:
        try:
            if self.refusal is not None:
                raise self.refusal
            self.context = get_contextvars()
            self.ports.append(sockets[0].getsockname()[1])
            when_ready(self.entrance)
            falling = asyncio.create_task(self.fall.wait())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({falling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            falling.cancel()
            stopping.cancel()
            if self.fall.is_set():
                raise RuntimeError("fell over")
        finally:
            self.ends += 1
            for each in sockets:
                each.close()


class Scene:
    def __init__(self, folder: Path) -> None:
        self.server = Server()
        self.shown = Shown()
        self.memory = Memory(folder)
        self.favourites = Favourites(folder / "hosts.json")
        settings = load(data_dir=folder, host="127.0.0.1", discovery=False)
        self.desk = Desk(settings, self.memory, self.favourites, self.server)
        self.desk.screen, self.desk.home = self.shown, HOME
