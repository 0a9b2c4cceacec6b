"""Owns the index's rows: which messages stand in it, and which of them somebody may be shown."""

import time
from collections.abc import Iterator
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

import peewee

from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE
from lanchat.files.schemas import file_path
from lanchat.messages.models.files import HAS_IMAGE
from lanchat.messages.models.payload import COLUMNS, JOINED, more
from lanchat.search.engines import INDEX
from lanchat.search.engines.sqlite import Entry, Way
from lanchat.search.folding import VERSION
from lanchat.search.query import Has
from lanchat.search.tokens import sounds, tokens

TAIL = 512  # messages that aren't indexed yet and are looked through one by one
FIRST_WINDOW, LATER = 50_000, 4  # ids that are looked through in a row, and how many times as many next


class Said(NamedTuple):
    """What there is to find of a message."""

    id: int
    room_id: int
    changed_seq: int
    content: str
    name: str | None  # of its first file, as it is stored
    filename: str | None
    more_files: str | None  # as the message keeps them

    def words(self) -> tuple[str, list[str]]:
        """What was written, and the names of the files."""
        if self.filename is None:
            return self.content, []
        return own_words(self.content, self.name), [self.filename, *(each.filename for each in more(self.more_files))]

    def entry(self) -> Entry:
        content, names = self.words()
        return entry_of(self.id, self.room_id, content, names)


def own_words(content: str, name: str | None) -> str:
    """A message without words says the path of its file."""
    return "" if name is not None and content == file_path(name) else content


def entry_of(message_id: int, room_id: int, content: str, names: list[str]) -> Entry:
    words = "\n".join((content, *names))
    return message_id, tokens(room_id, words), sounds(words)


class State(NamedTuple):
    """What lies between `older_id` and `indexed_id`, that one included, is in the index."""

    indexed_id: int
    older_id: int
    has_leftovers: bool


class SearchState(Table):
    id = peewee.IntegerField(primary_key=True)
    tokens_version = peewee.IntegerField()
    indexed_id = peewee.IntegerField()
    older_id = peewee.IntegerField()
    has_leftovers = peewee.IntegerField(default=0)

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        table_name = "search_state"

    @classmethod
    def now(cls) -> State:
        row = cls.run_sql("SELECT indexed_id, older_id, has_leftovers FROM search_state").fetchone()
        return State(row[0], row[1], bool(row[2]))

    @classmethod
    def begin(cls) -> None:
        """Of other tokens than today's nothing is left."""
        (version,) = cls.run_sql("SELECT tokens_version FROM search_state").fetchone()
        if version != VERSION:
            cls.begin_anew()

    @classmethod
    def begin_anew(cls) -> None:
        INDEX.empty(cls.connection())
        cls.run_sql(
            """UPDATE search_state SET tokens_version = ?, has_leftovers = 1,
            indexed_id = (SELECT coalesce(max(id), 0) FROM message),
            older_id = (SELECT coalesce(max(id), 0) FROM message)""",
            VERSION,
        )

    @classmethod
    def outlived_rooms(cls) -> bool:
        """Whether something of a room that is gone stands in it."""
        there = {room_id for (room_id,) in cls.run_sql("SELECT id FROM room")}
        return not INDEX.rooms_with_entries(cls.connection()) <= there

    @classmethod
    def tidy(cls, is_first: bool) -> bool:
        is_under_way = INDEX.tidy(cls.connection(), is_first=is_first)
        if not is_under_way:
            cls.run_sql("UPDATE search_state SET has_leftovers = 0")
        return is_under_way

    # -- what isn't in it yet

    @classmethod
    def newer(cls, limit: int) -> tuple[list[Said], int] | None:
        """What follows, and up to which id that is all; None where nothing does."""
        after = cls.now().indexed_id
        (newest,) = cls.run_sql("SELECT coalesce(max(id), 0) FROM message").fetchone()
        if newest <= after:
            return None
        found = _said("m.id > ? ORDER BY m.id LIMIT ?", after, limit)
        return found, found[-1].id if len(found) == limit else newest

    @classmethod
    def older(cls, limit: int) -> tuple[list[Said], int] | None:
        """What came before, the newest of it, and up to which id is left; None where nothing is."""
        older_id = cls.now().older_id
        if older_id <= 0:
            return None
        found = _said("m.id <= ? ORDER BY m.id DESC LIMIT ?", older_id, limit)
        return found, found[-1].id - 1 if len(found) == limit else 0

    @classmethod
    def add(cls, made: list[tuple[Said, Entry]], *, indexed_id: int | None = None, older_id: int | None = None) -> None:
        """Of what has changed since it was read, what it says now."""
        are_meant, meant = ENGINE.among("m.id", [said.id for said, _ in made])
        now = {said.id: said for said in _said(f"{are_meant}", meant)}
        entries: list[Entry] = []
        for said, entry in made:
            if (current := now.get(said.id)) is not None:
                entries.append(entry if current.changed_seq == said.changed_seq else current.entry())
        INDEX.put(cls.connection(), entries)
        if indexed_id is not None:
            cls.run_sql("UPDATE search_state SET indexed_id = ?", indexed_id)
        if older_id is not None:
            cls.run_sql("UPDATE search_state SET older_id = ?", older_id)

    @classmethod
    def reword(cls, before: Entry, after: Entry | None) -> None:
        """In the transaction that gives a message other words, or none."""
        state = cls.now()
        if not state.older_id < before[0] <= state.indexed_id:
            return
        INDEX.take_out(cls.connection(), before)
        if after is not None:
            INDEX.put(cls.connection(), [after])
        cls.run_sql("UPDATE search_state SET has_leftovers = 1")


