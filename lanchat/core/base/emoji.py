"""Owns what one emoji is: a sequence that Unicode lists, in its fully qualified spelling."""

from functools import cache

VARIATION = "\ufe0f"  # asks for a picture; the same emoji without it is spelled loosely


def fully_qualified(text: str) -> str | None:
    """The one emoji that `text` is, as everybody spells it; None for anything else."""
    return _spellings().get(text.replace(VARIATION, ""))


@cache
def _spellings() -> dict[str, str]:
    """Five thousand of them, read when the first is asked for."""
    from emoji import EMOJI_DATA, STATUS

    complete = {STATUS["fully_qualified"], STATUS["component"]}
    return {each.replace(VARIATION, ""): each for each, data in EMOJI_DATA.items() if data["status"] in complete}
