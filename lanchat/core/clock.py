"""Owns time: the wall clock for people, and one that no clock change moves for whatever expires."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self._started = time.time() - time.monotonic()

    def now(self) -> str:
        """This moment for people: UTC, ISO 8601 with microseconds and `Z`."""
        return iso(datetime.now(UTC))

    def monotonic(self) -> float:
        """Seconds since some moment; never jumps."""
        return time.monotonic()

    def steady(self, offset: timedelta = timedelta()) -> str:
        """Like `now`, but unmoved by a change of the system's clock while we run: for expiry."""
        return iso(datetime.fromtimestamp(self._started + time.monotonic(), UTC) + offset)


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
