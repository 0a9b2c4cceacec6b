"""Use cases on a real SQLite file with a recording delivery: no sockets, no server."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson

from lanchat import config
from lanchat.accounts.schemas.incoming import Registration
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import register
from lanchat.app import make_chat
from lanchat.core.base.clock import Clock
from lanchat.core.base.host_state import HostState
from lanchat.core.chat import Chat
from lanchat.core.delivery.hub import Hub, Socket
from lanchat.core.storage import migrator
from lanchat.core.storage.data_folder import prepare
from lanchat.core.storage.database import Database, Table
from lanchat.features import FEATURES
from lanchat.rooms.schemas.incoming import RoomDraft
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.service import change, join

PASSWORD = "correct horse"


class Recording:
    """A Delivery that keeps what each socket would hear."""

    def __init__(self) -> None:
        self.channels: dict[str, dict[str, None]] = {}
        self.heard: dict[str, list[tuple[str, Any]]] = {}
        self.closed: list[str] = []

    def join(self, sid: str, channel: str) -> None:
        self.channels.setdefault(channel, {})[sid] = None

    def leave(self, sid: str, channel: str) -> None:
        self.channels.get(channel, {}).pop(sid, None)

    def drop(self, sid: str) -> None:
        for members in self.channels.values():
            members.pop(sid, None)

    def is_open(self, sid: str) -> bool:
        return sid not in self.closed

    def publish(self, channel: str, event: str, payload: object, *, skip: str | None = None) -> None:
        self.publish_to([sid for sid in self.channels.get(channel, ()) if sid != skip], event, payload)

    def publish_to(self, sids: Iterable[str], event: str, payload: object) -> None:
        for sid in sids:
            self.send(sid, event, payload)

    def send(self, sid: str, event: str, payload: object) -> None:
        self.heard.setdefault(sid, []).append((event, orjson.loads(orjson.dumps(payload))))

    async def close(self, sid: str) -> None:
        self.closed.append(sid)

    def of(self, sid: str, event: str) -> list[Any]:
        return [payload for name, payload in self.heard.get(sid, ()) if name == event]


class House:
    """A Chat, what it would have sent, and short ways to fill it."""

    def __init__(self, chat: Chat, delivery: Recording) -> None:
        self.chat, self.delivery = chat, delivery

    async def person(self, name: str) -> RegisteredPayload:
        form = Registration(username=name, password=PASSWORD, password2=PASSWORD)
        payload, _ = await register(self.chat, form, Device("127.0.0.1", "test"))
        return payload

    async def room(self, owner: RegisteredPayload, *members: RegisteredPayload, **draft: Any) -> RoomPayload:
        room = await change.create_room(self.chat, owner.id, RoomDraft(**{"name": "a room", **draft}))
        for member in members:
            await join.join_room(self.chat, member.id, room.id, draft.get("password"))
        return room

    def connect(self, person: RegisteredPayload, *rooms: RoomPayload, sid: str = "") -> str:
        sid = sid or f"socket of {person.username}"
        self.chat.hub.connect(Socket(sid, person.id, person.username, 0, "en"), [room.id for room in rooms])
        return sid

    async def sql(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        return await self.chat.db.write(lambda: Table.run_sql(statement, *parameters).fetchall())


@asynccontextmanager
async def house_in(folder: Path, clock: Clock | None = None, **settings: object) -> AsyncIterator[House]:
    ready = prepare(config.load(data_dir=folder, **settings))
    migrator.migrate(ready.database_path)
    db = Database(ready.database_path)
    db.open()
    delivery = Recording()
    chat = await make_chat(ready, db, Hub(delivery), HostState(), clock)
    await FEATURES.start(chat)
    try:
        yield House(chat, delivery)
    finally:
        await FEATURES.stop(chat)
        await db.close()
        chat.passwords.close()
