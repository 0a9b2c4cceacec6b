"""The index beside the messages: what comes into it, what leaves it, and what a program that died leaves of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lanchat.accounts.errors import Forbidden
from lanchat.core.base.clock import Clock, iso
from lanchat.messages.schemas.incoming import Draft, EditDraft
from lanchat.messages.service.edits import edit_message
from lanchat.messages.service.recall import recall_message
from lanchat.messages.service.send import send_message
from lanchat.rooms.service import change
from lanchat.search import indexer, service
from lanchat.search.models import SearchState
from lanchat.search.schemas import SearchQuery
from lanchat.search.service import search, show_index
from tests.unit.recording import House, house_in

SECRET = "thewordthatnobodysaid"


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A busy machine takes longer than a page may, which is for a test of its own."""
    monkeypatch.setattr(service, "BUDGET", 60.0)
    async with house_in(tmp_path, limits=False) as house:
        yield house


async def say(house: House, author_id: int, room_id: int, *texts: str) -> list[int]:
    drafts = [Draft(room_id=room_id, content=text) for text in texts]
    return [(await send_message(house.chat, author_id, draft)).payload.id for draft in drafts]


async def index(house: House) -> None:
    """All of it, at once."""
    while await indexer._add_newer(house.chat) or await indexer._add_older(house.chat):
        pass


async def found(house: House, user_id: int, q: str) -> list[str]:
    return [hit.message.content for hit in (await search(house.chat, user_id, SearchQuery(q=q))).hits]


async def stored(house: House) -> list[str]:
    """The words of the index, without the rooms."""
    return [term for (term,) in await house.sql("SELECT term FROM search_word WHERE term NOT LIKE 'zzr%'")]


