"""Owns what somebody means by what they type into the search: words, "phrases", -exclusions, and filters."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from lanchat.core.base.moments import iso
from lanchat.search.folding import Kind, fold, kind
from lanchat.search.matching import Term, Wish

Has = Literal["file", "image", "link"]
MAX_TERMS = 12
_PART = re.compile(
    r"""(?P<without>-)?(?:(?P<filter>[A-Za-z]+)[:：](?:"(?P<quoted>[^"]*)"|(?P<value>\S+))
    |["“](?P<phrase>[^"“”]*)["”]|(?P<word>\S+))""",
    re.VERBOSE,
)
_HAS: dict[str, Has] = {"file": "file", "image": "image", "link": "link"}


@dataclass
class Query:
    """`before` and `after` are moments, ISO 8601 in UTC; names are as typed, for the database to find."""

    wish: Wish = field(default_factory=Wish)
    authors: list[str] = field(default_factory=list[str])
    rooms: list[str] = field(default_factory=list[str])
    before: str | None = None
    after: str | None = None
    has: list[Has] = field(default_factory=list[Has])

    @property
    def is_empty(self) -> bool:
        """Exclusions alone are nothing to search for."""
        filters = (self.authors, self.rooms, self.before, self.after, self.has)
        return not self.wish.terms and not any(filters)


def read_query(text: str, zone: ZoneInfo) -> Query:
    """A filter that isn't one is a word like any other."""
    query, terms, without = Query(), [], []
    for part in _PART.finditer(text):
        value = part["quoted"] if part["quoted"] is not None else part["value"]
        if part["filter"] is not None and not part["without"] and take_filter(query, part["filter"], value, zone):
            continue
        is_phrase = part["phrase"] is not None
        words = part["phrase"] if is_phrase else part[0].removeprefix("-") if part["without"] else part[0]
        folded = " ".join(fold(words).split())
        if any(kind(char) is not Kind.BETWEEN for char in folded):
            (without if part["without"] else terms).append(Term(folded, is_exact=is_phrase))
    query.wish = Wish(tuple(terms[:MAX_TERMS]), tuple(without[:MAX_TERMS]))
    return query


def take_filter(query: Query, name: str, value: str, zone: ZoneInfo) -> bool:
    """Whether it is one."""
    match name.lower():
        case "from" if value:
            query.authors.append(value)
        case "in" if value:
            query.rooms.append(value)
        case "has" if value.lower() in _HAS:
            query.has.append(_HAS[value.lower()])
        case "before" | "after" as which:
            moment = start_of_day(value, zone)
            if moment is None:
                return False
            setattr(query, which, moment)
        case _:
            return False
    return True


def start_of_day(day: str, zone: ZoneInfo) -> str | None:
    """Of `2026-11-01` there; None for what is no day."""
    try:
        return iso(datetime.combine(date.fromisoformat(day), time(), zone).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
