"""Somebody who chats: an account, REST by aiohttp, and a socket by python-socketio's own client."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import socketio

from tests.patience import patience

PATIENCE = 20.0  # s; what is waited for takes milliseconds
PASSWORD = "correct horse"
ENGLISH = {"Accept-Language": "en"}

_numbers = itertools.count(1)
Payload = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What REST said."""

    status: int
    headers: Any
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return self.body["error"]["code"]

    def expect(self, status: int) -> Any:
        """The body, of an answer that must have this status."""
        assert self.status == status, f"{self.status}: {self.text[:600]}"
        return self.body


class Person:
    """One user at an address of their own within 127.0.0.0/8, so that limits by address stay apart."""

    def __init__(self, url: str, name: str, address: str) -> None:
        self.url, self.name, self.address = url, name, address
        self.id = 0
        self.token = ""
        self.http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(local_addr=(address, 0), limit=0),
            timeout=aiohttp.ClientTimeout(total=patience(PATIENCE)),
        )
        self.sockets: list[Ear] = []

    # REST

    async def request(self, method: str, path: str, **options: Any) -> Reply:
        headers = {**ENGLISH, **options.pop("headers", {})}
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        async with self.http.request(method, self.url + path, headers=headers, **options) as response:
            return Reply(response.status, response.headers, await response.text())

    async def get(self, path: str, **options: Any) -> Reply:
        return await self.request("GET", path, **options)

    async def post(self, path: str, body: object = None, **options: Any) -> Reply:
        if body is not None:
            options["json"] = body
        return await self.request("POST", path, **options)

    async def put(self, path: str, body: object) -> Reply:
        return await self.request("PUT", path, json=body)

    async def patch(self, path: str, body: object) -> Reply:
        return await self.request("PATCH", path, json=body)

    async def delete(self, path: str) -> Reply:
        return await self.request("DELETE", path)

    async def register(self) -> "Person":
        form = {"username": self.name, "email": "", "password": PASSWORD, "password2": PASSWORD}
        body = (await self.post("/api/auth/register", form)).expect(201)
        self.id, self.token = body["id"], body["access_token"]
        return self

    async def log_in(self) -> str:
        """A further session; returns its token."""
        answer = await self.post("/api/auth/login", data={"username": self.name, "password": PASSWORD})
        return answer.expect(200)["access_token"]

    async def make_room(self, name: str = "", password: str | None = None) -> Payload:
        draft = {"name": name or f"room {next(_numbers)}", "is_private": password is not None, "password": password}
        return (await self.post("/api/rooms/", draft)).expect(201)

    async def join(self, room: Payload, password: str | None = None) -> Payload:
        return (await self.post(f"/api/rooms/{room['id']}/join", {"password": password})).expect(200)

    async def leave(self, room_id: int) -> None:
        (await self.post(f"/api/rooms/{room_id}/leave")).expect(200)

    async def say(self, room: Payload, content: str, **more: Any) -> Payload:
        return (await self.post(f"/api/messages/{room['id']}", {"content": content, **more})).expect(201)

    async def timeline(self, room: Payload, **query: int) -> list[Payload]:
        """A page of what was said and of what happened in a room."""
        return (await self.get(f"/api/messages/{room['id']}", params=query)).expect(200)["messages"]

    async def history(self, room: Payload, **query: int) -> list[Payload]:
        """The same, without what nobody said."""
        return [each for each in await self.timeline(room, **query) if each["message_type"] != "system"]

    async def lobby(self) -> Payload:
        rooms = (await self.get("/api/rooms/")).expect(200)
        return next(room for room in [*rooms["user_rooms"], *rooms["available_rooms"]] if room["kind"] == "lobby")

    # Sockets

    async def connect(
        self, transports: tuple[str, ...] = ("websocket",), token: str | None = None, **auth: object
    ) -> "Ear":
        ear = Ear(self.http)
        self.sockets.append(ear)
        await ear.connect(self.url, self.token if token is None else token, transports, **auth)
        return ear

    async def close(self) -> None:
        for ear in self.sockets:
            await ear.disconnect()
        await self.http.close()


