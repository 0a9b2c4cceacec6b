"""Fills an empty data folder with a made-up school week, to try out and measure LanChat at full size."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import orjson

from lanchat.accounts.models import User
from lanchat.config import Settings
from lanchat.core.base.clock import iso
from lanchat.core.base.private_file import write_private
from lanchat.core.security.passwords import hash_password
from lanchat.core.storage.database import database
from lanchat.core.storage.engines import ENGINE
from lanchat.core.storage.migrator import migrate
from lanchat.messages.models import Message, NewMessage
from lanchat.rooms.models import Membership, Room
from lanchat.rooms.schemas.incoming import RoomDraft

PASSWORD = "lanchat1"  # noqa: S105, of every made-up account
CHUNK = 20_000  # messages in one transaction
CLASS_SIZE = 25
WEEK = timedelta(days=7)
LOBBY_SHARE = 0.4  # of all messages
LABELLED = 200  # one in so many messages is known by what finds it
LABELS = "searches.json"  # in the data folder

WORDS = (
    *("homework", "lunch", "see you", "thanks!", "where is", "the gym", "tomorrow", "C++", "maybe", "page 42", "ok"),
    *("作业", "明天见", "谢谢", "食堂", "老师说", "图书馆", "篮球", "第三节课", "可以", "哈哈哈", "考试", "在哪里"),
    *("😀", "👍", "https://example.org/timetable"),
)

# What somebody types, and what was said that it must find; none of it stands in `WORDS`.
SEARCHES = {
    "observatory": "the observatory opens at nine",
    "telesc": "bring the telescope, please",
    '"blue umbrella"': "whose blue umbrella is this?",
    "天文馆": "周五我们去天文馆参观",
    "雨伞": "谁的蓝色雨伞忘在教室了",
    "yusan": "谁的蓝色雨伞忘在教室了",
    "kangaroo 袋鼠": "a kangaroo is called 袋鼠 here",
}


def seed(settings: Settings, people: int, messages: int, progress: Callable[[int], None]) -> None:
    """Add `people` accounts, their class rooms and `messages` messages; `progress` hears of each chunk.

    No server may be running on the folder. Raises UsernameTaken where it was seeded before.
    """
    migrate(settings.database_path)
    handle = ENGINE.handle_of(settings.database_path)
    database.initialize(handle)
    dice = random.Random(people)  # noqa: S311, the same week every time
    with handle:
        rooms = _people_in_rooms(people)
    with handle.connection_context():
        for chunk in _chunks(_chatter(rooms, messages, dice)):
            with handle.atomic():
                Message.append_many(chunk)
            progress(len(chunk))
        write_private(settings.data_dir / LABELS, orjson.dumps(_labels(), option=orjson.OPT_INDENT_2))


def _labels() -> list[dict[str, object]]:
    """For each search, what it finds: pairs of a room's id and the `seq` of a message in it."""
    return [{"q": q, "finds": Message.places_of(text)} for q, text in SEARCHES.items()]


def _people_in_rooms(people: int) -> dict[int, list[int]]:
    """Room id -> ids of its members: everybody in the lobby, and a room for every class."""
    now = iso(datetime.now(UTC) - WEEK)
    password_hash = hash_password(PASSWORD)
    lobby = Room.ensure_lobby(now)
    ids = [User.add_made_up(f"pupil_{number:03}", password_hash, now) for number in range(1, people + 1)]
    rooms = {lobby: ids}
    for start in range(0, people, CLASS_SIZE):
        pupils = ids[start : start + CLASS_SIZE]
        name = f"Class {start // CLASS_SIZE + 1} / {start // CLASS_SIZE + 1} 班"
        rooms[Membership.found(pupils[0], RoomDraft(name=name), None, now).id] = pupils
    for room_id, members in rooms.items():
        for user_id in members:
            Membership.add(user_id, room_id, now)
    return rooms


def _chatter(rooms: dict[int, list[int]], messages: int, dice: random.Random) -> Iterator[NewMessage]:
    """Messages in the order of their time, evenly over the week that ends now."""
    lobby, *classes = rooms
    start, step = datetime.now(UTC) - WEEK, WEEK / max(1, messages)
    for number in range(messages):
        room_id = lobby if not classes or dice.random() < LOBBY_SHARE else dice.choice(classes)
        content = " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))
        if number % LABELLED == 0:
            content = dice.choice(list(SEARCHES.values()))
        yield NewMessage(room_id, dice.choice(rooms[room_id]), content, iso(start + number * step))


def _chunks(messages: Iterator[NewMessage]) -> Iterator[list[NewMessage]]:
    chunk: list[NewMessage] = []
    for message in messages:
        chunk.append(message)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
