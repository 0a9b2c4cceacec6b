"""Measures the search of a host with many messages: its index' size, what writing it costs, and each kind of query.

python -m tests.load.search [MESSAGES]   in this process, in a folder of its own; 1,000,000 take about ten minutes.

Each time is told as the processor's, which a busy machine leaves as it is, and as the clock's, which somebody waits.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import click

from lanchat.core.base.pinyin import readings
from lanchat.messages.models.messages import Message, NewMessage
from lanchat.rooms.service import join
from lanchat.search import indexer
from lanchat.search.models import SearchState
from lanchat.search.schemas import SearchQuery
from lanchat.search.service import search
from tests.unit.recording import House, house_in

ROOMS, FEW = 500, 5
SMALL = 10  # times fewer messages in each of the few than in each of the others
OWNED = 400  # rooms of one person
TIMES = 100  # each kind of query is asked
AT_ONCE = 5000  # messages written together
SEED = 1
SAID_AT = "2026-01-01T00:00:00.000000Z"


class Spent(NamedTuple):
    """Seconds: of the processor, and by the clock."""

    processor: float
    clock: float

    @classmethod
    def now(cls) -> "Spent":
        return cls(time.process_time(), time.perf_counter())

    @classmethod
    def since(cls, begun: "Spent") -> "Spent":
        now = cls.now()
        return cls(now.processor - begun.processor, now.clock - begun.clock)


class Language:
    """Words as often as people use them: the n-th a n-th as often as the first (Zipf)."""

    def __init__(self, dice: random.Random) -> None:
        han = [chr(code) for code in range(0x4E00, 0x9FA6) if readings(chr(code))]
        self._dice = dice
        self._characters = dice.sample(han, 3000)
        self._words = ["".join(dice.choices("etaoinshrdlucmfwyp", k=dice.randint(3, 9))) for _ in range(20_000)]
        self._weights = {
            len(known): list(accumulate(1 / (place + 1) for place in range(len(known))))
            for known in (self._characters, self._words)
        }

    def character(self) -> str:
        return self._pick(self._characters, 1)[0]

    def characters(self, count: int) -> str:
        return "".join(self._pick(self._characters, count))

    def words(self, count: int) -> str:
        return " ".join(self._pick(self._words, count))

    def message(self) -> str:
        kind = self._dice.random()
        if kind < 0.5:
            return self.characters(self._dice.randint(8, 40))
        if kind < 0.75:
            return self.words(self._dice.randint(3, 9))
        if kind < 0.8:
            return f"{self.characters(6)} {self.sign()} https://example.org/{self.words(1)}"
        return f"{self.characters(12)} {self.words(3)}"

    def sign(self) -> str:
        return self._dice.choice("😀🎉👍🍵🚲🌧")

    def mistyped(self) -> str:
        """A word of some length with one letter in another's place."""
        word = next(word for word in iter(partial(self.words, 1), "") if len(word) > 5)
        at = self._dice.randrange(1, len(word) - 1)
        return f"{word[:at]}x{word[at + 1 :]}"

    def letters(self, count: int) -> str:
        return "".join(self._dice.choices("abcdefghjklmnpqrstwxyz", k=count))

    def _pick(self, known: list[str], count: int) -> list[str]:
        return self._dice.choices(known, cum_weights=self._weights[len(known)], k=count)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="lanchat-search-") as folder:
        asyncio.run(measure(Path(folder), count))


async def measure(folder: Path, count: int) -> None:
    dice = random.Random(SEED)
    language = Language(dice)
    async with house_in(folder, limits=False, disk_reserve_bytes=0) as house:
        everywhere, somewhere, another = [await house.person(name) for name in ("ann", "bob", "cy")]
        rooms = [
            await house.room(everywhere if number < OWNED else another, name=f"room {number}")
            for number in range(ROOMS)
        ]
        for room in rooms[:FEW]:
            await join.join_room(house.chat, somewhere.id, room.id, None)
        for room in rooms[OWNED:]:
            await join.join_room(house.chat, everywhere.id, room.id, None)
        shares = list(accumulate([1] * FEW + [SMALL] * (ROOMS - FEW)))
        for _ in range(0, count, AT_ONCE):
            said = [
                NewMessage(room.id, dice.choice((everywhere, another)).id, language.message(), SAID_AT)
                for room in dice.choices(rooms, cum_weights=shares, k=AT_ONCE)
            ]
            await house.chat.db.write(Message.append_many, said)
        await write_index(house, count)
        for who, where in ((everywhere, f"{ROOMS} rooms"), (somewhere, f"{FEW} small rooms")):
            for kind, typed in kinds_of_query(language).items():
                await ask(house, who.id, f"{kind}, in {where}", typed)


