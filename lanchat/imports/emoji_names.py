"""Owns the short names of emoji, as Slack and Mattermost write them (`:+1::skin-tone-2:`)."""

import re
from functools import cache

from lanchat.core.base.emoji import fully_qualified

SHORT = re.compile(r":([a-z0-9_+\-]+)(?:::skin-tone-([2-6]))?:")
TONES = {str(number): chr(0x1F3FB + number - 2) for number in range(2, 7)}
# What both call otherwise than the list of names that we have.
ALSO = {"thumbsup_all": "👍", "simple_smile": "🙂", "slightly_smiling_face": "🙂", "+1": "👍", "-1": "👎"}


def emoji_of(name: str) -> str | None:
    """Of `+1` or `wave::skin-tone-3`; None for one that a workspace made itself."""
    plain, _, tone = name.strip(":").partition("::skin-tone-")
    found = ALSO.get(plain) or _names().get(plain)
    if found is None:
        return None
    toned = fully_qualified(found.replace("\ufe0f", "") + TONES[tone]) if tone in TONES else None
    return toned or fully_qualified(found)


def with_emoji(text: str) -> str:
    """Short names become emoji; those of nobody's list stay."""

    def drawn(match: re.Match[str]) -> str:
        name = match[1] if match[2] is None else f"{match[1]}::skin-tone-{match[2]}"
        return emoji_of(name) or match[0]

    return SHORT.sub(drawn, text)


@cache
def _names() -> dict[str, str]:
    """Of five thousand emoji, read when the first is asked for."""
    from emoji import EMOJI_DATA

    found: dict[str, str] = {}
    for sign, data in EMOJI_DATA.items():
        for name in (data.get("en"), *data.get("alias", ())):
            if name is not None:
                found.setdefault(name.strip(":"), sign)
    return found
