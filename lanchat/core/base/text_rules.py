"""Owns what text from people may be: the checks that every slice's schemas share."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

MAX_MESSAGE = 10_000  # characters, by the contract

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINER = "\u200d"  # holds emoji together


def name_key(name: str) -> str:
    """What makes two names the same: compatibility forms and case don't tell them apart."""
    return unicodedata.normalize("NFKC", name).casefold()


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise PydanticCustomError("has_nul", "NUL characters are not allowed")
    return value


def _one_line(value: str) -> str:
    """Text that looks like what it is: no control, zero-width or direction characters."""
    value = unicodedata.normalize("NFC", value).strip()
    if not value:
        raise PydanticCustomError("blank", "must not be blank")
    if any(unicodedata.category(char) in _INVISIBLE and char != _JOINER for char in value):
        raise PydanticCustomError("invisible_characters", "contains invisible characters")
    return value


Text = Annotated[str, AfterValidator(_without_nul)]
Line = Annotated[str, AfterValidator(_one_line)]
