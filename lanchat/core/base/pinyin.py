"""Owns how Chinese characters are read, by the table of pypinyin (MIT): for names that people type by their sound."""

import unicodedata
from functools import cache, lru_cache
from itertools import groupby, islice, product

import orjson

from lanchat.core.base.package_data import data_of

MAX_READINGS = 2  # of a character, the most frequent first
MAX_SPELLINGS = 8  # of a name whose characters are read in several ways
FIRST = "\u3007"  # before it nothing is Chinese, and the table need not be there


@lru_cache(maxsize=1 << 14)
def readings(char: str) -> tuple[str, ...]:
    """At most two syllables without tones, `ü` as `v`; none for what isn't Chinese."""
    return _all_readings(char)[:MAX_READINGS]


def initials(name: str) -> str | None:
    """`zs` of 张三, `aw` of "Anna 王": of each character and word beside it, of numbers all. None without Chinese."""
    return next(iter(spellings(name)), None)


def spellings(name: str) -> list[str]:
    """All initials by which a name may be meant, the most frequent first; none without Chinese."""
    if not any(_all_readings(char) for char in name):
        return []
    letters = [each for kind, run in groupby(name, _kind) for each in _first_letters(kind, "".join(run))]
    return list(dict.fromkeys("".join(one) for one in islice(product(*letters), MAX_SPELLINGS)))


def _kind(char: str) -> str:
    if _all_readings(char):
        return "chinese"
    return "word" if char.isalnum() or unicodedata.category(char)[0] == "M" else "between"


def _first_letters(kind: str, run: str) -> list[tuple[str, ...]]:
    """For each character or word, the letters it may stand for."""
    if kind == "chinese":
        return [tuple(dict.fromkeys(reading[0] for reading in _all_readings(char))) for char in run]
    if run.isdecimal():
        return [(run,)]
    return [(unicodedata.normalize("NFKD", run)[0].casefold(),)] if kind == "word" else []


def _all_readings(char: str) -> tuple[str, ...]:
    if char < FIRST:
        return ()
    found = _table().get(str(ord(char)), "").split(",")
    return tuple(dict.fromkeys(filter(None, map(_without_tone, found))))


def _without_tone(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


@cache
def _table() -> dict[str, str]:
    """By a character's number, its readings: 42,000, in 20 ms.

    From the package's data and not by its code, which would load 47,000 phrases beside it.
    """
    return orjson.loads(data_of("pypinyin", "pinyin_dict.json"))


@cache
def syllables() -> frozenset[str]:
    """All that a character may be read as, without tones."""
    found = {reading for readings_of in _table().values() for reading in readings_of.split(",")}
    return frozenset(filter(None, map(_without_tone, found)))
