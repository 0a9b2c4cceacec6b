"""Whoever asks often waits for themselves, and not for others, nor do others for them."""

import asyncio
import threading

import pytest

from lanchat.core.base.errors import TooMany
from lanchat.core.base.fair_turns import Pool, Share, Shares

ONE = Share("one", at_once=1, of_one=100, waiting=1000)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_turns_go_round_among_those_who_ask() -> None:
    shares, order = Shares(ONE), list[str]()

    async def work(who: str) -> None:
        async with shares.turn(who[0]):
            order.append(who)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(who) for who in ("a1", "a2", "a3", "a4", "b1", "c1", "b2")))
    assert order == ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]


async def test_so_many_run_at_once_and_no_more() -> None:
    shares, running, most = Shares(Share("two", 2, 100, 1000)), 0, 0

    async def work(number: int) -> None:
        nonlocal running, most
        async with shares.turn(number % 3):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(work(number) for number in range(20)))
    assert most == 2


async def test_one_has_so_many_waiting_and_others_come_in_meanwhile() -> None:
    shares = Shares(Share("one", at_once=1, of_one=2, waiting=1000))
    async with shares.turn("a"):
        waiting = asyncio.create_task(enter(shares, "a"))
        await settle()
        with pytest.raises(TooMany):
            await enter(shares, "a")
        other = asyncio.create_task(enter(shares, "b"))
        await settle()
    await asyncio.gather(waiting, other)


async def test_all_together_have_so_many_waiting() -> None:
    shares = Shares(Share("one", at_once=1, of_one=1, waiting=2))
    async with shares.turn("a"):
        waiting = [asyncio.create_task(enter(shares, who)) for who in "bc"]
        await settle()
        with pytest.raises(TooMany):
            await enter(shares, "d")
    await asyncio.gather(*waiting)


async def enter(shares: Shares, key: str) -> None:
    async with shares.turn(key):
        pass


async def test_who_gives_up_leaves_the_queue_and_nothing_behind() -> None:
    shares = Shares(ONE)
    async with shares.turn("a"):
        waiting = asyncio.create_task(enter(shares, "b"))
        await settle()
        waiting.cancel()
        await settle()
    assert waiting.cancelled()
    async with asyncio.timeout(1):
        await enter(shares, "c")
    assert (shares._held, shares._queues, shares._running, shares._waiting) == ({}, {}, 0, 0)


async def test_who_gives_up_as_their_turn_comes_passes_it_on() -> None:
    shares = Shares(ONE)
    async with shares.turn("a"):
        waiting = asyncio.create_task(enter(shares, "b"))
        await settle()
    waiting.cancel()
    async with asyncio.timeout(1):
        await enter(shares, "c")


async def test_a_thread_keeps_its_place_until_it_has_ended_though_nobody_waits() -> None:
    pool, may_end, order = Pool(ONE), threading.Event(), list[str]()
    first = asyncio.create_task(pool.run("a", may_end.wait, 5))
    await settle()
    second = asyncio.create_task(pool.run("b", order.append, "second"))
    first.cancel()
    await settle()
    assert order == []
    may_end.set()
    await second
    with pytest.raises(asyncio.CancelledError):
        await first
    pool.close()


async def test_a_turn_that_comes_to_whoever_leaves_in_that_moment_goes_to_the_next() -> None:
    shares = Shares(ONE)
    async with shares.turn("a"):
        leaving, staying = (asyncio.create_task(enter(shares, who)) for who in "bc")
        await settle()
        leaving.cancel()  # and before that task has run, our turn is over
    await asyncio.wait_for(staying, 10)
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await asyncio.wait_for(enter(shares, "b"), 10)
