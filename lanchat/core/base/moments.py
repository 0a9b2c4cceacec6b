"""Owns moments that people choose: read with any zone, kept as everything else that is told; and the zones."""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lanchat.core.base.clock import iso
from lanchat.core.base.refusals import invalid_input


def _moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return iso(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError("moment", "not a moment: ISO 8601, with a zone")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise PydanticCustomError("zone", "not a zone of the IANA database") from None
    return value


Moment = Annotated[str, Field(max_length=40), AfterValidator(_moment)]
"""UTC, ISO 8601 with microseconds and `Z`, whatever zone it came with."""

Zone = Annotated[
    str, Field(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*$"), AfterValidator(_zone)
]
"""A name of the IANA, such as Asia/Shanghai; `tzdata` knows them where the system doesn't."""


def require_future(name: str, moment: str | None, now: str) -> None:
    """Raises InvalidInput about the field `name`."""
    if moment is not None and moment <= now:
        raise invalid_input(name, "past")
