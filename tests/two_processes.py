"""Which tests run beside which, when pytest runs them in several processes (`--numprocesses=2`)."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# One after the other, each in one process: they use the whole machine. What mostly computes comes to stand beside
# what mostly waits, and the long ones come first; the modules of all other folders go wherever there is time.
FOLDERS = ("packaged", "lan", "reliability", "browser", "load")


def group_of(nodeid: str) -> str:
    """`nodeid` begins with a path, `tests/folder/…`."""
    module = nodeid.partition("::")[0]
    folder = module.split("/")[1]
    return folder if folder in FOLDERS else module


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    ranks = {folder: rank for rank, folder in enumerate(FOLDERS)}
    return sorted(items, key=lambda item: ranks.get(group_of(item.nodeid), len(ranks)))


class TwoProcesses(LoadScopeScheduling):
    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
