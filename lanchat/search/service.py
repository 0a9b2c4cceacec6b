"""Finding messages: what was meant, which the index knows of, and which of them have it."""

import math
import time
from collections.abc import Iterable
from itertools import islice, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lanchat.accounts.errors import Forbidden
from lanchat.accounts.models import User
from lanchat.core.base.answer_size import Space
from lanchat.core.base.lists import cursor_after
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.text_rules import name_key
from lanchat.core.chat import Chat
from lanchat.messages.models.payload import read_message
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models.companions import names_to
from lanchat.rooms.permissions import Action
from lanchat.search import suggestions
from lanchat.search.engines import INDEX
from lanchat.search.errors import EmptyQuery
from lanchat.search.matching import Term, Wish, cuts
from lanchat.search.models import Candidate, Look, SearchState, Wanted, find_people, oldest_indexed, rooms_of
from lanchat.search.query import Query, read_query, take_filter
from lanchat.search.schemas import FoundRoom, Hit, HitsPayload, IndexPayload, SearchQuery
from lanchat.search.tokens import room_token, wanted, wanted_sounds

SEARCHES = Rate("searches", 20, 10, of_address=200)  # of a user
BUDGET = 0.040  # s that one page may take to look
MOST_ROWS = 5000  # that are compared for one page
SORTED = 200  # hits among which the best are chosen
FEW_ROOMS = 64  # that are asked for in the index itself
LAST = 2**62


async def search(chat: Chat, user_id: int, asked: SearchQuery) -> HitsPayload:
    """A page of what somebody may read. Raises EmptyQuery, RoomNotFound or NotAMember."""
    chat.limits.hit(SEARCHES, user_id)
    query = _query(asked)
    if query.is_empty:
        raise EmptyQuery
    now = chat.clock.now()

    def find() -> HitsPayload:
        began = time.monotonic()
        if asked.room_id is not None:
            authorise(user_id, Action.READ, asked.room_id, now)
        found = _find(user_id, query, asked)
        nothing = not found.hits and found.next_cursor is None and asked.cursor is None and not asked.names
        suggestion = suggestions.suggest(query.wish, lambda wish: _is_there(user_id, query, wish)) if nothing else None
        return HitsPayload(
            hits=_named(user_id, found.hits, now),
            next_cursor=found.next_cursor,
            suggestion=suggestion,
            took_ms=round((time.monotonic() - began) * 1000),
            complete_from=oldest_indexed(SearchState.now()),
        )

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


async def show_index(chat: Chat, user_id: int) -> IndexPayload:
    """Raises Forbidden for all but administrators."""

    def look() -> IndexPayload:
        if not User.is_administrator(user_id):
            raise Forbidden
        state = SearchState.now()
        left = max(0, state.older_id) / max(1, state.indexed_id)
        return IndexPayload(percent=math.floor(100 * (1 - left)), complete_from=oldest_indexed(state))

    return await chat.db.read(look)


def _query(asked: SearchQuery) -> Query:
    """Filters of their own win over those among the words."""
    zone = ZoneInfo(asked.tz)
    query = read_query(asked.q, zone)
    for name, value in (("from", asked.from_), ("before", asked.before), ("after", asked.after), ("has", asked.has)):
        if value is not None:
            take_filter(query, name, value, zone)
    if asked.names and "file" not in query.has:
        query.has.append("file")
    return query


class Found(NamedTuple):
    hits: list[Hit]
    next_cursor: str | None


def _find(user_id: int, query: Query, asked: SearchQuery) -> Found:
    wanted = _wanted(user_id, query, asked.room_id)
    if asked.sort == "best":
        newest = islice(_hits(Look(wanted, LAST, BUDGET), query.wish, by_names=asked.names), SORTED)
        best = sorted(newest, key=lambda hit: _rank(hit, user_id, query.wish))
        start = asked.number_after(0)
        shown = _fitting(best[start : start + asked.limit])
        end = start + len(shown)
        return Found(shown, cursor_after([end]) if end < len(best) else None)
    look = Look(wanted, asked.number_after(LAST), BUDGET)
    found = list(islice(_hits(look, query.wish, by_names=asked.names), asked.limit + 1))
    shown = _fitting(found[: asked.limit])
    if len(shown) < len(found):
        return Found(shown, cursor_after([shown[-1].message.id]))
    return Found(shown, None if look.is_over else cursor_after([look.seen_id]))


