"""Which names a message calls with "@", before anybody knows whether somebody in the room has one."""

import re
import unicodedata

from lanchat.core.base.text_rules import name_key

ALL = frozenset({"all", "所有人"})
MOST = 20  # callouts of one message; beyond, they are text
LONGEST = 40  # characters of a name

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def callouts(text: str) -> list[list[str]]:
    """For each "@" at a word's start, the keys of all names that may follow it, the longest first.

    A name ends where a word ends, also within scripts that put no blanks between words. What is code calls nobody.
    """
    if "@" not in text and "＠" not in text:
        return []
    words = _without_code(text)
    starts = [at + 1 for at, sign in enumerate(words) if sign in "@＠" and _begins(words, at)]
    return [keys for start in starts[:MOST] if (keys := _names_at(words, start))]


def _begins(text: str, at: int) -> bool:
    """Neither within an address, as `mail@host`, nor within a link, as `host/@name`."""
    before = text[at - 1] if at else " "
    return before not in "/@＠" and (not _is_of_word(before) or _needs_no_blanks(before))


def _names_at(text: str, start: int) -> list[str]:
    line = text[start : start + LONGEST + 1].split("\n", 1)[0]
    ends = [end for end in range(min(len(line), LONGEST), 0, -1) if _ends(line, end)]
    return list(dict.fromkeys(name_key(line[:end]) for end in ends))


def _ends(line: str, end: int) -> bool:
    last, following = line[end - 1], line[end : end + 1]
    if last.isspace() or line[0].isspace():
        return False
    if not following or not _is_of_word(last) or not _is_of_word(following):
        return True
    return not unicodedata.category(following).startswith("M") and (
        _needs_no_blanks(last) or _needs_no_blanks(following)
    )


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")


def _needs_no_blanks(sign: str) -> bool:
    """Of Chinese, Japanese, Thai, Lao, Khmer and Burmese, and of Korean, where endings follow a name at once."""
    return (
        "\u2e80" <= sign <= "\ua4cf"
        or "\uac00" <= sign <= "\ud7af"
        or "\uf900" <= sign <= "\ufaff"
        or "\U00020000" <= sign <= "\U0003ffff"
        or "\u0e00" <= sign <= "\u0eff"
        or "\u1000" <= sign <= "\u109f"
        or "\u1780" <= sign <= "\u17ff"
    )


def _without_code(text: str) -> str:
    """With blanks in place of fenced blocks and of what stands between backticks."""
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            is_end = found is not None and found[1].startswith(fence) and not line[found.end() :].strip()
            fence = "" if is_end else fence
            kept.append("")
        elif found is not None and not ("`" in found[1] and "`" in line[found.end() :]):
            fence = found[1]
            kept.append("")
        else:
            kept.append(line)
    plain = "\n".join(kept)
    return "\n\n".join(_without_spans(paragraph) for paragraph in plain.split("\n\n")) if "`" in plain else plain


def _without_spans(paragraph: str) -> str:
    """A span ends at the next run of as many backticks as it began with; without one, there is no span."""
    runs = [(found.start(), found.end()) for found in re.finditer("`+", paragraph)]
    later: dict[int, list[int]] = {}  # by length, where such runs are, the last first
    for number in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[number][1] - runs[number][0], []).append(number)
    pieces: list[str] = []
    at = number = 0
    while number < len(runs):
        start, end = runs[number]
        alike = later[end - start]
        while alike and alike[-1] <= number:
            alike.pop()
        is_escaped = start > 0 and paragraph[start - 1] == "\\"
        if alike and not is_escaped:
            pieces += (paragraph[at:start], " ")
            number = alike[-1]
            at = runs[number][1]
        number += 1
    return "".join((*pieces, paragraph[at:]))
