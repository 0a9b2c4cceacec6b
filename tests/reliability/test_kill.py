"""kill -9 in a stream of sends: nothing acknowledged is lost or doubled, and clients come back by themselves."""

import asyncio
import logging
import random
import shutil
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.index import indexed, missed
from tests.people import Person, people_at
from tests.reliability.effort import effort
from tests.reliability.outbox import Writer
from tests.server import LanChat

KILLS = effort(3, 20)
SEED = 7

log = logging.getLogger(__name__)

pytestmark = [
    pytest.mark.skipif(not Writer.is_possible(), reason="needs Node for the official client"),
    pytest.mark.timeout(effort(120, 900)),
]


def check_file(server: LanChat, folder: Path) -> None:
    """Of what the killed process has left: on a copy, so that LanChat must recover the original by itself."""
    folder.mkdir()
    for file in server.data_dir.glob("lanchat.db*"):
        shutil.copy(file, folder)
    with closing(sqlite3.connect(folder / server.database.name)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []


async def whole_history(person: Person, room: dict[str, Any]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    while page := await person.timeline(room, limit=100, after_seq=len(messages)):
        messages += page
    return messages


def _is_by(message: dict[str, Any], author: Person) -> bool:
    return message["user_id"] == author.id and message["message_type"] != "system"


def check_delivery(history: list[dict[str, Any]], found: dict[str, Any], author: Person) -> None:
    assert [message["seq"] for message in history] == list(range(1, len(history) + 1))
    mine = [message["content"] for message in history if _is_by(message, author)]
    assert mine == [f"{author.name} {number}" for number in range(len(mine))]  # in order, once each
    stored = {(message["content"], message["id"], message["seq"]) for message in history}
    assert {tuple(entry) for entry in found["acknowledged"]} <= stored
    assert len(found["acknowledged"]) == len(mine)
    # Others may have gone on after it finished; until then it heard everything.
    everything = [[message["seq"], message["id"], message["content"]] for message in history]
    assert found["heard"] == everything[: len(found["heard"])]
    assert found["unordered"] == []


async def test_kills_in_a_stream_of_sends_lose_and_double_nothing(own_server: LanChat, tmp_path: Path):
    dice = random.Random(SEED)
    async with people_at(own_server.url) as people, AsyncExitStack() as at_the_end:
        authors = await people("ann", "bob", "cleo")
        room = await authors[0].make_room()
        for author in authors[1:]:
            await author.join(room)
        writers = [Writer(author, room["id"]) for author in authors]
        for writer in writers:
            at_the_end.push_async_callback(writer.end)
            await writer.start()

        for kill in range(KILLS):
            await asyncio.gather(*(writer.writes(10) for writer in writers))  # everybody is back
            await writers[0].writes(dice.randint(10, 200))
            await asyncio.to_thread(own_server.kill)
            await asyncio.to_thread(check_file, own_server, tmp_path / f"after kill {kill}")
            await asyncio.to_thread(own_server.start)
        await asyncio.gather(*(writer.writes(10) for writer in writers))

        reports = [await writer.finish() for writer in writers]
        history = await whole_history(authors[0], room)
        for found, author in zip(reports, authors, strict=True):
            check_delivery(history, found, author)
            assert found["returns"] >= KILLS
        assert len(reports[-1]["heard"]) == len(history)
        await indexed(own_server)
        assert missed(own_server) == 0
        log.info("%d kills, %d messages: what was acknowledged is there, once, in order", KILLS, len(history))
        own_server.end_well()
