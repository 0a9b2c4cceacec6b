"""Shows the fingerprint of a host's key so that two people can compare it across a room."""

from functools import lru_cache
from pathlib import Path

WORDS = 8  # a byte each: 64 bits, far more than anybody tries keys for in order to look alike

_FOLDER = Path(__file__).resolve().parents[2] / "locales"


def in_words(fingerprint: str, language: str) -> str:
    """Eight words for the first eight bytes; the same host has others in another language."""
    words = _words(language)
    return " ".join(words[byte] for byte in bytes.fromhex(fingerprint)[:WORDS])


def in_groups(fingerprint: str) -> str:
    """All of it, in hex, in groups that the eye can hold."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


@lru_cache
def _words(language: str) -> list[str]:
    return (_FOLDER / f"words.{language}.txt").read_text("utf-8").split()
