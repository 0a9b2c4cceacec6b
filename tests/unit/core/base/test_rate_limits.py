"""The limiter against a plain model of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lanchat.core.base.clock import Clock
from lanchat.core.base.errors import TooMany
from lanchat.core.base.rate_limits import SWEEP_EVERY, Limiter, Rate, Slowdown


class HandClock(Clock):
    time = 1000.0

    def monotonic(self) -> float:
        return self.time


@example(1, 1.0, [4.295288327594396, 9.762485959059862, 9.2, 0.0])
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


def refused_for(limiter: Limiter, slowdown: Slowdown, who: str) -> int:
    """In seconds; 0 for who may try."""
    try:
        limiter.check(slowdown, ("room", who))
    except TooMany as refusal:
        return refusal.details["retry_after"]
    return 0


def test_beyond_the_rate_of_all_each_who_fails_pauses_longer_each_time_and_nobody_else():
    clock = HandClock()
    limiter, slowdown = Limiter(clock), Slowdown(Rate("all", 3, 60), first=5, longest=30)
    for _ in range(3):
        limiter.count(slowdown, ("room", "mallory"))
    assert refused_for(limiter, slowdown, "mallory") == 0
    pauses = list[int]()
    for _ in range(5):
        limiter.count(slowdown, ("room", "mallory"))
        pauses.append(refused_for(limiter, slowdown, "mallory"))
        for _ in range(3):  # others go on as well
            limiter.count(slowdown, ("room", "eve"))
        assert refused_for(limiter, slowdown, "ann") == 0
        clock.time += pauses[-1]
        assert refused_for(limiter, slowdown, "mallory") == 0
    assert pauses == [5, 10, 20, 30, 30]


def test_a_pause_begins_anew_after_a_quiet_time():
    clock = HandClock()
    limiter, slowdown = Limiter(clock), Slowdown(Rate("all", 1, 1000), first=5, longest=30)
    for _ in range(4):
        limiter.count(slowdown, ("room", "mallory"))
    clock.time += 20 + 31
    limiter.count(slowdown, ("room", "mallory"))
    assert refused_for(limiter, slowdown, "mallory") == 5
