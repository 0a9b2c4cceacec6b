"""The limiter against a plain model of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.core.base.clock import Clock
from lanchat.core.base.errors import TooMany
from lanchat.core.base.rate_limits import SWEEP_EVERY, Limiter, Rate


class HandClock(Clock):
    time = 1000.0

    def monotonic(self) -> float:
        return self.time


@given(st.integers(1, 5), st.floats(0.5, 20), st.lists(st.floats(0, 10), max_size=60))
def test_no_window_ever_holds_more_than_the_rate(count: int, period: float, pauses: list[float]):
    clock = HandClock()
    limiter, rate = Limiter(clock), Rate("test", count, period)
    taken: list[float] = []
    for pause in pauses:
        clock.time += pause
        allowed = sum(moment > clock.time - period for moment in taken) < count
        if allowed:
            limiter.hit(rate, "someone")
            taken.append(clock.time)
            continue
        with pytest.raises(TooMany) as refusal:
            limiter.hit(rate, "someone")
        wait = refusal.value.details["retry_after"]
        assert wait >= 1
        assert sum(moment > clock.time + wait - period for moment in taken) < count


def test_keys_and_rates_are_apart():
    limiter = Limiter(HandClock())
    one, other = Rate("one", 1, 10), Rate("other", 1, 10)
    limiter.hit(one, "ann")
    limiter.hit(one, "bob")
    limiter.hit(other, "ann")
    with pytest.raises(TooMany):
        limiter.hit(one, "ann")
    limiter.forget(one, "ann")
    limiter.hit(one, "ann")


def test_a_switched_off_limiter_refuses_nothing():
    limiter = Limiter(HandClock(), enabled=False)
    for _ in range(100):
        limiter.hit(Rate("one", 1, 10), "ann")


def test_what_is_over_is_forgotten():
    """Or every address that ever came by would stay in memory."""
    clock = HandClock()
    limiter, rate = Limiter(clock), Rate("one", 1, 10)
    for number in range(3 * SWEEP_EVERY):
        clock.time += 0.1
        limiter.hit(rate, number)
    assert len(limiter._windows) <= SWEEP_EVERY + 200


def test_the_settings_may_say_another_count():
    limiter, rate = Limiter(HandClock(), counts={"test": 2, "other": 9}), Rate("test", 5, 60)
    limiter.hit(rate, "someone")
    limiter.hit(rate, "someone")
    with pytest.raises(TooMany):
        limiter.hit(rate, "someone")


def test_what_is_forgotten_for_some_is_kept_for_others():
    limiter, rate = Limiter(HandClock()), Rate("test", 1, 60)
    for key in (("10.0.0.1", "ann"), ("10.0.0.2", "ann"), ("10.0.0.1", "bob")):
        limiter.hit(rate, key)
    assert limiter.forget_where(rate, lambda key: key[1] == "ann") == [("10.0.0.1", "ann"), ("10.0.0.2", "ann")]
    limiter.hit(rate, ("10.0.0.1", "ann"))
    with pytest.raises(TooMany):
        limiter.hit(rate, ("10.0.0.1", "bob"))
