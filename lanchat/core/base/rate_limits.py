"""Owns rate limits: exact sliding windows, in memory, by the monotonic clock.

Ours and not a library's: those at hand read the wall clock, so that setting it back a day locks
everybody out for a day, and they cost more than the rest of the send path.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import cast
from weakref import WeakValueDictionary

from lanchat.core.base.clock import Clock
from lanchat.core.base.errors import ChatError, TooMany
from lanchat.core.base.origin import ORIGIN

SWEEP_EVERY = 4096  # new keys between two sweeps of forgotten ones


@dataclass(frozen=True)
class Rate:
    """At most `count` in any `period` seconds, unless the settings say another count for the name.

    `of_address` more is what everybody at one address may do together: a limit for each user is none where users,
    being guests, cost nothing.
    """

    name: str
    count: int
    period: float
    of_address: int | None = None

    @cached_property
    def there(self) -> "Rate | None":
        """Of all who are at one address."""
        return (self.of_address and Rate(f"{self.name}_of_address", self.of_address, self.period)) or None


@dataclass(frozen=True)
class Slowdown:
    """Beyond a rate of all together, whoever fails pauses, twice as long each time, and nobody for what others did.

    Its keys are pairs: of what all together have the rate, and who it is. `first` and `longest` pauses are in seconds;
    the first comes again after a quiet time as long as the longest.
    """

    rate: Rate
    first: float
    longest: float


def with_addresses(rates: Iterable[Rate]) -> Iterator[Rate]:
    """Each of the rates, and what it allows to an address."""
    for rate in rates:
        yield rate
        if rate.there is not None:
            yield rate.there


class Limiter:
    """Counts what somebody did; `enabled=False` lets everything through, for measurement only."""

    def __init__(self, clock: Clock, *, enabled: bool = True, counts: Mapping[str, int] | None = None) -> None:
        """`counts` replaces those of rates, by name."""
        self._clock = clock
        self._counts = counts or {}
        self._enabled = enabled
        self._windows: dict[tuple[str, Hashable], tuple[float, deque[float]]] = {}
        self._turns: WeakValueDictionary[tuple[str, Hashable], asyncio.Lock] = WeakValueDictionary()
        self._pauses: dict[tuple[str, Hashable], tuple[float, float]] = {}  # until when, and how long it is
        self._next_sweep = SWEEP_EVERY

    def hit(self, rate: Rate, key: Hashable) -> None:
        """Count one; raises TooMany with `retry_after` seconds when that is one too many."""
        self.check(rate, key)
        self.count(rate, key)

    def check(self, rate: Rate | Slowdown, key: Hashable) -> None:
        """Raise TooMany where a `hit` would, counting nothing."""
        if isinstance(rate, Slowdown):
            self._check_pause(rate, key)
            return
        self._check(rate, key)
        if rate.there is not None and (address := ORIGIN.get()):
            self._check(rate.there, address)

    def _check(self, rate: Rate, key: Hashable) -> None:
        entry = self._windows.get((rate.name, key))
        if entry is None or not self._enabled:
            return
        now = self._clock.monotonic()
        window = entry[1]
        while window and window[0] <= now - rate.period:
            window.popleft()
        if len(window) >= self._count_of(rate):
            wait = max(1, ceil(window[0] + rate.period - now))
            if window[0] > now + wait - rate.period:  # by the last digit of a float: it would be refused again
                wait += 1
            raise TooMany(retry_after=wait)

    def count(self, rate: Rate | Slowdown, key: Hashable) -> None:
        """Count one without refusing it: a failed log-in, for instance, known only afterwards."""
        if isinstance(rate, Slowdown):
            self._count_failure(rate, key)
            return
        self._count(rate, key)
        if rate.there is not None and (address := ORIGIN.get()):
            self._count(rate.there, address)

    @asynccontextmanager
    async def guessing(self, rate: Rate, key: Hashable, wrong: type[ChatError]) -> AsyncGenerator[None]:
        """A guess, which counts if it ends by `wrong`; those of a key come one after the other.

        Of many sent at once, all would find the rate not reached yet. Raises TooMany.
        """
        async with self._turns.setdefault((rate.name, key), asyncio.Lock()):
            self.check(rate, key)
            try:
                yield
            except wrong:
                self.count(rate, key)
                raise

    def _count(self, rate: Rate, key: Hashable) -> None:
        entry = self._windows.get((rate.name, key))
        if entry is None:
            self._sweep()
            entry = self._windows[rate.name, key] = (rate.period, deque(maxlen=self._count_of(rate)))
        entry[1].append(self._clock.monotonic())

    def _check_pause(self, slowdown: Slowdown, key: Hashable) -> None:
        until, _ = self._pauses.get((slowdown.rate.name, key), (0.0, 0.0))
        left = until - self._clock.monotonic()
        if left > 0 and self._enabled:
            raise TooMany(retry_after=ceil(left))

    def _count_failure(self, slowdown: Slowdown, key: Hashable) -> None:
        all_together, _ = cast("tuple[Hashable, Hashable]", key)
        now, place = self._clock.monotonic(), (slowdown.rate.name, key)
        self._pauses = {other: pause for other, pause in self._pauses.items() if pause[0] + slowdown.longest >= now}
        last = self._pauses.get(place)
        if last is not None or self._is_reached(slowdown.rate, all_together):
            length = slowdown.first if last is None else min(slowdown.longest, 2 * last[1])
            self._pauses[place] = now + length, length
        self._count(slowdown.rate, all_together)

    def _is_reached(self, rate: Rate, key: Hashable) -> bool:
        try:
            self._check(rate, key)
        except TooMany:
            return True
        return False

    def used(self, rate: Rate, key: Hashable) -> int:
        """How many were counted within the period, up to what the rate allows."""
        entry = self._windows.get((rate.name, key))
        since = self._clock.monotonic() - rate.period
        return 0 if entry is None else sum(moment > since for moment in entry[1])

    def forget(self, rate: Rate, key: Hashable) -> None:
        self._windows.pop((rate.name, key), None)

    def forget_where(self, rate: Rate, is_meant: Callable[[Hashable], bool]) -> list[Hashable]:
        """Forget what was counted for some keys; returns these."""
        keys = [key for name, key in self._windows if name == rate.name and is_meant(key)]
        for key in keys:
            self.forget(rate, key)
        return keys

    def _count_of(self, rate: Rate) -> int:
        return self._counts.get(rate.name, rate.count)

    def _sweep(self) -> None:
        if len(self._windows) < self._next_sweep:
            return
        now = self._clock.monotonic()
        self._windows = {
            key: (period, window)
            for key, (period, window) in self._windows.items()
            if window and window[-1] > now - period
        }
        self._next_sweep = len(self._windows) + SWEEP_EVERY
