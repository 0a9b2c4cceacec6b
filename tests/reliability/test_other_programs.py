"""What other programs, the clock and a storm of log-ins do to a running server: nobody else notices."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import pytest

from lanchat.core.base.clock import Clock
from tests.people import People, Person, Reply, people_at
from tests.server import LanChat
from tests.unit.recording import House, house_in

STALL = 1.0  # s that a request may be held up
SLACK = 3  # the machine may be busy


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """As a database browser or a backup program would."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


class Watch:
    """Asks for something again and again; `slowest` in seconds."""

    def __init__(self, person: Person, path: str) -> None:
        self.slowest = 0.0
        self.statuses: set[int] = set()
        self._person, self._path = person, path

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        assert self.statuses == {200}

    async def _run(self) -> None:
        while True:
            started = time.perf_counter()
            self.statuses.add((await self._person.get(self._path)).status)
            self.slowest = max(self.slowest, time.perf_counter() - started)
            await asyncio.sleep(0.02)


async def until_taken(person: Person, room: dict[str, Any], client_id: str) -> list[Reply]:
    """Send, as often as a client would, and with the same id; every answer."""
    answers: list[Reply] = []
    while not answers or answers[-1].status == 503:
        body = {"content": "once", "client_id": client_id}
        answers.append(await person.post(f"/api/messages/{room['id']}", body))
        await asyncio.sleep(0.05)
    return answers


async def test_a_database_that_another_program_holds_stops_nobody(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann, bob = await people("ann", "bob")
        room = await ann.make_room()
        ear = await ann.connect()
        with locked(own_server.database):
            async with Watch(bob, "/api/rooms/") as watch:
                sending = asyncio.create_task(until_taken(ann, room, "the_one"))
                started = time.perf_counter()
                refused = await ear.call("send_message", {"room_id": room["id"], "content": "by socket"})
                assert time.perf_counter() - started < STALL * SLACK
                assert refused["error"]["code"] == "storage_busy"
                await asyncio.sleep(1.5)  # the lock lasts longer than anybody waits
        answers = await sending
        assert watch.slowest < STALL * SLACK
        assert answers[-1].status == 201
        for answer in answers[:-1]:
            assert answer.code == "storage_busy"
            assert answer.headers["Retry-After"] == "1"
        assert [m["content"] for m in await ann.history(room)] == ["once"]
        own_server.end_well()


async def test_a_locked_database_lets_nobody_wait_for_long(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room()
        with locked(own_server.database):
            started = time.perf_counter()
            pairs = [{"content": f"number {number}"} for number in range(20)]
            answers = await asyncio.gather(*(ann.post(f"/api/messages/{room['id']}", body) for body in pairs))
            took = time.perf_counter() - started
        assert {answer.status for answer in answers} == {503}
        assert took < STALL * SLACK


async def test_damage_found_while_running_is_said_in_plain_words(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room()
        for number in range(30):
            await ann.say(room, f"{number} " + "x" * 3000)
        own_server.stop()
        with closing(sqlite3.connect(own_server.database)) as database:
            ((page,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'message'").fetchall()
            ((size,),) = database.execute("PRAGMA page_size").fetchall()
        own_server.start()
        again = people.newcomer()
        again.token = ann.token
        (await again.get("/api/auth/me")).expect(200)
        with own_server.database.open("r+b") as file:  # a disk that loses what it holds
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
        answer = await again.get(f"/api/messages/{room['id']}")
        assert (answer.status, answer.code) == (503, "storage_damaged")
        assert (await again.get("/api/info")).status == 200
    assert "Traceback" not in own_server.log


async def test_eight_log_ins_at_once_delay_nobody_else(server: LanChat, people: People) -> None:
    everybody = await people(*["pupil"] * 8)
    other = await people.one("other")
    async with Watch(other, "/api/auth/me") as watch:
        started = time.perf_counter()
        await asyncio.gather(*(person.log_in() for person in everybody))
        took = time.perf_counter() - started
    assert watch.slowest < 0.8 * SLACK
    assert watch.slowest < took  # otherwise nothing was served meanwhile


# Clocks


class Shifted(Clock):
    """A computer whose clock somebody sets while LanChat runs."""

    def __init__(self) -> None:
        super().__init__()
        self.days = 0

    def now(self) -> str:
        year, rest = super().now()[:10], super().now()[10:]
        day = (time.mktime(time.strptime(year, "%Y-%m-%d")) + 12 * 3600) + self.days * 86400
        return time.strftime("%Y-%m-%d", time.localtime(day)) + rest


@pytest.fixture
async def shifted(tmp_path: Path):
    async with house_in(tmp_path, clock=Shifted()) as house:
        yield house


async def send(house: House, author: Any, room: Any, content: str) -> Any:
    from lanchat.messages.schemas.incoming import Draft
    from lanchat.messages.service import send as sending

    return (await sending.send_message(house.chat, author.id, Draft(room_id=room.id, content=content))).payload


@pytest.mark.parametrize("days", [1, -1])
async def test_messages_keep_their_order_when_the_clock_jumps(shifted: House, days: int) -> None:
    from lanchat.messages.schemas.incoming import HistoryQuery, SyncRequest
    from lanchat.messages.service import read

    ann = await shifted.person("ann")
    room = await shifted.room(ann)
    before = await send(shifted, ann, room, "before")
    shifted.chat.clock.days = days
    after = await send(shifted, ann, room, "after")

    assert (after.timestamp > before.timestamp) is (days > 0)
    page = await read.history(shifted.chat, ann.id, room.id, HistoryQuery())
    assert [message.content for message in page.messages] == ["before", "after"]
    request = SyncRequest(rooms={str(room.id): before.seq})
    synced = await read.sync(shifted.chat, ann.id, request)
    assert [message.content for message in synced.rooms[str(room.id)].messages] == ["after"]


@pytest.mark.parametrize("days", [40, -40])
async def test_sessions_and_uploads_live_by_a_clock_that_nobody_sets(shifted: House, days: int) -> None:
    from lanchat.accounts.service.identity import authenticate
    from lanchat.files import service as files
    from lanchat.files.models import Attachment

    ann = await shifted.person("ann")
    shifted.chat.clock.days = days
    assert (await authenticate(shifted.chat, ann.access_token)).user_id == ann.id
    later = await shifted.person("later")
    assert (await authenticate(shifted.chat, later.access_token)).user_id == later.id
    payload = await files.save_upload(shifted.chat, ann.id, files.Incoming("notes.txt", "text/plain", _pieces()))
    await files.sweep(shifted.chat)
    assert await shifted.chat.db.read(Attachment.find_own, ann.id, payload.file_path) is not None


async def _pieces():
    yield b"something not sent yet"
