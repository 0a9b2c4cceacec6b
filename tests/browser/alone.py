"""LanChat and a browser on one computer, for what needs no network; as many people as contexts."""

import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, async_playwright, expect

from tests.browser.chromium import FLAGS, PATIENCE, Visitor
from tests.patience import patience
from tests.people import Person
from tests.server import LanChat

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


_numbers = itertools.count(1)


def newcomer(name: str) -> str:
    """A name that nobody has at this host, not even of an earlier try of the same test."""
    return f"{name}_{next(_numbers)}"


@dataclass
class Alone:
    server: LanChat
    browser: Browser

    @asynccontextmanager
    async def visit(self, name: str, **context: Any) -> AsyncIterator[Visitor]:
        """Nothing may go wrong on the page meanwhile, and nothing be asked of anybody else."""
        # Still: what fades in has no colours of its own yet.
        settings = {"locale": "en-US", "reduced_motion": "reduce", **context}
        async with await self.browser.new_context(**settings) as opened:
            visitor = Visitor(await opened.new_page(), self.server.url, name)
            yield visitor
            assert visitor.errors == []
            assert visitor.foreign == []


@asynccontextmanager
async def alone_in(folder: Path) -> AsyncIterator[Alone]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium here")
    server = LanChat(folder, "--limits", "off").start()
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=program, args=FLAGS, timeout=patience(3 * PATIENCE)
            )
            yield Alone(server, browser)
            await browser.close()
        assert server.stop() == 0
        assert "Traceback" not in server.report()
    finally:
        server.kill()


async def join_as_guest(visitor: Visitor) -> None:
    await visitor.page.goto(f"{visitor.url}/guest")
    await visitor.page.get_by_label("Your name").fill(visitor.name)
    await visitor.page.get_by_role("button", name="Join").click()
    await visitor.arrive()


async def open_settings(visitor: Visitor, part: str = "You") -> Locator:
    """The dialog of all settings, at one of its parts."""
    await visitor.page.get_by_role("button", name="Settings", exact=True).click()
    await visitor.page.get_by_role("menuitem", name="All settings").click()
    dialog = visitor.page.get_by_role("dialog", name="Settings", exact=True)
    await dialog.get_by_role("tab", name=part).click()
    return dialog


async def choose(visitor: Visitor, item: str, part: str = "You") -> None:
    """What a line of the settings leads to."""
    await (await open_settings(visitor, part)).get_by_role("button", name=item).click()


async def close_settings(visitor: Visitor) -> None:
    """From what a line of the settings led to: that closes, and then the settings."""
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_role("dialog", name="Settings", exact=True)).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)


async def open_as(visitor: Visitor, person: Person, room: dict[str, int]) -> None:
    """At a room, as somebody who is logged in."""
    await visitor.page.goto(f"{visitor.url}/icon.svg")
    await visitor.page.evaluate("token => localStorage.setItem('lanchat.token', token)", person.token)
    await visitor.page.goto(f"{visitor.url}/rooms/{room['id']}")
