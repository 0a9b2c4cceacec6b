"""Owns what one installation keeps about itself: its id, and the epoch of the host that gives out `seq`."""

import secrets
from typing import NamedTuple

from lanchat.core.storage.database import Table


class Installation(NamedTuple):
    installation_id: str
    epoch: str


def installation() -> Installation:
    """Made at the first start, the same ever after; for the writer thread."""
    return Installation(*(_kept(key) for key in Installation._fields))


def begin_new_epoch() -> None:
    """For data that went back in time: a client that remembers later `seq`s must start again."""
    Table.run_sql("UPDATE meta SET value = ? WHERE key = 'epoch'", secrets.token_hex(8))


def _kept(key: str) -> str:
    Table.run_sql("INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", key, secrets.token_hex(8))
    return Table.run_sql("SELECT value FROM meta WHERE key = ?", key).fetchone()[0]
