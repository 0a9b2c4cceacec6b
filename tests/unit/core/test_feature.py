"""What a feature brings keeps going."""

import asyncio
from typing import Any, cast

import pytest

from lanchat.core import feature
from lanchat.core.chat import Chat
from lanchat.core.feature import Chore, Feature, Features


async def test_a_chore_that_fails_is_told_of_and_begins_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(feature, "CHORE_AGAIN_AFTER", 0.0)
    began: asyncio.Queue[int] = asyncio.Queue()

    async def work(_: Any) -> None:
        began.put_nowait(1)
        if began.qsize() < 3:
            raise RuntimeError("of ours")
        await asyncio.Event().wait()

    features = Features((Feature("dear", chores={"sweep": Chore(work, "now and then")}),))
    (chore,) = features.begin_chores(cast(Chat, None))
    async with asyncio.timeout(10):
        while began.qsize() < 3:  # noqa: ASYNC110
            await asyncio.sleep(0)
    chore.cancel()
    assert [record.message for record in caplog.records] == ["sweep ended, and begins again in 0 s"] * 2
