"""Somebody whose connection breaks all the time, and who must end up with everything: the Python client."""

import asyncio
from contextlib import suppress
from typing import Any

import socketio

from tests.people import Payload, Person

ACK_TIMEOUT = 5.0  # s
BROKEN = (socketio.exceptions.SocketIOError, ConnectionError, TimeoutError)


class Follower:
    """Holds one room's timeline: live events, and `sync` after each return, merged by `seq` alone."""

    def __init__(self, person: Person, room_id: int, url: str) -> None:
        """`url` may be that of something in between."""
        self.name = person.name
        self.timeline: dict[int, Payload] = {}
        self.connections = 0
        self.unordered: list[tuple[int, int]] = []  # live events that came twice or late within one connection
        self.known = 0  # everything up to this seq is in the timeline, but for what nobody said
        self._seqs: set[int] = set()
        self._token, self._room_id, self._url = person.token, room_id, url
        self._last_live = 0
        self._progress = asyncio.Event()
        self._is_up = asyncio.Event()
        self._catching_up = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self.sio = socketio.AsyncClient(
            reconnection_delay=0.05, reconnection_delay_max=0.3, randomization_factor=0.5, handle_sigint=False
        )
        self.sio.on("connect", self._come_back)
        self.sio.on("disconnect", self._lose)
        self.sio.on("new_message", self._hear)
        self.sio.on("resync", self._start_catching_up)

    async def start(self) -> None:
        await self.sio.connect(self._url, auth={"token": self._token}, transports=["websocket"], retry=True)

    async def stop(self) -> None:
        await self.sio.shutdown()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def say(self, content: str, client_id: str) -> Payload:
        """Send until it is acknowledged, by whichever connection."""
        draft = {"room_id": self._room_id, "content": content, "client_id": client_id}
        while True:
            await self._is_up.wait()
            with suppress(*BROKEN):
                ack = await self.sio.call("send_message", draft, timeout=ACK_TIMEOUT)
                assert ack["ok"], ack
                return ack["message"]
            await asyncio.sleep(0.01)  # the client may not have noticed yet that it is cut off

    async def has_all_up_to(self, seq: int) -> None:
        while self.known < seq:
            self._progress.clear()
            await self._progress.wait()

    def _keep(self, message: Payload) -> None:
        self._seqs.add(message["seq"])
        if message["message_type"] != "system":
            self.timeline[message["seq"]] = message
        while self.known + 1 in self._seqs:
            self.known += 1
        self._progress.set()

    async def _come_back(self) -> None:
        self.connections += 1
        self._last_live = 0
        self._is_up.set()
        self._start_catching_up()

    async def _lose(self, *_: Any) -> None:
        self._is_up.clear()

    async def _hear(self, message: Payload) -> None:
        if message["room_id"] != self._room_id:
            return
        if message["seq"] <= self._last_live:
            self.unordered.append((self._last_live, message["seq"]))
        self._last_live = message["seq"]
        self._keep(message)

    def _start_catching_up(self, _: object = None) -> None:
        task = asyncio.get_running_loop().create_task(self._catch_up(), name=f"{self.name} catches up")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _catch_up(self) -> None:
        async with self._catching_up:
            has_more = True
            while has_more:
                request = {"rooms": {str(self._room_id): self.known}}
                try:
                    ack = await self.sio.call("sync", request, timeout=ACK_TIMEOUT)
                except BROKEN:
                    return  # the next return starts over
                room = ack["rooms"][str(self._room_id)]
                for message in room["messages"]:
                    self._keep(message)
                has_more = room["has_more"]
