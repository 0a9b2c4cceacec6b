"""Owns whether a text has what was searched for, and where: the index only says which texts may."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from lanchat.core.base.pinyin import readings, syllables
from lanchat.search.folding import Folded, Kind, fold_with_places, is_han, kind

MAX_CUTS = 24  # ways to read letters as syllables
LONGEST_SYLLABLE = 6  # letters
MOST_LETTERS = 64  # of a word that may be Chinese as it is read
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
        text = self.text
        return not self.is_exact and 1 < len(text) <= MOST_LETTERS and text.isascii() and text.isalpha()


def sound_spans(letters: str, folded: str) -> Iterator[Span]:
    """Where Chinese is read so: by its initials, or by its syllables, the last of which may be begun only."""
    at = 0
    while at < len(folded):
        end = None
        if is_han(folded[at]):
            end = _end_by_initials(letters, folded, at) or _end_by_syllables(letters, folded, at)
            if end is not None:
                yield at, end
        at = end or at + 1


def _end_by_initials(letters: str, folded: str, at: int) -> int | None:
    end = at + len(letters)
    read = zip(letters, folded[at:end], strict=False)
    is_read = all(any(reading[0] == letter for reading in readings(char)) for letter, char in read)
    return end if is_read and end <= len(folded) else None


def _end_by_syllables(letters: str, folded: str, at: int) -> int | None:
    """However they are cut: `reached` is how many of the letters the characters so far may stand for."""
    reached = {0}
    while reached and at < len(folded):
        syllables_here, here, reached = readings(folded[at]), reached, set[int]()
        at += 1
        for start in here:
            rest = letters[start:]
            if any(syllable.startswith(rest) for syllable in syllables_here):
                return at
            reached |= {start + len(syllable) for syllable in syllables_here if rest.startswith(syllable)}
    return None


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(each[:length] for each in syllables() for length in range(1, len(each) + 1))


@lru_cache(maxsize=256)
def cuts(letters: str) -> list[list[str]]:
    """The ways to read letters as syllables, the last of which may be begun only; those of the fewest come first."""
    best: list[list[list[str]]] = [[] for _ in letters]  # of what begins there, found from the end on
    for at in range(len(letters) - 1, -1, -1):
        rest = letters[at:]
        ways = [[rest]] if rest in _beginnings() else []
        for length in range(1, min(LONGEST_SYLLABLE, len(rest) - 1) + 1):
            if rest[:length] in syllables():
                ways += [[rest[:length], *others] for others in best[at + length]]
        best[at] = sorted(ways, key=len)[:MAX_CUTS]
    return best[0] if best else []


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

    def named(self, names: list[str]) -> list[int]:
        """Which of the names have any of it."""
        folded = [fold_with_places(name).text for name in names]
        return [place for place, name in enumerate(folded) if any(_has(term, name) for term in self.terms)]


def _has(term: Term, folded: str) -> bool:
    if next(term.spans(folded), None) is not None:
        return True
    return term.is_sound and next(sound_spans(term.text, folded), None) is not None
