"""Owns which characters are the same to who searches: case, width, accents, traditional and simplified Chinese."""

import re
import unicodedata
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from lanchat.core.base.package_data import data_of

VERSION = 1  # of folding and tokens together: another one has everything indexed anew
HAN = "\u2e80"  # before it nothing is Chinese, and no table is needed
_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0010ffff]+")


class Kind(Enum):
    RUN = auto()  # of scripts that put no blanks between words: found by any two characters
    WORD = auto()
    SIGN = auto()  # emoji and symbols, each for itself
    BETWEEN = auto()


class Folded(NamedTuple):
    """`text` as it is compared; for each of its characters, in `places`, which one of the original it came from."""

    text: str
    places: list[int]


def fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(map(_folded, text))


def fold_with_places(text: str) -> Folded:
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = _folded(char)
        letters.append(folded)
        places.extend([place] * len(folded))
    return Folded("".join(letters), places)


@lru_cache(maxsize=1 << 16)
def kind(char: str) -> Kind:
    """Of a folded character."""
    category = unicodedata.category(char)
    if category[0] in "LMN":
        return Kind.RUN if _is_run(char) else Kind.WORD
    return Kind.SIGN if category[0] == "S" else Kind.BETWEEN


def is_han(char: str) -> bool:
    return _HAN_RUN.match(char) is not None


def han_runs(folded: str) -> list[str]:
    return [] if folded.isascii() else _HAN_RUN.findall(folded)


def _is_run(char: str) -> bool:
    """Thai, Lao, Tibetan, Burmese, Khmer; Hangul; kana, bopomofo and Han."""
    return (
        "\u0e00" <= char <= "\u109f"
        or "\u1100" <= char <= "\u11ff"
        or "\u1780" <= char <= "\u17ff"
        or "\u2e80" <= char <= "\ud7ff"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U0001b000"
    )


@lru_cache(maxsize=1 << 16)
def _folded(char: str) -> str:
    """What a character is compared as: none, one or several."""
    if char.isascii():
        return char.lower()
    found = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
    return "".join(_bare(each) for each in found)


def _bare(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or (category == "Mn" and (char < "\u0900" or "\ufe00" <= char <= "\ufe0f")):
        return ""  # accents, vowel points and what joins emoji
    if char < "\u0590":  # the alphabets whose letters carry accents
        return unicodedata.normalize("NFD", char)[0]
    return _simplified().get(char, char) if char >= HAN else char


@cache
def _simplified() -> dict[str, str]:
    """By traditional character, the simplified one: OpenCC's table of characters (Apache-2.0), without its phrases."""
    lines = data_of("opencc", "dictionary", "TSCharacters.txt").decode().splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {traditional: simplified.split(" ")[0] for traditional, simplified in pairs}