def _fitting(hits: list[Hit]) -> list[Hit]:
    """As many as an answer takes."""
    space = Space()
    return list(takewhile(lambda hit: space.takes(hit.message.content, len(hit.message.attachments)), hits))


def _rank(hit: Hit, user_id: int, wish: Wish) -> tuple[bool, bool, bool, bool, int]:
    """What has it word for word comes first, then my own and what is pinned, then the newest."""
    typed = [Term(term.text, is_exact=True) for term in wish.terms]
    phrase = (Term(" ".join(term.text for term in typed), is_exact=True),) if typed else ()
    content = hit.message.content
    return (
        Wish(phrase).find(content, []) is None,
        Wish(tuple(typed)).find(content, []) is None,
        hit.message.user_id != user_id,
        hit.message.pinned_at is None,
        -hit.message.id,
    )


def _hits(look: Look, wish: Wish, *, by_names: bool) -> Iterable[Hit]:
    for candidate in islice(look, MOST_ROWS):
        content, names = candidate.said.words()
        highlights = wish.find("" if by_names else content, names)
        if highlights is not None:
            yield _hit(candidate, highlights, wish.named(names))


def _named(user_id: int, hits: list[Hit], now: str) -> list[Hit]:
    """Direct rooms by who is in them: they have no name of their own."""
    direct = sorted({hit.room.id for hit in hits if hit.room.kind == "direct"})
    names = names_to(user_id, direct, now) if direct else {}
    return [
        hit.model_copy(update={"room": hit.room.model_copy(update={"name": names.get(hit.room.id, hit.room.name)})})
        for hit in hits
    ]


def _hit(candidate: Candidate, highlights: list[list[int]], files: list[int]) -> Hit:
    room_id, name, kind = candidate.room
    room = FoundRoom(id=room_id, name=name or "", kind=kind)
    return Hit(message=read_message(candidate.columns), room=room, highlights=highlights, files=files)


def _is_there(user_id: int, query: Query, wish: Wish) -> Candidate | None:
    """One that somebody would find with other words."""
    look = Look(_wanted(user_id, query, None, wish), LAST, BUDGET)
    return next((one for one in islice(look, MOST_ROWS) if wish.find(*one.said.words()) is not None), None)


def _wanted(user_id: int, query: Query, room_id: int | None, wish: Wish | None = None) -> Wanted:
    mine = rooms_of(user_id)
    rooms = _asked_rooms(query, mine, room_id)
    among = rooms if rooms is not None else list(mine)
    tokens = [room_token(each) for each in among] if len(among) <= FEW_ROOMS else []
    terms = (wish or query.wish).terms
    by_words = INDEX.expression([each for term in terms for each in wanted(term.text)], tokens) if terms else None
    return Wanted(
        user_id=user_id,
        by_words=by_words,
        by_sounds=_by_sounds(terms),
        authors=_asked_people(query),
        rooms=rooms,
        before=query.before,
        after=query.after,
        has=query.has,
    )


def _by_sounds(terms: tuple[Term, ...]) -> str | None:
    """Messages in which at least one of the terms is a sound: that they have the others is seen in the text."""
    ways = [
        INDEX.expression(way) for term in terms if term.is_sound for way in wanted_sounds(term.text, cuts(term.text))
    ]
    return INDEX.any_of(ways) if ways else None


def _asked_rooms(query: Query, mine: dict[int, str], room_id: int | None) -> list[int] | None:
    """None for all of mine."""
    if room_id is not None:
        return [room_id]
    if not query.rooms:
        return None
    keys = {name_key(name) for name in query.rooms}
    return [each for each, name in mine.items() if name_key(name) in keys]


def _asked_people(query: Query) -> list[int] | None:
    return find_people({name_key(name) for name in query.authors}) if query.authors else None
