"""Measures the list of rooms of somebody who is in eight hundred, at a million messages, however much is unread.

python -m tests.load.overview
"""

import asyncio
import gc
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

import click
import orjson

from lanchat.core.storage import migrator
from lanchat.core.storage.database import Database
from lanchat.messages.models.overview import overview

ROOMS, DIRECT_ROOMS, PEOPLE, MESSAGES = 500, 300, 301, 1_000_000
MEMBERS = 60  # of a room
TIMES = 30
STATES = {"nothing": 0, "100 in a tenth of the rooms": 10, "100 in each room": 1}
MARK = """UPDATE membership SET read_seq = max(0, (SELECT seq FROM room WHERE id = room_id) - :behind)
    WHERE user_id = 1 AND room_id % :nth = 0"""
FURTHEST = """UPDATE membership SET delivered_seq = (SELECT seq FROM room WHERE id = room_id) - user_id % 7,
    read_seq = (SELECT seq FROM room WHERE id = room_id) - user_id % 90,
    seen_seq = (SELECT seq FROM room WHERE id = room_id) - user_id % 90"""
NOW = "2026-01-01T00:00:00.000000Z"
WORDS = "see you tomorrow in the large hall, and bring what we talked about last week, please "


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lanchat-overview-") as folder:
        path = Path(folder) / "lanchat.db"
        migrator.migrate(path)
        with closing(sqlite3.connect(path)) as database, database:
            fill(database)
        click.echo("| unread | p50 ms | p95 ms | of the processor, ms | in JSON, KB |\n|---|---|---|---|---|")
        for says, nth in STATES.items():
            with closing(sqlite3.connect(path)) as database, database:
                database.execute(MARK, {"behind": 0, "nth": 1})
                if nth:
                    database.execute(MARK, {"behind": 100, "nth": nth})
            seconds, processor, size = asyncio.run(measure(path))
            twentieths = [each * 1000 for each in quantiles(seconds, n=20)]
            used = median(processor) * 1000
            click.echo(f"| {says} | {twentieths[9]:.1f} | {twentieths[18]:.1f} | {used:.1f} | {size / 1000:.0f} |")


def fill(database: sqlite3.Connection) -> None:
    rooms = range(1, ROOMS + DIRECT_ROOMS + 1)
    people = range(1, PEOPLE + 1)
    database.executemany(
        "INSERT INTO account(id, username, username_key, created_at, last_seen) VALUES (?, ?, ?, ?, ?)",
        ((person, f"pupil_{person}", f"pupil_{person}", NOW, NOW) for person in people),
    )
    database.executemany(
        "INSERT INTO room(id, kind, created_by, created_at) VALUES (?, ?, 1, ?)",
        ((room, "room" if room <= ROOMS else "direct", NOW) for room in rooms),
    )
    database.executemany(
        "INSERT INTO membership(room_id, user_id, joined_at) VALUES (?, ?, ?)",
        ((room, member, NOW) for room in rooms for member in members(room)),
    )
    database.executemany(
        """INSERT INTO message(room_id, seq, changed_seq, user_id, client_id, message_type, content, created_at)
        VALUES (?, ?, ?, ?, ?, 'text', ?, ?)""",
        messages(),
    )
    database.execute("UPDATE room SET seq = (SELECT max(seq) FROM message WHERE room_id = room.id)")
    database.execute(FURTHEST)


def members(room: int) -> list[int]:
    if room > ROOMS:
        return [1, room - ROOMS + 1]
    return sorted({1, *((room * 7 + number * 5) % PEOPLE + 1 for number in range(MEMBERS))})


def messages() -> Iterator[tuple[object, ...]]:
    """Said in turns, so that those of a room lie apart from each other, as they do."""
    everybody = {room: members(room) for room in range(1, ROOMS + DIRECT_ROOMS + 1)}
    for number in range(MESSAGES):
        room = number % len(everybody) + 1
        seq = number // len(everybody) + 1
        author = everybody[room][seq % len(everybody[room])]
        yield room, seq, seq, author, f"c{number}", WORDS[: 20 + number % 60], NOW


async def measure(path: Path) -> tuple[list[float], list[float], int]:
    """Seconds, those of the processor, and bytes."""
    db = Database(path)
    db.open()
    gc.collect()
    gc.freeze()  # and the threshold: as in `app.py`
    gc.set_threshold(50_000, 20, 100)
    try:
        seconds, processor, size = list[float](), list[float](), 0
        for _ in range(TIMES):
            begun, used = time.perf_counter(), time.process_time()
            size = len(orjson.dumps(await db.read(overview, 1)))
            seconds.append(time.perf_counter() - begun)
            processor.append(time.process_time() - used)
        return seconds[3:], processor[3:], size  # the first read from the disk
    finally:
        await db.close()


if __name__ == "__main__":
    main()