WORDS = "m.content, a.name, a.filename, m.more_files"
SAID = f"""SELECT m.id, m.room_id, m.changed_seq, {WORDS}
    FROM message m LEFT JOIN attachment a ON a.id = m.attachment_id
    WHERE m.deleted_at IS NULL AND m.message_type <> 'system' AND """  # noqa: S608, ours


def _said(condition: str, *parameters: object) -> list[Said]:
    return [Said._make(row) for row in Table.run_sql(SAID + condition, *parameters)]


class Wanted(NamedTuple):
    """What messages are asked for: expressions of the index, or None for none, and conditions on their rows."""

    user_id: int
    by_words: str | None
    by_sounds: str | None
    authors: list[int] | None
    rooms: list[int] | None
    before: str | None
    after: str | None
    has: list[Has]


class Candidate(NamedTuple):
    """A message that may be meant; `columns` are those of `COLUMNS`."""

    id: int
    room: tuple[int, str | None, str]  # id, name (none of direct ones), kind
    said: Said
    columns: tuple[Any, ...]


HAS: dict[Has, str] = {
    "file": "m.attachment_id IS NOT NULL",
    "image": HAS_IMAGE,
    "link": "(m.content LIKE '%://%' OR m.content LIKE '%www.%')",
}


class Look:
    """Goes through what somebody may read, newest first, window by window, for `budget` seconds."""

    def __init__(self, wanted: Wanted, before_id: int, budget: float) -> None:
        self._wanted = wanted
        self._state = SearchState.now()
        self._deadline = time.monotonic() + budget
        self.seen_id = before_id  # nothing from here on is left to look at
        self.is_over = False

    def __iter__(self) -> Iterator[Candidate]:
        size, high = FIRST_WINDOW, self._newest()
        while high > 0:
            low = max(0, high - size)
            for candidate in self._window(low, high):
                self.seen_id = candidate.id
                yield candidate
                if time.monotonic() > self._deadline:
                    return
            self.seen_id = low + 1
            high, size = low, size * LATER
            if time.monotonic() > self._deadline and high > 0:
                return
        self.is_over = True

    def _newest(self) -> int:
        (newest,) = Table.run_sql("SELECT coalesce(max(id), 0) FROM message").fetchone()
        return min(newest, self.seen_id - 1)

    def _window(self, low: int, high: int) -> Iterator[Candidate]:
        wanted, indexed_id = self._wanted, self._state.indexed_id
        if wanted.by_words is None and wanted.by_sounds is None:
            yield from self._rows(INDEX.ONE_BY_ONE, None, low, high)
            return
        ways = ((INDEX.BY_WORDS, wanted.by_words), (INDEX.BY_SOUNDS, wanted.by_sounds))
        found = [self._rows(way, expression, low, high) for way, expression in ways if expression is not None]
        if high > indexed_id:
            found.append(islice(self._rows(INDEX.ONE_BY_ONE, None, max(low, indexed_id), high), TAIL))
        last = None
        for candidate in merge(*found, key=lambda one: -one.id):
            if candidate.id != last:
                last = candidate.id
                yield candidate

    def _rows(self, way: Way, expression: str | None, low: int, high: int) -> Iterator[Candidate]:
        conditions, values = self._conditions()
        rows = Table.run_sql(
            f"""SELECT m.id, r.id, r.name, r.kind, m.room_id, m.changed_seq, {WORDS}, {COLUMNS}
            FROM {way.tables} CROSS JOIN membership mine ON mine.room_id = m.room_id AND mine.user_id = ?
            JOIN room r ON r.id = m.room_id {JOINED}
            WHERE {way.id} > ? AND {way.id} <= ? {way.condition}
            AND m.deleted_at IS NULL AND m.message_type <> 'system'
            AND (r.history = 'everyone' OR m.seq > mine.joined_seq) {conditions}
            ORDER BY {way.id} DESC""",  # noqa: S608, ours
            *(self._wanted.user_id, low, high),
            *([] if expression is None else [expression]),
            *values,
        )
        for row in rows:
            message_id, room_id, name, kind, *said = row[:10]
            yield Candidate(message_id, (room_id, name, kind), Said(message_id, *said), row[10:])

    def _conditions(self) -> tuple[str, list[object]]:
        wanted, conditions, values = self._wanted, [HAS[each] for each in self._wanted.has], list[object]()
        for column, ids in (("m.user_id", wanted.authors), ("m.room_id", wanted.rooms)):
            if ids is not None:
                are_asked_for, asked_for = ENGINE.among(column, ids)
                conditions.append(are_asked_for)
                values.append(asked_for)
        for sign, moment in (("<", wanted.before), (">=", wanted.after)):
            if moment is not None:
                conditions.append(f"m.created_at {sign} ?")
                values.append(moment)
        return "".join(f" AND {each}" for each in conditions), values


def rooms_of(user_id: int) -> dict[int, str]:
    rows = Table.run_sql(
        "SELECT r.id, r.name FROM membership m JOIN room r ON r.id = m.room_id WHERE m.user_id = ?", user_id
    )
    return dict(rows.fetchall())


def find_people(keys: set[str]) -> list[int]:
    """Those whose user name or display name has one of these keys."""
    (by_name, names), (by_display, displayed) = (
        ENGINE.among(column, keys) for column in ("username_key", "display_key")
    )
    rows = Table.run_sql(f"SELECT id FROM account WHERE {by_name} OR {by_display}", names, displayed)  # noqa: S608, ours
    return [user_id for (user_id,) in rows]


def oldest_indexed(state: State) -> str | None:
    """The time from which on everything is in the index; None where that is the beginning."""
    if state.older_id <= 0:
        return None
    row = Table.run_sql("SELECT created_at FROM message WHERE id > ? ORDER BY id LIMIT 1", state.older_id).fetchone()
    return None if row is None else row[0]
