"""Owns whether a text has what was searched for, and where: the index only says which texts may."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from lanchat.core.base.pinyin import readings, syllables
from lanchat.search.folding import Folded, Kind, fold_with_places, is_han, kind

MAX_CUTS = 12  # ways to read letters as syllables
MAX_HIGHLIGHTS = 50  # in one text
Span = tuple[int, int]  # from, up to; of a folded text


@dataclass(frozen=True)
class Term:
    """Folded. `is_exact`: words as they stand, and not only their beginning."""

    text: str
    is_exact: bool = False

    def spans(self, folded: str) -> Iterator[Span]:
        at = folded.find(self.text)
        while at >= 0:
            end = at + len(self.text)
            if self._begins_well(folded, at) and (not self.is_exact or self._ends_well(folded, end)):
                yield at, end
                at = folded.find(self.text, end)
            else:
                at = folded.find(self.text, at + 1)

    def _begins_well(self, folded: str, at: int) -> bool:
        is_within = at > 0 and kind(folded[at - 1]) is Kind.WORD
        return not is_within or kind(self.text[0]) is not Kind.WORD

    def _ends_well(self, folded: str, end: int) -> bool:
        goes_on = end < len(folded) and kind(folded[end]) is Kind.WORD
        return not goes_on or kind(self.text[-1]) is not Kind.WORD

    @property
    def is_sound(self) -> bool:
        """Whether it may stand for how Chinese is read."""
        return not self.is_exact and len(self.text) > 1 and self.text.isascii() and self.text.isalpha()


def sound_spans(letters: str, folded: str) -> Iterator[Span]:
    """Where Chinese is read so: by its initials, or by its syllables, the last of which may be begun only."""
    ways = [list(letters), *cuts(letters)]
    at = 0
    while at < len(folded):
        end = (
            next((at + len(way) for way in ways if _is_read_so(folded, at, way)), None) if is_han(folded[at]) else None
        )
        if end is not None:
            yield at, end
        at = end or at + 1


def _is_read_so(folded: str, at: int, way: list[str]) -> bool:
    """Initials are syllables that are only begun: each of one letter."""
    if at + len(way) > len(folded):
        return False
    is_by_initials = all(len(part) == 1 for part in way)
    for number, part in enumerate(way):
        may_be_begun = is_by_initials or number == len(way) - 1
        found = readings(folded[at + number])
        if not any(reading.startswith(part) if may_be_begun else reading == part for reading in found):
            return False
    return True


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(each[:length] for each in syllables() for length in range(1, len(each) + 1))


def cuts(letters: str) -> list[list[str]]:
    """Every way to read letters as syllables, the last of which may be begun only; those of one letter are initials."""

    def ways(rest: str) -> Iterator[list[str]]:
        if rest in _beginnings():
            yield [rest]
        for length in range(1, min(6, len(rest) - 1) + 1):
            if rest[:length] in syllables():
                for others in ways(rest[length:]):
                    yield [rest[:length], *others]

    return list(islice(ways(letters), MAX_CUTS))


def highlights(folded: Folded, spans: list[Span], original: str) -> list[list[int]]:
    """In UTF-16 units of the original, in order, those that touch joined."""
    joined: list[list[int]] = []
    for start, end in sorted(spans)[:MAX_HIGHLIGHTS]:
        first, last = folded.places[start], folded.places[end - 1] + 1
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return [[_units(original, place) for place in span] for span in joined]


def _units(text: str, place: int) -> int:
    return place + sum(char > "\uffff" for char in text[:place])


@dataclass(frozen=True)
class Wish:
    """What a text must have, all of it, and what none of it may have."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def find(self, content: str, names: list[str]) -> list[list[int]] | None:
        """Where the content has it; None where content and file names together haven't."""
        folded = fold_with_places(content)
        folded_names = [fold_with_places(name).text for name in names]
        spans: list[Span] = []
        for term in self.terms:
            here = list(islice(term.spans(folded.text), MAX_HIGHLIGHTS))
            if not here and term.is_sound:
                here = list(islice(sound_spans(term.text, folded.text), MAX_HIGHLIGHTS))
            if not here and not any(_has(term, name) for name in folded_names):
                return None
            spans += here
        if any(_has(term, text) for term in self.without for text in (folded.text, *folded_names)):
            return None
        return highlights(folded, spans, content)


def _has(term: Term, folded: str) -> bool:
    if next(term.spans(folded), None) is not None:
        return True
    return term.is_sound and next(sound_spans(term.text, folded), None) is not None
