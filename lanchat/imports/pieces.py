"""Owns how what was said there becomes messages here: parted where it is too long, or has more files than one takes."""

import hashlib
from itertools import zip_longest
from typing import NamedTuple

from lanchat.core.base.text_rules import MAX_MESSAGE, shows_something
from lanchat.imports.files import is_coming
from lanchat.imports.foreign import ForeignFile, ForeignMessage
from lanchat.imports.job import Job, batched
from lanchat.messages.schemas.incoming import MAX_FILES


class Piece(NamedTuple):
    """A message here."""

    message: ForeignMessage
    client_id: str
    text: str
    files: tuple[ForeignFile, ...]
    is_first: bool

    def is_first_of(self, known: dict[str, int]) -> bool:
        return self.is_first and self.client_id in known


def pieces_of(job: Job, room_id: str, message: ForeignMessage) -> list[Piece]:
    texts = [text for text in _parts(message.text.replace("\0", "")) if shows_something(text)]
    albums = batched((file for file in message.files if is_coming(job.settings, job.archive, file)), MAX_FILES)
    return [
        Piece(message, _client_id(job, room_id, message, number), text or "", tuple(album or ()), number == 0)
        for number, (text, album) in enumerate(zip_longest(texts, albums))
    ]


def _client_id(job: Job, room_id: str, message: ForeignMessage, number: int) -> str:
    told = "\n".join((job.source, room_id, message.key, str(number)))
    return f"{job.reader.kind}-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _parts(text: str) -> list[str]:
    """At most as long as a message may be, cut between lines where that is possible."""
    parts: list[str] = []
    while len(text) > MAX_MESSAGE:
        cut = text.rfind("\n", MAX_MESSAGE // 2, MAX_MESSAGE)
        cut = MAX_MESSAGE if cut < 0 else cut
        parts.append(text[:cut])
        text = text[cut:].lstrip("\n")
    return [*parts, text]