class Ear:
    """One socket; it keeps every event in the order of arrival."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.sio = socketio.AsyncClient(reconnection=False, http_session=http)
        self.heard: list[tuple[str, Any]] = []
        self.gone = asyncio.Event()
        self._arrival = asyncio.Event()
        self._read = 0
        self.sio.on("*", self._hear)
        self.sio.on("disconnect", self._lose)

    async def connect(self, url: str, token: str, transports: tuple[str, ...], **auth: object) -> None:
        await self.sio.connect(
            url,
            auth={"token": token, "language": "en", **auth},
            transports=list(transports),
            wait_timeout=patience(PATIENCE),
        )

    async def disconnect(self) -> None:
        await self.sio.disconnect()

    async def emit(self, event: str, payload: object = None) -> None:
        await self.sio.emit(event, payload)

    async def call(self, event: str, payload: object = None) -> Payload:
        """Emit, and return the acknowledgement."""
        return await self.sio.call(event, payload, timeout=patience(PATIENCE))

    async def hears(self, event: str, /, where: Callable[[Any], bool] | None = None, **fields: Any) -> Any:
        """The next event of this name that fits; what came before it counts as heard.

        A message that nobody said fits only where its `message_type` is asked for.
        """
        async with asyncio.timeout(patience(PATIENCE)):
            while True:
                while self._read < len(self.heard):
                    name, payload = self.heard[self._read]
                    self._read += 1
                    if name == event and _fits(name, payload, where, fields):
                        return payload
                self._arrival.clear()
                await self._arrival.wait()

    async def hears_refusal(self, code: str) -> Payload:
        return await self.hears("error", code=code)

    async def catch_up(self) -> None:
        """When this returns, all that was sent to this socket before has arrived: order is kept, answers included."""
        assert (await self.call("sync", {"rooms": {}}))["ok"]

    def all(self, event: str, /, where: Callable[[Any], bool] | None = None, **fields: Any) -> list[Any]:
        return [payload for name, payload in self.heard if name == event and _fits(name, payload, where, fields)]

    def forget(self) -> None:
        self.heard.clear()
        self._read = 0

    async def until_gone(self) -> None:
        async with asyncio.timeout(patience(PATIENCE)):
            await self.gone.wait()

    async def _hear(self, event: str, *arguments: Any) -> None:
        self.heard.append((event, arguments[0] if arguments else None))
        self._arrival.set()

    async def _lose(self, *_: Any) -> None:
        self.gone.set()


def _fits(name: str, payload: Any, where: Callable[[Any], bool] | None, fields: dict[str, Any]) -> bool:
    if name == "new_message" and payload["message_type"] == "system" and "message_type" not in fields:
        return False
    if fields and not (isinstance(payload, dict) and all(payload.get(name) == fields[name] for name in fields)):
        return False
    return where is None or where(payload)


class People:
    """Makes people whom no other test has met."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.all: list[Person] = []

    def newcomer(self, name: str = "someone") -> Person:
        """Somebody who hasn't registered yet."""
        number = next(_numbers)
        address = f"127.{1 + number // 62500}.{1 + number // 250 % 250}.{1 + number % 250}"
        person = Person(self.url, f"{name[:12]}_{number}", address)
        self.all.append(person)
        return person

    async def __call__(self, *names: str) -> list[Person]:
        return list(await asyncio.gather(*(self.newcomer(name).register() for name in names)))

    async def one(self, name: str = "someone") -> Person:
        return await self.newcomer(name).register()

    async def close(self) -> None:
        for person in self.all:
            await person.close()


@asynccontextmanager
async def people_at(url: str) -> AsyncIterator[People]:
    people = People(url)
    try:
        yield people
    finally:
        await people.close()
