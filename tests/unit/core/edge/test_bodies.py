import asyncio
from typing import Any

import pytest
from quart import Quart, request
from werkzeug.exceptions import RequestEntityTooLarge

from lanchat.core.edge.bodies import HIGH_WATER, PacedBody, PacedConnection
from lanchat.core.server.asgi import LINGER_BYTES, linger

PIECE = 64 * 1024
PATIENCE = 10.0  # s


class Sender:
    """A client that sends `pieces` pieces, as fast as they are taken, and keeps what it is answered."""

    def __init__(self, pieces: int) -> None:
        self.taken, self.pieces = 0, pieces
        self.answers: list[dict[str, Any]] = []
        self.is_answered = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await asyncio.sleep(0)
        if self.taken == self.pieces:
            await asyncio.Event().wait()
        self.taken += 1
        return {"type": "http.request", "body": bytes(PIECE), "more_body": self.taken < self.pieces}

    async def send(self, message: dict[str, Any]) -> None:
        self.answers.append(message)
        if message.get("body"):
            self.is_answered.set()

    async def ask(self, app: Quart) -> None:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "asgi": {},
            "method": "POST",
            "scheme": "http",
            "path": "/",
            "raw_path": b"/",
            "query_string": b"",
            "root_path": "",
            "headers": [],
        }
        async with asyncio.timeout(PATIENCE):
            await app(scope, self.receive, self.send)


@pytest.fixture
def app() -> Quart:
    app = Quart(__name__)
    app.asgi_http_class = PacedConnection
    app.request_class.body_class = PacedBody
    return app


async def test_a_sender_waits_while_nobody_reads(app: Quart):
    may_read, sender = asyncio.Event(), Sender(pieces=100)

    @app.post("/")
    async def read_late() -> str:
        await may_read.wait()
        return str(sum([len(data) async for data in request.body]))

    asking = asyncio.create_task(sender.ask(app))
    async with asyncio.timeout(PATIENCE):
        while sender.taken * PIECE < HIGH_WATER:  # noqa: ASYNC110, the other side is a loop as well
            await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
    assert sender.taken * PIECE == HIGH_WATER
    may_read.set()
    await asking
    assert b"".join(message.get("body", b"") for message in sender.answers) == b"%d" % (100 * PIECE)


async def test_an_answer_is_sent_before_and_ended_after_the_body_it_ignores(app: Quart):
    sender = Sender(pieces=100)

    @app.post("/")
    async def refuse() -> str:
        return "no"

    await sender.ask(app)
    assert sender.taken == 100
    assert sender.answers[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert sender.is_answered.is_set()


async def test_who_never_ends_is_not_listened_to_for_ever(app: Quart):
    sender = Sender(pieces=1 << 40)

    @app.post("/")
    async def refuse() -> str:
        return "no"

    await sender.ask(app)
    assert LINGER_BYTES < sender.taken * PIECE < 2 * LINGER_BYTES

    other = Sender(pieces=1 << 40)
    await linger(other.receive)
    assert LINGER_BYTES < other.taken * PIECE < 2 * LINGER_BYTES


async def test_a_limit_counts_what_arrived_and_not_what_waits():
    body = PacedBody(None, 10)
    body.append(bytes(6))
    assert len(await anext(body)) == 6
    body.append(bytes(6))
    with pytest.raises(RequestEntityTooLarge):
        await anext(body)


async def test_a_length_over_the_limit_is_refused_unread():
    with pytest.raises(RequestEntityTooLarge):
        await anext(PacedBody(11, 10))
    with pytest.raises(RequestEntityTooLarge):
        await PacedBody(11, 10)


async def test_a_whole_body_may_be_as_long_as_its_limit():
    body = PacedBody(None, 4 * HIGH_WATER)
    reading = asyncio.ensure_future(body)
    await asyncio.sleep(0)
    for _ in range(4):
        async with asyncio.timeout(PATIENCE):
            await body.wait_for_room()
        body.append(bytes(HIGH_WATER))
    body.set_complete()
    assert len(await reading) == 4 * HIGH_WATER
