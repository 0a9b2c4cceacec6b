"""Owns the messages of an archive on their way in: aside on the disk, so that any number of them come in order.

Exports have replies beside what they answer, or by the day; a room has everything by its time.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import orjson

from lanchat.core.storage.engines.scratch import Row, Scratch, scratch
from lanchat.imports.foreign import ForeignFile, ForeignMessage, ForeignReaction

TOGETHER = 500  # rows written in one go


class Spool:
    def __init__(self, aside: Scratch) -> None:
        self._aside = aside
        self._waiting: list[Row] = []
        self.count = 0

    def add(self, room_id: str, message: ForeignMessage) -> None:
        lists = {name: [tuple(each) for each in getattr(message, name)] for name in ("reactions", "files")}
        self._waiting.append(Row(room_id, message.at, orjson.dumps(message._asdict() | lists)))
        self.count += 1
        if len(self._waiting) >= TOGETHER:
            self._write()

    def end(self) -> None:
        """Nothing is added any more."""
        self._write()
        self._aside.sort()

    def in_order(self, room_id: str, together: int) -> Iterator[list[ForeignMessage]]:
        """Those of a room, oldest first, so many at a time."""
        for contents in self._aside.in_order(room_id, together):
            yield [_read(content) for content in contents]

    def _write(self) -> None:
        self._aside.add(self._waiting)
        self._waiting.clear()


@contextmanager
def spooling() -> Generator[Spool]:
    with scratch() as aside:
        yield Spool(aside)


def _read(content: bytes) -> ForeignMessage:
    fields = orjson.loads(content)
    fields["reactions"] = [ForeignReaction(*each) for each in fields["reactions"]]
    fields["files"] = [ForeignFile(*each) for each in fields["files"]]
    return ForeignMessage(**fields)