def kinds_of_query(language: Language) -> dict[str, Callable[[], str]]:
    def sound(count: int) -> str:
        return "".join(readings(each)[0] for each in language.characters(count))

    return {
        "one character": language.character,
        "two characters": lambda: language.characters(2),
        "three characters": lambda: language.characters(3),
        "the beginning of a word": lambda: language.words(1)[:4],
        "two words": lambda: language.words(2),
        "a word and a character": lambda: f"{language.words(1)} {language.character()}",
        "an exact phrase": lambda: f'"{language.words(2)}"',
        "a word without another": lambda: f"{language.words(1)} -{language.words(1)}",
        "a sign": language.sign,
        "two initials": lambda: language.letters(2),
        "three initials": lambda: language.letters(3),
        "two syllables": lambda: sound(2),
        "three syllables": lambda: sound(3),
        "two characters of somebody": lambda: f"from:ann {language.characters(2)}",
        "links": lambda: f"has:link {language.character()}",
        "links alone": lambda: "has:link",
        "a day on which nothing was said": lambda: f"before:2025-01-01 {language.character()}",
        "nothing that was said": lambda: f"qx{language.letters(5)}zz",
        "a mistyped word": language.mistyped,
    }


async def write_index(house: House, count: int) -> None:
    before, begun, held = await pages(house), Spent.now(), list[float]()
    while (found := await house.chat.db.read(SearchState.newer, indexer.BATCH)) is not None:
        said, indexed_id = found
        made = await indexer.INDEXING.run(indexer._make, said)
        begun_writing = time.perf_counter()
        await house.chat.db.write(partial(SearchState.add, made, indexed_id=indexed_id))
        held.append((time.perf_counter() - begun_writing) * 1000)
    spent = Spent.since(begun)
    click.echo(
        f"to index a message: {spent.processor / count * 1e6:.0f} µs of the processor, "
        f"{spent.clock / count * 1e6:.0f} µs by the clock"
    )
    marks = quantiles(held, n=100)
    click.echo(f"a batch of {indexer.BATCH} holds the writer for p50 {marks[49]:.1f}, p99 {marks[98]:.1f} ms")
    sizes = "SELECT (SELECT sum(length(block)) FROM search_data), (SELECT sum(length(block)) FROM search_sound_data)"
    [(words, sounds)] = await house.sql(sizes)
    grown = await pages(house) - before
    click.echo(
        f"bytes a message: {(words + sounds) / count:.0f} ({words / count:.0f} words, {sounds / count:.0f} sounds); "
        f"the file grew by {grown / count:.0f}\n"
    )


async def pages(house: House) -> int:
    """Bytes of the file's pages that have something in them."""
    rows = [await house.sql(f"PRAGMA {name}") for name in ("page_count", "freelist_count", "page_size")]
    used, free, size = (row[0][0] for row in rows)
    return (used - free) * size


async def ask(house: House, user_id: int, name: str, typed: Callable[[], str]) -> None:
    taken, hits, unfinished, offers = list[Spent](), 0, 0, 0
    for _ in range(TIMES):
        query = SearchQuery(q=typed(), limit=20)
        begun = Spent.now()
        answer = await search(house.chat, user_id, query)
        taken.append(Spent.since(begun))
        hits += len(answer.hits)
        unfinished += len(answer.hits) < query.limit and answer.next_cursor is not None
        offers += answer.suggestion is not None
    processor, clock = ([each * 1000 for each in column] for column in zip(*taken, strict=True))
    told = [
        f"{unit} p50 {marks[9]:.1f}, p95 {marks[18]:.1f} ms"
        for unit, marks in (
            ("processor", quantiles(processor, n=20)),
            ("clock", quantiles(clock, n=20)),
        )
    ]
    more = f", {unfinished} of {TIMES} stopped at the limit of time" if unfinished else ""
    more += f", {offers} offers" if offers else ""
    click.echo(f"{name}: {'; '.join(told)}; {hits / TIMES:.1f} hits{more}")


if __name__ == "__main__":
    main()
