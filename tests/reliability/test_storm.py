"""Five hundred clients are cut off at once and return at once, again and again; news of them stay few."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.load.crowd import crowd
from tests.load.generator import build_generator, compiler, generate
from tests.reliability.effort import effort
from tests.server import LanChat

CLIENTS = 500
ACCOUNTS = effort(50, CLIENTS)
ROUNDS = effort(1, 3)
BACK, TOLD = 60.0, 5.0  # s at most: everybody is back; the next message has reached everybody
# To each client in a round, from the moment that it is cut off: who is online, in the lobby and in its room.
NEWS = 40
# Clients as the contract has them, who join by socket and hear all about everybody, and clients like ours.
KINDS: dict[str, dict[str, bool]] = {"contract": {}, "ours": {"no_join": True, "ids": True}}
SMALLER = effort(5, 30)  # so much less is sent to ours; the more people, the smaller the part

log = logging.getLogger(__name__)
pytestmark = [
    pytest.mark.skipif(compiler() is None, reason="needs a C compiler and zlib's header"),
    pytest.mark.timeout(effort(120, 600)),
]


async def test_a_storm_of_clients_comes_back_in_time(own_server: LanChat, tmp_path: Path):
    people = await crowd(own_server.url, ACCOUNTS)
    generator = build_generator(tmp_path)
    sent: dict[str, int] = {}  # bytes, in the largest round
    for kind, options in KINDS.items():
        found = await asyncio.to_thread(
            generate,
            generator,
            mode="storm",
            seconds=effort(20, 100),
            rounds=ROUNDS,
            clients=CLIENTS,
            at_once=CLIENTS,
            port=own_server.port,
            pid=own_server.pid,
            tokens=people.write_tokens(tmp_path / "tokens"),
            room=people.room_id,
            **options,
        )
        assert len(found["rounds"]) == ROUNDS
        for storm in found["rounds"]:
            log.info("%d accounts, %s: %s", ACCOUNTS, kind, storm)
            check(storm)
        sent[kind] = max(storm["bytes"] for storm in found["rounds"])

    assert sent["ours"] * SMALLER < sent["contract"]
    own_server.end_well()


def check(storm: dict[str, Any]) -> None:
    assert (storm["ready"], storm["complete"], storm["is_told"]) == (CLIENTS, True, True)
    assert storm["back_s"] <= BACK
    assert storm["told_s"] <= TOLD
    assert CLIENTS <= storm["other_events"] <= NEWS * CLIENTS
