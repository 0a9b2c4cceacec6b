"""Ten of fifty stop reading, five pollers stay away: memory stays flat, the others miss nothing, the ten catch up."""

import asyncio
import json
import logging
import socket
import time
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from tests.people import Payload, Person, people_at
from tests.reliability.effort import effort
from tests.server import LanChat
from tests.unit.core.raw_client import RawClient, raw_client

ATTENTIVE, STALLED, POLLERS = 40, 10, 5
MESSAGES = effort(300, 1500)
AT_ONCE = 20  # messages, before it is waited for those who read
CONTENT = "字" * 8_000  # 24 KB on the wire: far more in all than the kernel's buffers and ours hold for one client
GROWTH = 60_000  # KB at most
PATIENCE = effort(60.0, 300.0)  # s
GRACE = 5.0  # s before a stalled reader is dropped
DROPPED = "lanchat_dropped_readers_total "

log = logging.getLogger(__name__)
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc"),
    pytest.mark.timeout(effort(120, 600)),
]


def resident(server: LanChat) -> int:
    """KB."""
    status = Path(f"/proc/{server.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


class Reader:
    """A raw socket, which reads as it is told to; `seqs` is what arrived, live or by `sync`."""

    def __init__(self, person: Person, room_id: int) -> None:
        self.seqs: list[int] = []
        self.delays: list[float] = []  # s
        self.resyncs = 0
        self._person, self._room_id = person, room_id
        self._ack: Payload | None = None
        self.client: RawClient

    async def connect(self, stack: AsyncExitStack, buffer: int = 0) -> "Reader":
        self.client = await stack.enter_async_context(raw_client(self._person.url))
        if buffer:
            raw: socket.socket = self.client.writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        assert (await self.client.text())[0] == "0"
        self.client.send("40" + json.dumps({"token": self._person.token}))
        while not (await self.client.text()).startswith("40"):
            pass
        return self

    async def until(self, seq: int) -> None:
        while not self.seqs or self.seqs[-1] < seq:
            await self.step()

    async def until_told(self) -> bool:
        """Read on until told to resync; False if the server has ended the connection instead."""
        try:
            while not self.resyncs:
                await self.step()
        except (asyncio.IncompleteReadError, ConnectionError):
            return False
        return True

    async def catch_up(self) -> None:
        has_more = True
        while has_more:
            known = self.seqs[-1] if self.seqs else 0
            self._ack = None
            self.client.send("429" + json.dumps(["sync", {"rooms": {str(self._room_id): known}}]))
            while self._ack is None:
                await self.step()
            room = self._ack["rooms"][str(self._room_id)]
            self.seqs += [message["seq"] for message in room["messages"]]
            has_more = room["has_more"]

    async def step(self) -> None:
        text = await self.client.text()
        if text == "2":
            self.client.send("3")
        elif text.startswith("439"):
            (self._ack,) = json.loads(text[3:])
        elif text.startswith('42["resync"'):
            self.resyncs += 1
        elif text.startswith('42["new_message"'):
            message = json.loads(text[2:])[1]
            self.seqs.append(message["seq"])
            self.delays.append(time.perf_counter() - float(message["content"].partition(" ")[0]))


class Poller:
    """Opens a polling session and stays away."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._path = "/socket.io/?EIO=4&transport=polling"

    async def connect(self) -> None:
        opened = await self._person.get(self._path)
        self._path += f"&sid={json.loads(opened.text[1:])['sid']}"
        answer = await self._person.post(self._path, data="40" + json.dumps({"token": self._person.token}))
        assert answer.status == 200

    async def is_gone(self) -> bool:
        return (await self._person.get(self._path)).status == 400


async def talk(person: Person, room: dict[str, Any], count: int) -> None:
    for _ in range(count):
        await person.say(room, f"{time.perf_counter()} {CONTENT}")


async def dropped(person: Person) -> int:
    """How many were too slow for too long."""
    (line,) = [line for line in (await person.get("/metrics")).text.splitlines() if line.startswith(DROPPED)]
    return int(float(line.split()[1]))


def p99_ms(delays: list[float]) -> float:
    return quantiles(delays, n=100)[98] * 1000


def check_whole(reader: Reader, count: int) -> None:
    assert reader.seqs == list(range(1, count + 1))
    assert all(later == earlier + 1 for earlier, later in pairwise(reader.seqs))


async def test_readers_that_stall_cost_others_nothing_and_catch_up(own_server: LanChat):
    quiet = MESSAGES // 5
    total = quiet + MESSAGES
    async with people_at(own_server.url) as people, AsyncExitStack() as stack, asyncio.timeout(PATIENCE):
        ann, bob = await people("ann", "bob")
        room = await ann.make_room()
        await bob.join(room)
        attentive = [await Reader(bob, room["id"]).connect(stack) for _ in range(ATTENTIVE)]

        for said in range(0, quiet, AT_ONCE):
            await talk(ann, room, AT_ONCE)
            await asyncio.gather(*(reader.until(said + AT_ONCE) for reader in attentive))
        before = [delay for reader in attentive for delay in reader.delays]
        for reader in attentive:
            reader.delays.clear()

        stalled = [await Reader(bob, room["id"]).connect(stack, buffer=1 << 16) for _ in range(STALLED)]
        pollers = [Poller(bob) for _ in range(POLLERS)]
        for poller in pollers:
            await poller.connect()
        memory, most = resident(own_server), 0
        for said in range(quiet, total, AT_ONCE):
            await talk(ann, room, AT_ONCE)
            most = max(most, resident(own_server))
            # Slowness that is only our own, on a busy machine, must not look like stalling.
            await asyncio.gather(*(reader.until(said + AT_ONCE) for reader in attentive))
        during = [delay for reader in attentive for delay in reader.delays]

        assert most - memory < GROWTH
        for reader in attentive:
            check_whole(reader, total)
        told = await asyncio.gather(*(reader.until_told() for reader in stalled[: STALLED // 2]))
        loop = asyncio.get_running_loop()
        deadline = loop.time() + 2 * GRACE
        while await dropped(ann) < POLLERS + STALLED - STALLED // 2:
            assert loop.time() < deadline, "the server keeps readers that stall"
        assert all([await poller.is_gone() for poller in pollers])
        told += await asyncio.gather(*(reader.until_told() for reader in stalled[STALLED // 2 :]))

        for reader, is_still_here in zip(stalled, told, strict=True):
            # Whoever joined a moment late has seen the quiet part elsewhere: a sync from nothing brings that, too.
            assert len(reader.seqs) < MESSAGES
            reader.seqs.clear()
            if not is_still_here:
                await reader.connect(stack)
            await reader.catch_up()
            check_whole(reader, total)
        assert own_server.stop() == 0
    assert "Traceback" not in own_server.report()
    log.info(
        "%d MB more at most; p99 of others %.1f ms before, %.1f ms during; %d of %d told to resync, the rest dropped",
        (most - memory) // 1000,
        p99_ms(before),
        p99_ms(during),
        sum(told),
        STALLED,
    )
