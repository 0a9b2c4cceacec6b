"""Owns the messages of an archive on their way in: aside on the disk, so that any number of them come in order.

Exports have replies beside what they answer, or by the day; a room has everything by its time.
"""

import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import orjson

from lanchat.imports.foreign import ForeignFile, ForeignMessage, ForeignReaction

SCHEMA = "CREATE TABLE message (room TEXT, at TEXT, n INTEGER PRIMARY KEY, content BLOB)"
TOGETHER = 500  # rows written in one go


class Spool:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._waiting: list[tuple[str, str, bytes]] = []
        self.count = 0

    def add(self, room_id: str, message: ForeignMessage) -> None:
        lists = {name: [tuple(each) for each in getattr(message, name)] for name in ("reactions", "files")}
        self._waiting.append((room_id, message.at, orjson.dumps(message._asdict() | lists)))
        self.count += 1
        if len(self._waiting) >= TOGETHER:
            self._write()

    def end(self) -> None:
        """Nothing is added any more."""
        self._write()
        self._database.execute("CREATE INDEX by_time ON message(room, at, n)")

    def in_order(self, room_id: str, together: int) -> Iterator[list[ForeignMessage]]:
        """Those of a room, oldest first, so many at a time."""
        rows = self._database.execute("SELECT content FROM message WHERE room = ? ORDER BY at, n", (room_id,))
        while found := rows.fetchmany(together):
            yield [_read(content) for (content,) in found]

    def _write(self) -> None:
        self._database.executemany("INSERT INTO message(room, at, content) VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()


@contextmanager
def spooling() -> Generator[Spool]:
    """Gone at the end, whatever happened."""
    with (
        tempfile.TemporaryDirectory(prefix="lanchat-import-") as folder,
        closing(sqlite3.connect(Path(folder) / "messages.db", isolation_level=None)) as database,
    ):
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(SCHEMA)
        yield Spool(database)


def _read(content: bytes) -> ForeignMessage:
    fields = orjson.loads(content)
    fields["reactions"] = [ForeignReaction(*each) for each in fields["reactions"]]
    fields["files"] = [ForeignFile(*each) for each in fields["files"]]
    return ForeignMessage(**fields)
