"""However many names are announced, so many are followed, and none twice at a time."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
from zeroconf import DNSPointer, ServiceStateChange, Zeroconf
from zeroconf._cache import DNSCache

from lanchat.discovery import nearby
from lanchat.discovery.announcement import CHAT_TYPE
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.multicast import Multicast
from lanchat.discovery.nearby import MAX_HOSTS, Nearby


class Silent:
    """A name that nobody answers for, as the library looks it up."""

    asked: ClassVar[list[str]] = []
    answers = asyncio.Event()

    def __init__(self, _type: str, name: str) -> None:
        self.name = name

    async def async_request(self, *_: Any) -> bool:
        self.asked.append(self.name)
        await self.answers.wait()
        return False


async def test_names_that_lead_nowhere_take_no_more_room_than_those_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(nearby, "AsyncServiceInfo", Silent)
    monkeypatch.setattr(Silent, "asked", [])
    monkeypatch.setattr(Silent, "answers", asyncio.Event())
    followed = Nearby(cast(Multicast, SimpleNamespace(forget=lambda _: None)), Favourites(tmp_path / "favourites"))

    def announce(name: str) -> None:
        followed._on_service(cast(Zeroconf, None), CHAT_TYPE, name, ServiceStateChange.Updated)

    for number in range(2000):
        announce(f"{number}.{CHAT_TYPE}")
        announce(f"0.{CHAT_TYPE}")
    await asyncio.sleep(0)
    assert len(Silent.asked) == len(set(Silent.asked)) == MAX_HOSTS
    assert len(followed._tasks) == MAX_HOSTS
    Silent.answers.set()
    for _ in range(5):
        await asyncio.sleep(0)
    announce(f"new.{CHAT_TYPE}")
    await asyncio.sleep(0)
    assert Silent.asked[-1] == f"new.{CHAT_TYPE}"
    await followed.stop()


def test_the_library_remembers_so_many_records_and_no_more():
    cache = DNSCache()
    for number in range(20_000):
        cache.async_add_records([DNSPointer(CHAT_TYPE, 12, 1, 4500, f"{number}.{CHAT_TYPE}", created=float(number))])
    assert sum(map(len, cache.cache.values())) <= 10_000
