"""The search's index of a running host, as it stands in its file."""

import asyncio
import sqlite3
from contextlib import closing

from tests.people import PATIENCE
from tests.server import LanChat

BEHIND = "SELECT (SELECT max(id) FROM message) > indexed_id OR older_id > 0 FROM search_state"
# Each message has its room among its tokens, once.
MISSED = """SELECT (SELECT count(*) FROM message WHERE deleted_at IS NULL AND message_type <> 'system')
    - (SELECT sum(doc) FROM search_word WHERE term LIKE 'zzr%')"""


async def indexed(server: LanChat, within: float = PATIENCE) -> None:
    """Until all that was said stands in the index; `within` so many seconds."""
    async with asyncio.timeout(within):
        with closing(sqlite3.connect(server.database)) as database:
            while database.execute(BEHIND).fetchone() != (0,):  # noqa: ASYNC110, nobody tells
                await asyncio.sleep(0.05)


def missed(server: LanChat) -> int:
    """How many messages it lacks, or has more than once."""
    with closing(sqlite3.connect(server.database)) as database:
        return database.execute(MISSED).fetchone()[0]
