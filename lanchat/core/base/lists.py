"""Owns how lists are asked for page by page: a limit, and a cursor that says where the last page ended."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

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

    @property
    def after(self) -> Key | None:
        """The key of the last row of the page before."""
        return None if self.cursor is None else orjson.loads(base64.urlsafe_b64decode(self.cursor))

    def number_after(self, first: int) -> int:
        """The same, of a list in order of one number; `first` where there was no page before."""
        key = self.after
        return key[0] if key and isinstance(key[0], int) and abs(key[0]) < 2**62 else first

    def moment_after(self) -> tuple[str, int] | None:
        """The same, of a list in order of a moment and a number."""
        key = self.after
        if key and len(key) == 2 and isinstance(key[0], str) and isinstance(key[1], int) and abs(key[1]) < 2**62:
            return key[0], key[1]
        return None


def page(found: Sequence[Row], limit: int, key: Callable[[Row], Key]) -> tuple[Sequence[Row], str | None]:
    """The rows of a page, and where the next one begins; `found` has one row more if there is one."""
    if len(found) <= limit:
        return found, None
    return found[:limit], base64.urlsafe_b64encode(orjson.dumps(key(found[limit - 1]))).decode()
