"""Owns sorting more rows than memory holds: aside on the disk, in a file that is gone afterwards."""

import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """`content` of a `heap`; within that, rows come by `place`, and by their arrival where that is the same."""

    heap: str
    place: str
    content: bytes


class Scratch:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, rows: list[Row]) -> None:
        self._database.executemany("INSERT INTO scratch(heap, place, content) VALUES (?, ?, ?)", rows)

    def sort(self) -> None:
        """Nothing is added any more."""
        self._database.execute("CREATE INDEX in_order ON scratch(heap, place, n)")

    def in_order(self, heap: str, together: int) -> Iterator[list[bytes]]:
        """The contents of a heap, so many at a time."""
        rows = self._database.execute("SELECT content FROM scratch WHERE heap = ? ORDER BY place, n", (heap,))
        while found := rows.fetchmany(together):
            yield [content for (content,) in found]


@contextmanager
def scratch() -> Generator[Scratch]:
    """Gone at the end, whatever happened; so nothing of it has to survive a power cut."""
    with (
        tempfile.TemporaryDirectory(prefix="lanchat-") as folder,
        closing(sqlite3.connect(Path(folder) / "scratch.db", isolation_level=None)) as database,
    ):
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE scratch (heap TEXT, place TEXT, n INTEGER PRIMARY KEY, content BLOB)")
        yield Scratch(database)
