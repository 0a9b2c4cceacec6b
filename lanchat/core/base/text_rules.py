"""Owns what text from people may be, and which names are the same: for users, rooms, hosts, invitations and files."""

import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError, PydanticKnownError

MAX_MESSAGE = 10_000  # characters, by the contract
MAX_LINE = 1000  # characters; each field has a bound of its own below it

# They show nothing, and no property of Unicode says so: blanks that count as letters, marks and symbols.
_BLANKS = "\u2800\U00013441\U00013442\U00016fe4\U0001d159"
_UNSEEN = rf"[\p{{Default_Ignorable_Code_Point}}\p{{Cc}}\p{{Cf}}\p{{Cs}}\p{{Zl}}\p{{Zp}}{_BLANKS}]"
_PICTURE = r"\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0E\uFE0F]?"
# Where something unseen makes others show rightly: in emoji, in the flags of regions, as the Unicode Standard has it
# between joining letters (RFC 5892, appendix A.1 and A.2), and in the forms of ideographs and Mongolian letters.
_NEEDED = rf"""
    [0-9\#*]\uFE0F?\u20E3
    | \U0001F3F4 [\U000E0030-\U000E0039\U000E0061-\U000E007A]{{1,6}} \U000E007F
    | {_PICTURE} (?: \u200D {_PICTURE} )*
    | (?<= \p{{ccc=9}} ) [\u200C\u200D]
    | (?<= [\p{{jt=L}}\p{{jt=D}}] \p{{jt=T}}* ) \u200C (?= \p{{jt=T}}* [\p{{jt=R}}\p{{jt=D}}] )
    | (?<= \p{{Ideographic}} ) \p{{Variation_Selector}}
    | (?<= \p{{Script=Mongolian}} ) [\u180B-\u180F]
"""


def name_key(name: str) -> str:
    """What makes two names the same: neither case, width, blanks nor what can't be seen tells them apart.

    NFKC_Casefold, and runs of blanks are one.
    """
    before = None
    while name != before:
        before = name
        name = unicodedata.normalize("NFKC", _only_seen(name)).casefold()
    return " ".join(name.split())


def name_key_of_old(name: str) -> str:
    """What made two names the same until they were compared by what can be seen; `name_key` of nearly all."""
    return unicodedata.normalize("NFKC", name).casefold()


def skeleton(name: str) -> str:
    """What a name looks like: two with the same one can't be told apart by eye (UTS 39). Never to be shown.

    `I`, `l` and `1` are the same in it, and so are a Latin and a Cyrillic `a`.
    """
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", _only_seen(name)))
    prototypes = _prototypes()
    return " ".join("".join(prototypes.get(letter, letter) for letter in letters).split())


def without_blanks(name: str) -> str:
    """Of two names of people that differ by blanks only, the same."""
    return "".join(_only_seen(name).split())


def pretended_key(name: str) -> str:
    """The key of what a name in foreign letters passes for in any case: of `АLICE`, whose first letter is Cyrillic.

    Of one in ASCII, its own: there `L` and `1` are no more alike for `l` being between them.
    """
    return name_key(name) if name.isascii() else name_key(skeleton(name_key(name)))


def are_alike(name: str, other: str) -> bool:
    """Whether people would take one name for the other."""
    key, other_key = name_key(name), name_key(other)
    return (
        key == other_key
        or skeleton(name) == skeleton(other)
        or pretended_key(name) == other_key
        or pretended_key(other) == key
    )


def hides_something(text: str) -> bool:
    """Whether anything in it shows nothing, and isn't needed for what stands beside it."""
    return not _is_plain(text) and any(found["unseen"] for found in _unseen_or_needed().finditer(text))


def is_all_seen(text: str) -> bool:
    """Whether nothing in it shows nothing, needed or not: for names that consist of letters."""
    return _is_plain(text) or _pattern(_UNSEEN).search(text) is None


def shows_something(text: str) -> bool:
    """Whether there is anything to see in it."""
    seen = text.strip()
    if not seen:
        return False
    if "!" <= seen[0] <= "~" or "\u4e00" <= seen[0] <= "\u9fff":  # nearly always, on the hot path
        return True
    return bool(_only_seen(seen).strip())


def clear(text: str) -> str:
    """The text without what it hides; runs of blanks are one."""
    if not _is_plain(text):
        text = _pattern(f"[{_BLANKS}]").sub(" ", text)
        text = _unseen_or_needed().sub(r"\g<needed>", text)
    return _pattern(r"\p{White_Space}{2,}").sub(" ", text) if _has_runs(text) else text


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise PydanticCustomError("has_nul", "NUL characters are not allowed")
    return value


def _one_line(value: str) -> str:
    """Text that looks like what it is, and that looks like something."""
    if len(value) > MAX_LINE:  # putting piles of marks in order takes the square of their height
        raise PydanticKnownError("string_too_long", {"max_length": MAX_LINE})
    value = unicodedata.normalize("NFC", value).strip()
    if not value:
        raise PydanticCustomError("blank", "must not be blank")
    if hides_something(value) or not any(unicodedata.category(char)[0] in "LNPS" for char in value):
        raise PydanticCustomError("invisible_characters", "contains invisible characters")
    return value


Text = Annotated[str, AfterValidator(_without_nul)]
Line = Annotated[str, AfterValidator(_one_line)]


def _is_plain(text: str) -> bool:
    """What most texts are; saves the look at Unicode's properties, and a start their loading."""
    return text.isascii() and text.isprintable()


def _has_runs(text: str) -> bool:
    return any(a.isspace() and b.isspace() for a, b in pairwise(text))


def _only_seen(text: str) -> str:
    """With a space for whatever looks like one."""
    return text if _is_plain(text) else _pattern(_UNSEEN).sub("", _pattern(rf"[\p{{Zs}}{_BLANKS}]").sub(" ", text))


def _unseen_or_needed() -> Any:
    return _pattern(rf"(?x) (?P<needed> {_NEEDED} ) | (?P<unseen> {_UNSEEN} )")


@cache
def _pattern(pattern: str) -> Any:
    import regex  # takes 50 ms to load: `re` knows no properties

    return regex.compile(pattern)


@cache
def _prototypes() -> dict[str, str]:
    """By character, what it looks like: 6,300 of Unicode's `confusables.txt`; takes 20 ms.

    From the package's data and not by its code, which loads urllib, and asks the internet where its file is missing.
    There a character that looks like another names just that, and a prototype all that look like it.
    """
    data: dict[str, list[dict[str, str]]] = orjson.loads(
        (files("confusable_homoglyphs") / "confusables.json").read_bytes()
    )
    found: dict[str, str] = {}
    for marked, alike in data.items():
        letter, prototype = _unmarked(marked), _unmarked(alike[0]["c"])
        is_pair = len(data[alike[0]["c"]]) == 1 and len(prototype) == 1  # which of them is the prototype, is not told
        if len(letter) == 1 == len(alike) and (not is_pair or prototype < letter):
            found[letter] = prototype
    return {letter: "".join(found.get(part, part) for part in prototype) for letter, prototype in found.items()}


def _unmarked(text: str) -> str:
    """The table has marks around what is written from right to left."""
    return text.replace("\u200e", "")
