"""Owns what is indexed of a text, for whichever database keeps the index: pairs of characters, words, and sounds.

A token is made of letters and digits that every tokenizer takes for a word: whatever else it stands for is spelled in
hexadecimal digits, character by character, so that the beginning of one is the beginning of the other.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise, product
from typing import NamedTuple

from lanchat.core.base.pinyin import readings
from lanchat.search.folding import Kind, fold, is_han, kind

MOST = 64  # characters of a word that are indexed; the rest is compared in the text
BY_INITIALS = 3  # characters whose initials stand together
_PLAIN = re.compile(r"[a-z0-9\u0430-\u044f\u3041-\u309f\u30a1-\u30ff\u3400-\u4db5\u4e00-\u9fa5\uac00-\ud7a3]+")


class Wanted(NamedTuple):
    """A token that a message must have; or one that begins so."""

    token: str
    is_prefix: bool = False


def room_token(room_id: int) -> str:
    return f"zzr{room_id}"


def tokens(room_id: int, words: str) -> list[str]:
    """Of a message: its room, then each word, each pair of a run and its last character, each sign; each once."""
    found = [room_token(room_id), *_tokens(fold(words))]
    return list(dict.fromkeys(found))


def wanted(folded: str) -> list[Wanted]:
    """What a message must have in which this term, folded, occurs from the start of a word."""
    found: list[Wanted] = []
    runs = list(_runs(folded))
    for number, (of, run) in enumerate(runs):
        is_last = number == len(runs) - 1
        if of is Kind.RUN and len(run) > 1:
            found += [Wanted(_safe(run[at : at + 2])) for at in range(len(run) - 1)]
        elif of is Kind.RUN:
            found.append(Wanted(_safe(run), is_prefix=True))
        elif of is Kind.WORD:
            found.append(Wanted(_safe(run[:MOST]), is_prefix=is_last or len(run) > MOST))
        else:
            found += [Wanted(_safe(sign)) for sign in run]
    return list(dict.fromkeys(found))


def sounds(words: str) -> list[str]:
    """How the Chinese in it is read: every three initials in a row, each pair of syllables, and the last alone."""
    found: dict[str, None] = {}
    for is_chinese, chars in groupby(fold(words), is_han):
        if is_chinese:
            run = [readings(char) for char in chars]
            for at in range(len(run)):
                found.update(dict.fromkeys(_initials(run[at : at + BY_INITIALS])))
                found.update(dict.fromkeys(_syllables(run[at : at + 2])))
    return list(found)


def wanted_sounds(letters: str, cuts: list[list[str]]) -> list[list[Wanted]]:
    """One list for each way to mean it: as initials, and as the syllables of each cut, whose last may be a part."""
    windows = [letters[at : at + BY_INITIALS] for at in range(max(1, len(letters) - BY_INITIALS + 1))]
    ways = [[Wanted(window, is_prefix=len(letters) < BY_INITIALS) for window in windows]]
    for cut in cuts:
        pairs = [Wanted(f"{one}0{other}") for one, other in pairwise(cut[:-1])]
        last = Wanted(f"{cut[-2]}0{cut[-1]}" if len(cut) > 1 else cut[-1], is_prefix=True)
        ways.append([*pairs, last])
    return ways


def _tokens(folded: str) -> Iterator[str]:
    for of, run in _runs(folded):
        if of is Kind.RUN:
            yield from (_safe(run[at : at + 2]) for at in range(len(run)))
        elif of is Kind.WORD:
            yield _safe(run[:MOST])
        else:
            yield from map(_safe, run)


def _runs(folded: str) -> Iterator[tuple[Kind, str]]:
    """What is spelled in digits is a run of its own: else the beginning of a word might not be that of its token."""
    for (of, _), chars in groupby(folded, _kind_and_spelling):
        if of is not Kind.BETWEEN:
            yield of, "".join(chars)


@lru_cache(maxsize=1 << 16)
def _kind_and_spelling(char: str) -> tuple[Kind, bool]:
    return kind(char), _PLAIN.match(char) is not None


def _safe(token: str) -> str:
    if _PLAIN.fullmatch(token):
        return token
    return "zzx" + "".join(f"{ord(char):06x}" for char in token)


def _initials(run: list[tuple[str, ...]]) -> Iterator[str]:
    for letters in product(*({reading[0]: None for reading in each} for each in run)):
        yield "".join(letters)


def _syllables(pair: list[tuple[str, ...]]) -> Iterator[str]:
    if len(pair) == 1:
        yield from (f"{reading}0" for reading in pair[0])
        return
    for one, other in product(*pair):
        yield f"{one}0{other}"
