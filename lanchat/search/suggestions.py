"""Owns what was probably meant where nothing was found. Nothing is offered that its reader could not find."""

from collections.abc import Callable

from lanchat.core.base.pinyin import readings
from lanchat.core.storage.database import Table
from lanchat.search.engines import INDEX
from lanchat.search.folding import Kind, fold_with_places, is_han, kind
from lanchat.search.matching import Term, Wish, sound_spans
from lanchat.search.models import Candidate

SHORTEST = 4  # letters of a word that may be mistyped
LONG = 8  # letters from which on two may be wrong
MOST_TRIED = 3  # others that are looked for, for one word

Find = Callable[[Wish], Candidate | None]


def suggest(wish: Wish, find: Find) -> str | None:
    """The same words with one of them as it was probably meant; None where that isn't there either."""
    for place, term in enumerate(wish.terms):
        for other in _others(term, find):
            terms = (*wish.terms[:place], Term(other), *wish.terms[place + 1 :])
            if len(terms) == 1 or find(Wish(terms, wish.without)) is not None:
                return " ".join(each.text for each in terms)
    return None


def _others(term: Term, find: Find) -> list[str]:
    if all(map(is_han, term.text)):
        return _of_the_same_sound(term.text, find)
    if len(term.text) >= SHORTEST and all(kind(char) is Kind.WORD for char in term.text):
        return [word for word in _alike(term.text) if find(Wish((Term(word, is_exact=True),))) is not None]
    return []


def _of_the_same_sound(text: str, find: Find) -> list[str]:
    """数居 sounds like 数据."""
    letters = "".join(next(iter(readings(char)), "") for char in text)
    candidate = find(Wish((Term(letters),))) if len(letters) > 1 else None
    if candidate is None:
        return []
    folded = fold_with_places(candidate.said.content).text
    span = next((each for each in sound_spans(letters, folded) if each[1] - each[0] == len(text)), None)
    return [] if span is None else [folded[slice(*span)]]


def _alike(word: str) -> list[str]:
    """Words of the index that are one letter from it, or two if it is long; the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = INDEX.words_that_begin(Table.connection(), word[0])
    most = 2 if len(word) >= LONG else 1
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=MOST_TRIED)
    return [other for other, _, _ in found]
