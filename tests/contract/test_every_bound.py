"""Whoever has used up what they may is refused by every route and every event there is."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.people import People, people_at
from tests.server import LanChat

RATES = "[rates]\nrequests = 5\npublic_requests = 5\npages = 5\nevents = 5\nmessages = 5\n"


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[People]:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "lanchat.toml").write_text(RATES)
    with LanChat(data).start() as running:
        async with people_at(running.url) as people:
            yield people
        running.end_well()


def operations(document: dict[str, Any], *, public: bool) -> list[tuple[str, str]]:
    return [
        (method.upper(), path.replace("{name}", "x").replace("{", "").replace("}", ""))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if (operation.get("security") == []) is public
    ]


def numbered(path: str) -> str:
    """With a number for each parameter."""
    return "/".join("1" if part.endswith("_id") or part == "seq" else part for part in path.split("/"))


async def test_every_route_and_every_event_refuses_who_has_had_enough(people: People):
    ann, stranger = await people.one("ann"), people.newcomer()
    document = (await stranger.get("/openapi.json")).expect(200)
    ear = await ann.connect()
    lobby = 1
    assert {(await ann.get("/api/auth/me")).status for _ in range(5)} == {200}
    for _ in range(5):
        await stranger.get("/api/info")
        await stranger.get("/")
    answers = [(ann, *each) for each in operations(document, public=False)]
    answers += [(stranger, *each) for each in operations(document, public=True)]
    answers += [(stranger, "GET", path) for path in ("/", "/docs", "/openapi.json", "/licences.txt", "/metrics")]
    statuses = await asyncio.gather(*(who.request(method, numbered(path)) for who, method, path in answers))
    late = {
        f"{method} {path}": reply.status
        for (_, method, path), reply in zip(answers, statuses, strict=True)
        if reply.status != 429
    }
    assert len(answers) > 40
    assert late == {}

    for _ in range(5):
        await ear.call("leave_room", {"room_id": 999})
        await ear.call("send_message", {"room_id": lobby, "content": "!"})
    events = document["x-socketio-events"]["in"]
    acks = {name: await ear.call(name, {"room_id": lobby, "content": "!", "seq": 1, "rooms": {}}) for name in events}
    assert {name: ack["error"]["code"] for name, ack in acks.items()} == dict.fromkeys(events, "too_many")
