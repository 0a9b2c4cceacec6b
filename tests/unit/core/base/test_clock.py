"""Two times: one for people, which somebody may set, and one for whatever expires, which nobody can."""

import time
from datetime import datetime, timedelta

import pytest

from lanchat.core.base.clock import Clock

DAY = 24 * 3600.0  # s


@pytest.mark.parametrize("days", [1, -1])
def test_what_expires_does_not_jump_with_the_clock(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    clock, true_time, true_time_ns = Clock(), time.time, time.time_ns
    before, shown_before = clock.steady(), clock.now()
    monkeypatch.setattr(time, "time", lambda: true_time() + days * DAY)
    monkeypatch.setattr(time, "time_ns", lambda: true_time_ns() + int(days * DAY * 1e9))
    assert between(before, clock.steady()) < timedelta(minutes=1)
    assert between(shown_before, clock.now()) > timedelta(hours=23)


def test_later_is_greater_also_as_text() -> None:
    clock = Clock()
    moments = [clock.steady(timedelta(seconds=seconds)) for seconds in (-90_000, -1, 0, 1, 90_000)]
    assert moments == sorted(moments)


def between(one: str, other: str) -> timedelta:
    return abs(datetime.fromisoformat(one) - datetime.fromisoformat(other))
