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
from lanchat.search.folding import Kind, fold, han_runs, kind

MOST = 64  # characters of a word that are indexed; the rest is compared in the text
BY_INITIALS = 3  # characters whose initials stand together
_WORD = r"a-z0-9\u0430-\u044f"  # letters and digits that spell themselves
_RUN = r"\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4db5\u4e00-\u9fa5\uac00-\ud7a3"
_PLAIN = re.compile(f"[{_WORD}{_RUN}]+")
# Nearly all of what people write, without a look at each character: a word, a run, or what is neither.
_PIECE = re.compile(f"([{_WORD}]+)|([{_RUN}]+)|([^{_WORD}{_RUN} \\n]+)")
_ASCII_WORD = re.compile("[a-z0-9]+")
_ASCII_SIGNS = re.compile(r"[$+<=>^`|~]")


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
    found: list[str] = []
    for chars in han_runs(fold(words)):
        run = [readings(char) for char in chars]
        letters = [_first_letters(each) for each in run]
        pairs = [*run, ("",)]  # the last syllable alone ends as a pair does
        for at in range(len(run)):
            found += map("".join, product(*letters[at : at + BY_INITIALS]))
            found += map("0".join, product(*pairs[at : at + 2]))
    return list(dict.fromkeys(found))


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
    if folded.isascii() and not _ASCII_SIGNS.search(folded):  # most messages, at a third of the price
        yield from (word[:MOST] for word in dict.fromkeys(_ASCII_WORD.findall(folded)))
        return
    for of, run in _runs(folded):
        if of is Kind.RUN:
            yield from (_safe(run[at : at + 2]) for at in range(len(run)))
        elif of is Kind.WORD:
            yield _safe(run[:MOST])
        else:
            yield from map(_safe, run)


def _runs(folded: str) -> Iterator[tuple[Kind, str]]:
    """What is spelled in digits is a run of its own: else the beginning of a word might not be that of its token."""
    for word, run, others in _PIECE.findall(folded):
        if word:
            yield Kind.WORD, word
        elif run:
            yield Kind.RUN, run
        else:
            yield from ((of, "".join(chars)) for of, chars in groupby(others, kind) if of is not Kind.BETWEEN)


def _safe(token: str) -> str:
    if _PLAIN.fullmatch(token):
        return token
    return "zzx" + "".join(f"{ord(char):06x}" for char in token)


@lru_cache(maxsize=1 << 12)
def _first_letters(of: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({reading[0]: None for reading in of})
