"""Two thousand searches against a scan that knows nothing of an index: nothing missing, nothing of others' rooms."""

import random
import re
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.core.base.pinyin import readings
from lanchat.messages.models.messages import Message, NewMessage
from lanchat.messages.schemas.incoming import EditDraft
from lanchat.messages.service.edits import edit_message
from lanchat.messages.service.recall import recall_message
from lanchat.rooms.service import join, members
from lanchat.search import indexer
from lanchat.search.schemas import HitsPayload, SearchQuery
from lanchat.search.service import search
from tests.unit.recording import House, house_in

SEED = 11
MESSAGES, QUERIES = 700, 2000
SAID_AT = "2026-01-01T00:00:00.000000Z"
CHINESE = (
    *("数据库", "银行", "行走", "重庆", "重要", "音乐", "快乐", "会议室", "会计", "明天见", "第三节课", "图书馆"),
    *("请假条", "打印机", "没有", "沉没", "长江", "校长", "睡觉", "觉得", "还书", "还有", "工坊", "下午三点"),
)
LATIN = (
    *("database", "data", "kick-off", "project", "Café", "naïve", "C++", "C#", "page", "pages", "lunch", "Lunchbox"),
    *("see", "you", "tomorrow", "to", "gym", "GYM42", "Straße", "проект", "Ёлка", "don't", "v2", "2026"),
)
SIGNS = ("😀", "👍🏽", "❤️", "👨‍👩‍👧", "№", "→", "€", "!!", "...", "，", "\n")
PAUSES = ("", " ", "，", "-", "/")


class Said(NamedTuple):
    id: int
    room_id: int
    text: str


class Scene(NamedTuple):
    house: House
    everywhere: RegisteredPayload
    some: RegisteredPayload
    gone: RegisteredPayload
    """Was in every room, and left or was shown out of all but one."""
    rooms: list[int]
    said: list[Said]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    dice = random.Random(SEED)
    async with house_in(tmp_path, limits=False) as house:
        ann, bob, cleo = [await house.person(name) for name in ("ann", "bob", "cleo")]
        rooms = [(await house.room(ann, cleo, name=f"room {number}")).id for number in range(6)]
        for room_id in rooms[:2]:
            await join.join_room(house.chat, bob.id, room_id, None)
        rows = [NewMessage(dice.choice(rooms), ann.id, text(dice), SAID_AT) for _ in range(MESSAGES)]
        await house.chat.db.write(Message.append_many, rows)
        await index(house)
        await change_some(house, dice, ann)
        for room_id in rooms[1:3]:
            await join.leave_room(house.chat, cleo.id, room_id)
        for room_id in rooms[3:]:
            await members.remove_member(house.chat, ann.id, room_id, cleo.id)
        await house.chat.db.write(Message.append_many, [NewMessage(rooms[0], ann.id, text(dice), SAID_AT)] * 20)
        found = await house.sql(
            "SELECT id, room_id, content FROM message WHERE deleted_at IS NULL AND message_type <> 'system'"
        )
        yield Scene(house, ann, bob, cleo, rooms, [Said._make(row) for row in found])


async def index(house: House) -> None:
    while await indexer._add_newer(house.chat):
        pass


async def change_some(house: House, dice: random.Random, author: RegisteredPayload) -> None:
    """After they were indexed: some say other things, others nothing any more."""
    rows = await house.sql("SELECT id, room_id FROM message WHERE message_type <> 'system'")
    for message_id, room_id in dice.sample(rows, 80):
        if dice.random() < 0.5:
            draft = EditDraft(content=text(dice))
            await edit_message(house.chat, author.id, room_id, message_id, draft)
        else:
            await recall_message(house.chat, author.id, room_id, message_id)


def text(dice: random.Random) -> str:
    pieces = [dice.choice(dice.choice((CHINESE, CHINESE, LATIN, LATIN, SIGNS))) for _ in range(dice.randint(1, 9))]
    return "".join(piece + dice.choice(PAUSES) for piece in pieces).strip() or "ok"


# -- what is looked for, and what a scan says to it


