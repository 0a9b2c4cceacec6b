"""Owns the server's sentences: which language somebody reads, and the sentence for a code in it."""

import json
import locale
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh-CN", "en")
DEFAULT_LANGUAGE = "zh-CN"  # the contract's own examples are Chinese

_FOLDER = Path(__file__).resolve().parents[2] / "locales"


@lru_cache
def sentences(language: str) -> dict[str, str]:
    """All sentences of a language, by dotted key (`errors.room_not_found`)."""
    return _flatten(json.loads((_FOLDER / f"{language}.json").read_text("utf-8")))


def translate(key: str, language: str, values: Mapping[str, Any] | None = None) -> str:
    """The sentence for `key`, its `{placeholders}` filled; the key itself where none was written."""
    sentence = sentences(language).get(key)
    return key if sentence is None else sentence.format_map(_Gaps(values or {}))


def negotiate(accept_language: str | None, default: str = DEFAULT_LANGUAGE) -> str:
    """The best of our languages for an `Accept-Language` header (RFC 9110, section 12.5.4)."""
    best, best_quality = default, 0.0
    for entry in (accept_language or "").split(",")[:20]:
        tag, _, parameters = entry.strip().partition(";")
        language = _ours(tag.strip().lower())
        quality = _quality(parameters)
        if language and quality > best_quality:
            best, best_quality = language, quality
    return best


def system_language() -> str:
    """The language of whoever sits at this computer, for its terminal and its window."""
    names = ("LANCHAT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next(filter(None, map(os.environ.get, names)), None) or locale.getlocale()[0] or ""
    return "zh-CN" if chosen.lower().startswith(("zh", "chinese")) else "en"


def _ours(tag: str) -> str | None:
    primary = tag.split("-", maxsplit=1)[0]
    return {"zh": "zh-CN", "en": "en"}.get(primary)


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _flatten(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


class _Gaps(dict[str, Any]):
    """A placeholder without a value stays readable instead of raising."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
