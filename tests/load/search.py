"""Measures the search of a host with many messages: its index' size, what writing it costs, and each kind of query.

python -m tests.load.search [MESSAGES]   in this process, in a folder of its own; 1,000,000 take about ten minutes.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from statistics import quantiles

import click

from lanchat.core.base.pinyin import readings
from lanchat.messages.models.messages import Message, NewMessage
from lanchat.rooms.service import join
from lanchat.search import indexer
from lanchat.search.schemas import SearchQuery
from lanchat.search.service import search
from tests.unit.recording import House, house_in

ROOMS, FEW = 300, 5
TIMES = 100  # each kind of query is asked
AT_ONCE = 5000  # messages written together
SEED = 1
SAID_AT = "2026-01-01T00:00:00.000000Z"


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
        return f"{self.characters(12)} {self.words(3)}"

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
        everywhere, somewhere = await house.person("ann"), await house.person("bob")
        rooms = [await house.room(everywhere, name=f"room {number}") for number in range(ROOMS)]
        for room in rooms[:FEW]:
            await join.join_room(house.chat, somewhere.id, room.id, None)
        for _ in range(0, count, AT_ONCE):
            said = [
                NewMessage(dice.choice(rooms).id, everywhere.id, language.message(), SAID_AT) for _ in range(AT_ONCE)
            ]
            await house.chat.db.write(Message.append_many, said)
        await write_index(house, count)
        kinds: dict[str, Callable[[], str]] = {
            "one character": language.character,
            "two characters": lambda: language.characters(2),
            "three characters": lambda: language.characters(3),
            "the beginning of a word": lambda: language.words(1)[:4],
            "two words": lambda: language.words(2),
            "three initials": lambda: language.letters(3),
            "two syllables": lambda: "".join(readings(each)[0] for each in language.characters(2)),
            "nothing that was said": lambda: f"qx{language.letters(5)}zz",
        }
        for who, where in ((everywhere, f"{ROOMS} rooms"), (somewhere, f"{FEW} rooms")):
            for kind, typed in kinds.items():
                await ask(house, who.id, f"{kind}, in {where}", typed)


async def write_index(house: House, count: int) -> None:
    begun = time.process_time()
    while await indexer._add_newer(house.chat):
        pass
    click.echo(f"{(time.process_time() - begun) / count * 1e6:.0f} µs of the processor a message to index")
    sizes = "SELECT (SELECT sum(length(block)) FROM search_data), (SELECT sum(length(block)) FROM search_sound_data)"
    [(words, sounds)] = await house.sql(sizes)
    click.echo(f"{words / count:.0f} + {sounds / count:.0f} bytes a message: words, sounds\n")


async def ask(house: House, user_id: int, name: str, typed: Callable[[], str]) -> None:
    """In ms of the processor: the machine may be busy."""
    taken, hits = list[float](), 0
    for _ in range(TIMES):
        query = SearchQuery(q=typed(), limit=20)
        begun = time.process_time()
        hits += len((await search(house.chat, user_id, query)).hits)
        taken.append((time.process_time() - begun) * 1000)
    marks = quantiles(taken, n=20)
    click.echo(f"{name}: p50 {marks[9]:.1f}, p95 {marks[18]:.1f} ms; {hits / TIMES:.1f} hits")


if __name__ == "__main__":
    main()
