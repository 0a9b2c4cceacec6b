"""Owns the writing of the index, beside everything else: what is new twice a second, what is old in between."""

import asyncio
import logging
from datetime import datetime
from functools import partial

from lanchat.core.base.errors import ChatError
from lanchat.core.base.fair_turns import Apart
from lanchat.core.base.metrics import Metrics
from lanchat.core.chat import Chat, Part
from lanchat.files.schemas import stored_name
from lanchat.messages.erasing import Erasing
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.search.engines.sqlite import Entry
from lanchat.search.models import Said, SearchState, entry_of, own_words

EVERY = 0.5  # s
BATCH = 256  # messages
PAUSE = 0.05  # s between two batches of what is old, and while others write
BUSY = 32  # writes that wait: then the index waits as well
LOOK_EVERY = 20.0  # s between two looks for what was taken back
SMALL = 100_000  # messages of an index that is written anew in a second or two
NIGHT = 4  # o'clock

INDEXING = Apart("indexing", f"{BATCH} messages at a time, one batch after the other")
log = logging.getLogger(__name__)


class Indexing(Part, scope="process"):
    """How far it has come."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.indexed = 0  # messages since the start


def show_figures(chat: Chat, metrics: Metrics) -> None:
    part = chat.part(Indexing)
    metrics.counter("indexed_messages", "Messages put into the search's index.", lambda: part.indexed)


async def start(chat: Chat) -> None:
    await chat.db.write(SearchState.begin)


async def keep_indexed(chat: Chat) -> None:
    """For ever."""
    while True:
        try:
            while await _add_newer(chat):  # noqa: ASYNC110, the pause is for others
                await asyncio.sleep(PAUSE)
            await asyncio.sleep(PAUSE if await _add_older(chat) else EVERY)
        except ChatError as error:
            log.warning("the search's index could not be written, next time soon: %s", error)
            await asyncio.sleep(EVERY)


async def keep_tidy(chat: Chat) -> None:
    """What was taken back goes from the index as well: soon from a small one, at night from one that takes long."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await tidy_in_time(chat)
        except ChatError as error:
            log.warning("the search's index could not be tidied, next time soon: %s", error)


async def tidy_in_time(chat: Chat) -> None:
    state = await chat.db.read(SearchState.now)
    is_night = datetime.fromisoformat(chat.clock.now()).astimezone().hour == NIGHT
    if state.indexed_id <= SMALL or is_night:
        await tidy(chat)


async def tidy(chat: Chat) -> None:
    """In small steps: everybody else writes in between."""
    if await chat.db.read(SearchState.outlived_rooms):
        await chat.db.write(SearchState.begin_anew)
    if not (await chat.db.read(SearchState.now)).has_leftovers:
        return
    is_first = True
    while await chat.db.write(SearchState.tidy, is_first):
        is_first = False
        await asyncio.sleep(PAUSE)
    chat.part(Erasing).is_due.set()


async def _add_newer(chat: Chat) -> bool:
    """Whether there may be more."""
    found = await chat.db.read(SearchState.newer, BATCH)
    if found is None:
        return False
    said, indexed_id = found
    await _add(chat, said, indexed_id=indexed_id)
    return len(said) == BATCH


async def _add_older(chat: Chat) -> bool:
    found = await chat.db.read(SearchState.older, BATCH)
    if found is None:
        return False
    said, older_id = found
    await _add(chat, said, older_id=older_id)
    return True


async def _add(chat: Chat, found: list[Said], **places: int) -> None:
    made = await INDEXING.run(_make, found)
    while chat.db.waiting() > BUSY:  # noqa: ASYNC110, nobody tells
        await asyncio.sleep(PAUSE)
    await chat.db.write(partial(SearchState.add, made, **places))
    chat.part(Indexing).indexed += len(made)


def _make(found: list[Said]) -> list[tuple[Said, Entry]]:
    return [(said, said.entry()) for said in found]


def reindex(before: MessagePayload, after: MessagePayload) -> None:
    """In the transaction that gives a message other words, or takes it back."""
    SearchState.reword(_entry(before), None if after.is_deleted else _entry(after))


def _entry(message: MessagePayload) -> Entry:
    files = message.attachments
    if not files:
        return entry_of(message.id, message.room_id, message.content, [])
    words = own_words(message.content, stored_name(files[0].file_path))
    return entry_of(message.id, message.room_id, words, [file.filename for file in files])