@cache
def plain(words: str) -> str:
    """As somebody would compare it by hand: no accents, no case, no marks that join emoji."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", words).casefold())
    return "".join(char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"})


def is_letter(char: str) -> bool:
    return char.isalnum() and not is_chinese(char)


def is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def has_words(words: str, sought: str) -> bool:
    """From the start of a word, where it begins with a letter."""
    places = (found.start() for found in re.finditer(f"(?={re.escape(sought)})", words))
    return any(not (at and is_letter(sought[0]) and is_letter(words[at - 1])) for at in places)


@cache
def has_sounds(words: str, letters: str) -> bool:
    return any(reads(words[at:], letters, "") or is_initials(words[at:], letters) for at in range(len(words)))


def is_initials(words: str, letters: str) -> bool:
    begun = words[: len(letters)]
    return len(begun) == len(letters) and all(
        is_chinese(char) and any(reading[0] == letter for reading in readings(char))
        for char, letter in zip(begun, letters, strict=True)
    )


def reads(words: str, letters: str, read: str) -> bool:
    """Whole syllables, the last of which may be begun."""
    if not letters:
        return bool(read)
    if not words or not is_chinese(words[0]):
        return False
    return any(
        reading.startswith(letters)
        or (letters.startswith(reading) and reads(words[1:], letters[len(reading) :], read + reading))
        for reading in readings(words[0])
    )


def asked(dice: random.Random, said: list[Said]) -> str:
    """A part of something that somebody said, or of what nobody did."""
    ways: list[Callable[[], str]] = [
        lambda: dice.choice(CHINESE)[: dice.randint(1, 3)],
        lambda: part_of(
            dice, [char for one in islice(dice.sample(said, 5), 5) for char in one.text if is_chinese(char)]
        ),
        lambda: plain(dice.choice(LATIN))[: dice.randint(2, 6)],
        lambda: dice.choice(LATIN),
        lambda: dice.choice(SIGNS[:7]),
        lambda: "".join(readings(char)[0] for char in dice.choice(CHINESE))[: dice.randint(2, 9)],
        lambda: "".join(dice.choice(readings(char))[0] for char in dice.choice(CHINESE)),
        lambda: f"{dice.choice(CHINESE)[:2]} {plain(dice.choice(LATIN))[:3]}",
        lambda: "".join(dice.choices("abdehjlmqsxyz", k=dice.randint(2, 4))),
    ]
    return dice.choice(ways)().strip() or "ok"


def part_of(dice: random.Random, chars: list[str]) -> str:
    at = dice.randrange(max(1, len(chars) - 2))
    return "".join(chars[at : at + dice.randint(1, 3)])


def scan(said: Iterable[Said], query: str) -> set[int]:
    return {one.id for one in said if all(has(plain(one.text), term) for term in plain(query).split())}


def has(words: str, term: str) -> bool:
    if has_words(words, term):
        return True
    return len(term) > 1 and term.isascii() and term.isalpha() and has_sounds(words, term)


async def all_hits(scene: Scene, user_id: int, query: str) -> HitsPayload:
    pages = await search(scene.house.chat, user_id, SearchQuery(q=query, limit=100))
    while pages.next_cursor is not None:
        more = await search(scene.house.chat, user_id, SearchQuery(q=query, limit=100, cursor=pages.next_cursor))
        pages = more.model_copy(update={"hits": [*pages.hits, *more.hits]})
    return pages


@pytest.mark.timeout(180)
async def test_two_thousand_searches_find_what_a_scan_finds(scene: Scene):
    dice = random.Random(SEED)
    may_read = {
        scene.everywhere.id: set(scene.rooms),
        scene.some.id: set(scene.rooms[:2]),
        scene.gone.id: {scene.rooms[0]},
    }
    found = missed = 0
    for number in range(QUERIES):
        query = asked(dice, scene.said)
        user_id, rooms = dice.choice(list(may_read.items()))
        hits = (await all_hits(scene, user_id, query)).hits
        assert {hit.room.id for hit in hits} <= rooms, f"{number}: {query!r}"
        expected = scan((one for one in scene.said if one.room_id in rooms), query)
        assert [hit.message.id for hit in hits] == sorted(expected, reverse=True), f"{number}: {query!r}"
        found, missed = found + bool(expected), missed + (not expected)
    assert min(found, missed) > QUERIES / 20, "of both kinds, that of which there is something, and that of which not"
