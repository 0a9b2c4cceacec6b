"""Owns what one installation keeps about itself: its id, and the epoch of the host that gives out `seq`."""

import secrets
from typing import NamedTuple

from lanchat.core.storage import meta


class Installation(NamedTuple):
    installation_id: str
    epoch: str


def installation() -> Installation:
    """Made at the first start, the same ever after; for the writer thread."""
    return Installation(*(meta.keep_first(key, secrets.token_hex(8)) for key in Installation._fields))


def begin_new_epoch() -> None:
    """For data that went back in time: a client that remembers later `seq`s must start again."""
    meta.keep("epoch", secrets.token_hex(8))
