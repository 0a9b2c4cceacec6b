"""Owns time: the wall clock for people, and one that no clock change moves for whatever expires."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self._started = time.time() - time.monotonic()
        self._second, self._prefix = 0, ""

    def now(self) -> str:
        """This moment for people: UTC, ISO 8601 with microseconds and `Z`."""
        second, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
        if second != self._second:  # formatting a date costs as much as storing a message
            self._second = second
            self._prefix = datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S.")
        return f"{self._prefix}{nanoseconds // 1000:06}Z"

    def monotonic(self) -> float:
        """Seconds since some moment; never jumps."""
        return time.monotonic()

    def steady(self, offset: timedelta = timedelta()) -> str:
        """Like `now`, but unmoved by a change of the system's clock while we run: for expiry."""
        return iso(datetime.fromtimestamp(self._started + time.monotonic(), UTC) + offset)


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
