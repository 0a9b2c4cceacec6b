"""The host that a guest finds: `lanchat serve` as it is, on a network where names are looked up as phones do."""

import asyncio
import itertools
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, async_playwright, expect

from tests.browser.alone import choose
from tests.browser.chromium import Visitor, chromium_on
from tests.lan import avahi
from tests.lan.network import Computer, local_network, wait_for, why_impossible
from tests.lan.serving import Serving

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

HOST, SECOND = "192.168.77.1", "192.168.77.9"
AT_HOST, BY_NUMBER, BY_NAME = "http://127.0.0.1:8000", f"http://{HOST}:8000", "http://lanchat.local:8000"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PER_KEY = 200  # ms; five keys a second
STORY = 15.0  # s, from the start of the server to the guest's first word read by the host
log = logging.getLogger(__name__)
_numbers = itertools.count(1)  # nobody is met twice


@dataclass
class House:
    """Two computers with a browser each: `beside` on the host's, `away` on the guest's."""

    host: Computer
    guest: Computer
    beside: Browser
    away: Browser

    @asynccontextmanager
    async def visitors(self, **urls: str) -> AsyncIterator[list[Visitor]]:
        """People with a phone: one on the host itself, the others away, each by name and address."""
        contexts: list[BrowserContext] = []
        found: list[Visitor] = []
        for name, url in urls.items():
            browser = self.beside if "127.0.0.1" in url else self.away
            contexts.append(await browser.new_context(locale="en-US", **PHONE))
            found.append(Visitor(await contexts[-1].new_page(), url, f"{name}{next(_numbers)}"))
        try:
            yield found
            for visitor in found:
                assert visitor.errors == []
        finally:
            for context in contexts:
                await context.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    if reason := why_impossible():
        pytest.skip(reason)
    if not avahi.is_installed() or not avahi.has_lookup():
        pytest.skip("needs avahi-daemon, avahi-utils, dbus and libnss-mdns")
    with local_network() as network:
        host, guest = network.computer("host", f"{HOST}/24"), network.computer("guest", "192.168.77.2/24")
        resolver = avahi.Avahi(guest, "guest")
        async with (
            async_playwright() as playwright,
            chromium_on(host, playwright) as beside,
            chromium_on(guest, playwright, resolver.entered) as away,
        ):
            yield House(host, guest, beside, away)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def serving(house: House) -> AsyncIterator[Serving]:
    """With a second address beside the first, known by name."""
    house.host.add(f"{SECOND}/24")
    running = await asyncio.to_thread(Serving, house.host)
    await asyncio.to_thread(wait_for, lambda: BY_NAME in running.output, 20, "no name")
    yield running
    assert await asyncio.to_thread(running.stop) == 0
    assert "Traceback" not in running.output


async def come_in(visitor: Visitor, delay: int = 0) -> None:
    """As a guest, who only has a name, into the Lobby."""
    page = visitor.page
    await page.goto(visitor.url)
    await page.get_by_label("Your name").press_sequentially(visitor.name, delay=delay)
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("heading", name="Lobby")).to_be_visible()


async def send(visitor: Visitor, text: str, delay: int = 0) -> None:
    await visitor.composer.press_sequentially(text, delay=delay)
    await visitor.page.get_by_role("button", name="Send", exact=True).click()


async def test_from_an_empty_folder_to_a_guest_s_first_word_in_fifteen_seconds(house: House) -> None:
    began = time.monotonic()
    serving = await asyncio.to_thread(Serving, house.host, folder="empty")
    assert BY_NUMBER in serving.output
    async with house.visitors(ann=AT_HOST, bob=BY_NUMBER) as (ann, bob):
        await asyncio.gather(come_in(ann, PER_KEY), come_in(bob, PER_KEY))
        await send(bob, "hello from my phone", PER_KEY)
        await ann.sees("hello from my phone")
        took = time.monotonic() - began
    log.info("from an empty folder to a guest's first word: %.1f s", took)
    assert took <= STORY
    assert await asyncio.to_thread(serving.stop) == 0


async def test_a_page_opened_by_name_is_all_that_two_people_need(house: House, serving: Serving) -> None:
    async with house.visitors(ann=AT_HOST, bob=BY_NAME) as (ann, bob):
        await asyncio.gather(come_in(ann), come_in(bob))
        await send(bob, "found you by name")
        await ann.sees("found you by name")
        await send(ann, "welcome")
        await bob.sees("found you by name", "welcome")
        assert bob.foreign == []


async def test_the_doctor_hears_from_a_guest_s_phone_which_address_is_closed(house: House, serving: Serving) -> None:
    async with house.visitors(ann=AT_HOST, bob=BY_NAME) as (ann, bob):
        await come_in(ann)
        dialog = await ask_the_doctor(ann)
        await expect(dialog.get_by_text("No other device is here")).to_be_visible()

        await come_in(bob)
        await dialog.get_by_role("button", name="Look again").click()
        await expect(dialog.get_by_text("Nothing in the way was found.")).to_be_visible()
        for place in ("lanchat.local:8000", f"{HOST}:8000", f"{SECOND}:8000"):
            await expect(dialog.get_by_role("listitem").filter(has_text=place)).to_contain_text("1 of 1")

        house.host.close_port(8000, SECOND)
        await dialog.get_by_role("button", name="Look again").click()
        await expect(dialog.get_by_text(f"can't open http://{SECOND}:8000")).to_be_visible()
        await expect(dialog.get_by_text("TCP port 8000")).to_be_visible()


async def ask_the_doctor(visitor: Visitor) -> Locator:
    page = visitor.page
    await page.get_by_role("link", name="Back to the rooms").click()
    await choose(visitor, "Others can't join?", "Host")
    dialog = page.get_by_role("dialog", name="Others can't join?")
    await expect(dialog.get_by_role("button", name="Look again")).to_be_enabled()
    return dialog
