"""A small LAN: LanChat on one computer, a browser beside it, and a browser on another computer."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import Visitor, chromium_on
from tests.lan.network import Computer, local_network, why_impossible
from tests.server import LanChat

HOST, GUEST = "10.77.0.1", "10.77.0.2"


@dataclass
class Lan:
    """`server` listens on every address of its namespace, and nowhere else."""

    host: Computer
    guest: Computer
    server: LanChat


@pytest.fixture
def lan(tmp_path: Path) -> Iterator[Lan]:
    if reason := why_impossible():
        pytest.skip(reason)
    with local_network() as network:
        host, guest = network.computer("host", f"{HOST}/24"), network.computer("guest", f"{GUEST}/24")
        enter = ("ip", "netns", "exec", host.namespace)
        with LanChat(tmp_path / "data", host="0.0.0.0", prefix=enter).start() as server:
            yield Lan(host, guest, server)
            server.end_well()


class Visitors:
    """Opens pages: `beside` the host on loopback, or `away` on the other computer, by the host's address."""

    def __init__(self, lan: Lan, beside: Browser, away: Browser) -> None:
        self.lan = lan
        self._beside, self._away = beside, away
        self.all: list[Visitor] = []

    async def beside(self, name: str, **context: Any) -> Visitor:
        return await self._open(self._beside, "127.0.0.1", name, context)

    async def away(self, name: str, **context: Any) -> Visitor:
        return await self._open(self._away, HOST, name, context)

    async def _open(self, browser: Browser, address: str, name: str, context: dict[str, Any]) -> Visitor:
        page = await (await browser.new_context(**{"locale": "en-US", **context})).new_page()
        visitor = Visitor(page, f"http://{address}:{self.lan.server.port}", name)
        self.all.append(visitor)
        return visitor


@pytest.fixture
async def visitors(lan: Lan, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Visitors]:
    async with (
        async_playwright() as playwright,
        chromium_on(lan.host, playwright) as beside,
        chromium_on(lan.guest, playwright) as away,
    ):
        visitors = Visitors(lan, beside, away)
        yield visitors
        for visitor in visitors.all:
            await visitor.screenshot(tmp_path, visitor.name)
            assert visitor.errors == []
            assert visitor.foreign == []  # nothing is ever asked of the internet
