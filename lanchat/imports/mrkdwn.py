"""Owns Slack's own markup: what it means, as Markdown."""

import re
from collections.abc import Callable

from lanchat.imports.emoji_names import with_emoji

CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
ANGLE = re.compile(r"<([^<>]+)>")
# One sign on either side, at the edges of words; Markdown takes two.
BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
STRIKE = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
ENTITY = re.compile("|".join(ENTITIES))
CALLS = {"!channel": "@channel", "!here": "@here", "!everyone": "@everyone"}  # they call nobody again

Name = Callable[[str], str]


def to_markdown(text: str, user: Name, room: Name) -> str:
    """`user` and `room` say how an id is called here."""
    parts = CODE.split(text)
    return "".join(
        _code(part, user, room) if number % 2 else _said(part, user, room) for number, part in enumerate(parts)
    )


def _code(part: str, user: Name, room: Name) -> str:
    """As it was typed; a fence stands on lines of its own."""
    if not part.startswith("```"):
        return _plain(ANGLE.sub(lambda match: _bare(match[1], user, room), part))
    inner = _plain(ANGLE.sub(lambda match: _bare(match[1], user, room), part[3:-3])).strip("\n")
    return f"\n```\n{inner}\n```\n"


def _said(part: str, user: Name, room: Name) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(_linked(match[1], user, room))
        return f"\x00{len(kept) - 1}\x00"

    part = ANGLE.sub(keep, part.replace("\x00", ""))
    part = STRIKE.sub(r"~~\1~~", BOLD.sub(r"**\1**", part))
    part = _plain(with_emoji(part))
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], part)


def _linked(inner: str, user: Name, room: Name) -> str:
    """What stands between angle brackets."""
    target, _, label = inner.partition("|")
    if target[:1] in "@#!":
        return _bare(inner, user, room)
    target, label = _plain(target), _plain(label).replace("\n", " ")
    if not re.match(r"(https?|mailto|ftp|tel):", target):
        return label or target
    address = target.removeprefix("mailto:")
    if label in {"", target, address}:
        return address
    label = label.replace("[", "").replace("]", "")
    return f"[{label}]({target.replace('(', '%28').replace(')', '%29')})"


def _bare(inner: str, user: Name, room: Name) -> str:
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return f"@{user(target[1:])}"
    if target.startswith("#"):
        return f"#{_plain(label) or room(target[1:])}"
    if target.startswith("!"):
        return CALLS.get(target) or _plain(label) or target
    return _plain(label or target)


def _plain(text: str) -> str:
    return ENTITY.sub(lambda match: ENTITIES[match[0]], text)
