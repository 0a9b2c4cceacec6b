"""Owns how lists are asked for page by page: a limit, and a cursor that says where the last page ended."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lanchat.core.base.refusals import invalid_input
from lanchat.core.base.schemas import TextInput

MAX_PAGE = 100
Row = TypeVar("Row")
Key = list[Any]  # what the rows are in order of


def _read(cursor: str) -> str:
    try:
        key = orjson.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, binascii.Error):
        key = None
    if not isinstance(key, list):
        raise PydanticCustomError("cursor", "not a cursor of ours")
    return cursor


class ListQuery(TextInput):
    """Which page of a list; without anything, the first."""

    cursor: Annotated[str, Field(max_length=200), AfterValidator(_read)] | None = None
    """The `next_cursor` of the page before."""
    limit: int = Field(default=50, ge=1, le=MAX_PAGE)
    """1 to 100."""

    def number_after(self, first: int) -> int:
        """Where the page before ended, of a list in order of a number; `first` without one. Raises InvalidInput."""
        match self._key():
            case None:
                return first
            case [int(number)]:
                return number
            case _:
                raise invalid_input("cursor", "cursor")

    def moment_after(self) -> tuple[str, int] | None:
        """The same, of a list in order of a moment and a number."""
        match self._key():
            case None:
                return None
            case [str(moment), int(number)]:
                return moment, number
            case _:
                raise invalid_input("cursor", "cursor")

    def _key(self) -> Key | None:
        """Of the last row of the page before; a list of nothing where its numbers can't be ours."""
        if self.cursor is None:
            return None
        key = orjson.loads(base64.urlsafe_b64decode(self.cursor))
        return [] if any(isinstance(part, int) and abs(part) > 2**62 for part in key) else key


def page(found: Sequence[Row], limit: int, key: Callable[[Row], Key]) -> tuple[Sequence[Row], str | None]:
    """The rows of a page, and where the next one begins; `found` has one row more if there is one."""
    if len(found) <= limit:
        return found, None
    return found[:limit], cursor_after(key(found[limit - 1]))


def cursor_after(key: Key) -> str:
    """Of the page that begins behind the row of this key."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode()
