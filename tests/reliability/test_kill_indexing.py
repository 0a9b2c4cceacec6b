"""kill -9 while what was said before is being indexed: in the end each message stands in the index, once."""

import asyncio
import logging
import random
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.index import indexed, missed
from tests.patience import patience
from tests.reliability.effort import effort
from tests.server import ROOT, LanChat

KILLS = effort(4, 50)
MESSAGES = effort(12_000, 120_000)
SEED = 5
BEGIN_ANEW = "UPDATE search_state SET tokens_version = 0"

log = logging.getLogger(__name__)

# Each start waits for as long as `LanChat.start` does; these are for what goes on for ever.
pytestmark = pytest.mark.timeout(effort(600, 3 * 3600))


def fill(server: LanChat) -> None:
    command = [sys.executable, "-m", "lanchat", "seed", "--people", "20", "--messages", str(MESSAGES)]
    subprocess.run([*command, "--data-dir", str(server.data_dir)], cwd=ROOT, check=True, capture_output=True)


def begin_anew(server: LanChat) -> None:
    """At its next start."""
    with closing(sqlite3.connect(server.database)) as database, database:
        database.execute(BEGIN_ANEW)


def places(server: LanChat) -> tuple[int, int]:
    with closing(sqlite3.connect(server.database)) as database:
        return database.execute("SELECT older_id, indexed_id FROM search_state").fetchone()


async def test_kills_while_indexing_lose_and_double_nothing(own_server: LanChat):
    dice = random.Random(SEED)
    own_server.stop()
    fill(own_server)
    begin_anew(own_server)
    interrupted = 0
    for number in range(KILLS):
        own_server.start()
        await asyncio.sleep(dice.uniform(0.05, effort(0.6, 1.5)))
        own_server.kill()
        older_id, indexed_id = places(own_server)
        interrupted += 0 < older_id < indexed_id
        if older_id <= 0:  # all of it: what is left to interrupt is the next time
            assert missed(own_server) == 0, f"after kill {number}"
            begin_anew(own_server)
    own_server.start()
    await indexed(own_server, within=patience(effort(60, 900)))
    assert missed(own_server) == 0
    log.info("%d kills, %d of them while it was being indexed; %d messages", KILLS, interrupted, MESSAGES)
    assert interrupted
    own_server.end_well()
