"""Twenty clients whose connections are cut at random while five of them send: all end with the same whole list."""

import asyncio
import logging
import random

import pytest

from tests.people import people_at
from tests.reliability.cutter import cutter
from tests.reliability.effort import effort
from tests.reliability.follower import Follower
from tests.server import LanChat

CLIENTS, SENDERS = 20, 5
SECONDS = effort(8, 120)
EVERY = 0.1  # s between two cuts: each client stays connected for two seconds or so
PAUSE = 0.02  # s between two messages of a sender
PATIENCE = 60.0  # s until all are whole again
SEED = 11

log = logging.getLogger(__name__)
pytestmark = pytest.mark.timeout(effort(120, 400))


async def test_clients_that_are_cut_off_at_random_end_with_the_same_list(own_server: LanChat):
    dice = random.Random(SEED)
    is_over = asyncio.Event()

    async def keep_talking(sender: Follower) -> list[dict[str, object]]:
        acknowledged = []
        while not is_over.is_set():
            content = f"{sender.name} {len(acknowledged)}"
            acknowledged.append(await sender.say(content, content.replace(" ", "-")))
            await asyncio.sleep(PAUSE)
        return acknowledged

    async with people_at(own_server.url) as people, cutter(own_server.port, dice) as between:
        persons = await people(*(f"client{number}" for number in range(CLIENTS)))
        room = await persons[0].make_room()
        for person in persons[1:]:
            await person.join(room)
        followers = [Follower(person, room["id"], between.url) for person in persons]
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(follower.start() for follower in followers))
            talks = [asyncio.create_task(keep_talking(sender)) for sender in followers[:SENDERS]]
            await between.cut_for(SECONDS, EVERY)
            is_over.set()
            async with asyncio.timeout(PATIENCE):
                acknowledged = [message for said in await asyncio.gather(*talks) for message in said]
                await asyncio.gather(
                    *(follower.has_all_up_to(max(message["seq"] for message in acknowledged)) for follower in followers)
                )
        finally:
            is_over.set()
            await asyncio.gather(*(follower.stop() for follower in followers))

    by_seq = {message["seq"]: message for message in acknowledged}
    first = min(by_seq)  # behind the lines that say who came
    assert sorted(by_seq) == list(range(first, first + len(acknowledged)))
    for sender in followers[:SENDERS]:
        mine = [by_seq[seq]["content"] for seq in sorted(by_seq) if by_seq[seq]["username"] == sender.name]
        assert mine == [f"{sender.name} {number}" for number in range(len(mine))]
    for follower in followers:
        assert follower.timeline == by_seq, follower.name
        assert follower.unordered == []
    assert between.cuts > 2 * SECONDS
    assert sum(follower.connections for follower in followers) > CLIENTS + between.cuts // 2
    own_server.end_well()
    log.info("%d cuts, %d messages: %d clients have the same list", between.cuts, len(acknowledged), CLIENTS)
