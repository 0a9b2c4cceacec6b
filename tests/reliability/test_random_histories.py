"""Whatever happened in a room while a client was away, in whatever order: it ends with what one that stayed has."""

import os
import random
import time

from tests.people import Payload, Person, people_at
from tests.reliability.history import Doing, Kept, Step, history_of, shown
from tests.server import LanChat

LASTS = 15.0  # s, in which histories are tried
LENGTH = 50  # steps
SHRINKING = 10.0  # s


async def test_who_was_away_ends_with_what_who_stayed_has(own_server: LanChat):
    seed = int(os.environ.get("HISTORY_SEED") or random.SystemRandom().randrange(2**32))
    async with people_at(own_server.url) as people:
        persons = await people("owner", "bob", "cem", "watcher")
        until, number = time.monotonic() + LASTS, 0
        while time.monotonic() < until or number == 0:
            history = history_of(seed + number, LENGTH)
            if (wrong := await differs(persons, history)) is not None:
                shortest = await shrunk(persons, history)
                steps = "\n".join(map(str, shortest))
                raise AssertionError(f"HISTORY_SEED={seed + number}: {wrong}\nas well after only:\n{steps}")
            number += 1


async def differs(persons: list[Person], history: list[Step]) -> str | None:
    """What the client that was away has otherwise after these steps in a new room; None if nothing."""
    owner, *others, watcher = persons
    room, elsewhere = await owner.make_room(), await owner.make_room()
    for person in (*others, watcher):
        await person.join(room)
    for person in others:
        await person.join(elsewhere)
    doing = Doing(
        [owner, *others], room, {**elsewhere, "message": (await owner.say(elsewhere, "said elsewhere"))["id"]}
    )
    staying, leaving = Client(watcher, room), Client(watcher, room)
    for client in (staying, leaving):
        await client.come()
    try:
        for step in history:
            await act(step, doing, leaving)
        await leaving.come()
        return compare(await staying.shown(), await leaving.shown(), shown(await read_all(watcher, room)))
    finally:
        for client in (staying, leaving):
            await client.go()


async def act(step: Step, doing: Doing, leaving: "Client") -> None:
    if step.deed == "leaves":
        await leaving.go()
    elif step.deed == "returns":
        await leaving.come()
    else:
        await doing.do(step)


class Client:
    """Keeps a room while it is there, and catches up when it comes back."""

    def __init__(self, person: Person, room: Payload) -> None:
        self.person, self.kept, self.ear = person, Kept(room["id"]), None

    async def come(self) -> None:
        if self.ear is None:
            self.ear = await self.person.connect()
            await self.kept.catch_up(self.ear)

    async def go(self) -> None:
        if self.ear is not None:
            await self.shown()
            await self.ear.disconnect()
            self.ear = None

    async def shown(self) -> list[Payload]:
        assert self.ear is not None
        await self.ear.catch_up()
        self.kept.hear(self.ear)
        return self.kept.shown()


def compare(stayed: list[Payload], away: list[Payload], read: list[Payload]) -> str | None:
    for name, found in (("who was away", away), ("a reader", read)):
        for mine, theirs in zip(stayed, found, strict=False):
            if mine != theirs:
                return f"{name} has {theirs}, who stayed {mine}"
        if len(stayed) != len(found):
            return f"{name} has {len(found)} messages, who stayed {len(stayed)}"
    return None


async def read_all(person: Person, room: Payload) -> list[Payload]:
    messages: list[Payload] = []
    while True:
        before = {"before_seq": messages[0]["seq"]} if messages else {}
        page = (await person.get(f"/api/messages/{room['id']}", params={"limit": 100, **before})).expect(200)
        messages = page["messages"] + messages
        if not page["has_more"]:
            return messages


async def shrunk(persons: list[Person], history: list[Step]) -> list[Step]:
    """Without the parts that it takes nothing of to go wrong, larger ones first."""
    until, size = time.monotonic() + SHRINKING, len(history) // 2
    while size > 0 and time.monotonic() < until:
        start = 0
        while start < len(history) and time.monotonic() < until:
            shorter = history[:start] + history[start + size :]
            if await differs(persons, shorter) is not None:
                history = shorter
            else:
                start += size
        size //= 2
    return history