async def test_what_was_said_before_the_index_is_found_as_it_comes_in(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    await say(house, ann.id, room.id, *(f"older {number}" for number in range(600)))
    await house.chat.db.write(SearchState.begin_anew)
    answer = await search(house.chat, ann.id, SearchQuery(q="older"))
    assert answer.hits == []
    assert answer.complete_from is None, "nothing was said since"
    with pytest.raises(Forbidden):
        await show_index(house.chat, ann.id)
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ? RETURNING id", ann.id)
    assert (await show_index(house.chat, ann.id)).percent == 0
    await indexer._add_older(house.chat)
    assert (await show_index(house.chat, ann.id)).percent == 42, "256 of 600 and a few lines"
    answer = await search(house.chat, ann.id, SearchQuery(q="older", limit=100))
    assert len(answer.hits) == 100
    assert answer.complete_from is not None
    await index(house)
    assert (await show_index(house.chat, ann.id)).model_dump() == {"percent": 100, "complete_from": None}
    assert (await search(house.chat, ann.id, SearchQuery(q="older"))).complete_from is None
    assert await found(house, ann.id, "older 0") == ["older 0"]


async def test_an_edit_takes_the_old_words_out_and_puts_the_new_ones_in(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    [message_id] = await say(house, ann.id, room.id, "the red door")
    await index(house)
    await edit_message(house.chat, ann.id, room.id, message_id, EditDraft(content="the blue 数据"))
    assert await found(house, ann.id, "red") == []
    assert await found(house, ann.id, "blue") == await found(house, ann.id, "sj") == ["the blue 数据"]
    assert not {"red", "door"} & set(await stored(house))


async def test_what_changes_while_it_is_read_is_indexed_as_it_is_now(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    first, second = await say(house, ann.id, room.id, "the red door", "the green door")
    said, indexed_id = await house.chat.db.read(SearchState.newer, 100)
    made = indexer._make(said)
    await edit_message(house.chat, ann.id, room.id, first, EditDraft(content="the blue door"))
    await recall_message(house.chat, ann.id, room.id, second)
    await house.chat.db.write(lambda: SearchState.add(made, indexed_id=indexed_id))
    assert not {"red", "green"} & set(await stored(house))
    assert await found(house, ann.id, "blue") == ["the blue door"]


async def test_nothing_of_a_recalled_word_is_left_in_the_file(house: House, tmp_path: Path):
    ann = await house.person("ann")
    room = await house.room(ann)
    await say(house, ann.id, room.id, *(f"filler {number} 数据库" for number in range(300)))
    [message_id] = await say(house, ann.id, room.id, SECRET)
    await index(house)
    await house.chat.db.forget_former()
    assert holds(tmp_path, SECRET)
    await recall_message(house.chat, ann.id, room.id, message_id)
    await indexer.tidy(house.chat)
    await house.chat.db.forget_former()
    assert not holds(tmp_path, SECRET)
    assert len(await found(house, ann.id, "filler")) == 50
    assert not (await house.chat.db.read(SearchState.now)).has_leftovers


class AtHour(Clock):
    """That moment of some day, where we are."""

    hour = 12

    def now(self) -> str:
        return iso(datetime(2026, 3, 4, self.hour, 30).astimezone(UTC))


async def test_a_large_index_is_rid_of_a_recalled_word_by_the_next_morning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(indexer, "SMALL", 100)
    clock = AtHour()
    async with house_in(tmp_path, clock, limits=False) as house:
        ann = await house.person("ann")
        room = await house.room(ann)
        await say(house, ann.id, room.id, *(f"filler {number}" for number in range(150)))
        [message_id] = await say(house, ann.id, room.id, SECRET)
        await index(house)
        await recall_message(house.chat, ann.id, room.id, message_id)
        assert await found(house, ann.id, SECRET) == []
        for hour, is_there in ((12, True), (3, True), (4, False)):
            clock.hour = hour
            await indexer.tidy_in_time(house.chat)
            await house.chat.db.forget_former()
            assert holds(tmp_path, SECRET) == is_there, hour


async def test_nothing_of_a_room_that_is_gone_is_left_in_the_file(house: House, tmp_path: Path):
    ann = await house.person("ann")
    room, other = await house.room(ann), await house.room(ann, name="another")
    await say(house, ann.id, room.id, SECRET)
    await say(house, ann.id, other.id, "something else")
    await index(house)
    await change.delete_room(house.chat, ann.id, room.id)
    await indexer.tidy(house.chat)
    await house.chat.db.forget_former()
    assert not holds(tmp_path, SECRET)
    await index(house)
    assert await found(house, ann.id, "something") == ["something else"]


async def test_other_tokens_than_today_s_are_made_anew(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    await say(house, ann.id, room.id, "said long ago")
    await index(house)
    await house.sql("UPDATE search_state SET tokens_version = 0 RETURNING id")
    await indexer.start(house.chat)
    assert await stored(house) == []
    await index(house)
    assert await found(house, ann.id, "long") == ["said long ago"]


async def test_a_page_that_takes_too_long_ends_and_the_next_goes_on(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await house.person("ann")
    room = await house.room(ann)
    await say(house, ann.id, room.id, "the blue door", *(f"door {number} is blue" for number in range(60)))
    await index(house)
    for name, most in (("MOST_ROWS", 10), ("BUDGET", 0.0)):
        with monkeypatch.context() as limited:
            limited.setattr(service, name, most)
            sizes, cursor = list[int](), None
            while not sizes or cursor is not None:
                answer = await search(house.chat, ann.id, SearchQuery(q='"blue door"', cursor=cursor))
                sizes.append(len(answer.hits))
                cursor = answer.next_cursor
        assert sum(sizes) == 1, name
        assert len(sizes) > 4, name
        assert sizes[0] == 0, name


async def test_in_many_rooms_the_same_is_found_as_in_few(house: House, monkeypatch: pytest.MonkeyPatch):
    ann, eve = await house.person("ann"), await house.person("eve")
    rooms = [await house.room(ann, name=f"room {number}") for number in range(3)]
    for number, room in enumerate(rooms):
        await say(house, ann.id, room.id, f"lathe {number}", f"车床 {number}")
    await say(house, eve.id, (await house.room(eve, name="hers")).id, "lathe of eve", "车床 of eve")
    await index(house)
    for most in (64, 2):
        monkeypatch.setattr(service, "FEW_ROOMS", most)
        assert await found(house, ann.id, "lathe") == ["lathe 2", "lathe 1", "lathe 0"]
        assert await found(house, ann.id, "che") == await found(house, ann.id, "车床") == ["车床 2", "车床 1", "车床 0"]
        assert await found(house, eve.id, "lathe") == ["lathe of eve"]


def holds(folder: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in folder.rglob("lanchat.db*") if path.suffix != ".lock")
