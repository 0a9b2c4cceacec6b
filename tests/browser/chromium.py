"""Two people in two Chromiums on two computers of a local network, and what they do on the page."""

import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, Playwright, expect

from tests.lan.network import Computer
from tests.patience import patience

PATIENCE = 20_000  # ms
PASSWORD = "correct horse"
BESIDE = 768  # px of width, from which on the list of rooms stands beside the room
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def chromium_on(
    computer: Computer, playwright: Playwright, entered: Sequence[str] = (), flags: Sequence[str] = ()
) -> AsyncIterator[Browser]:
    """The browser's own process runs in the computer's namespace; Playwright speaks to it through a pipe.

    `entered`: what a command there is prefixed with, unless the network is all that matters.
    """
    program = shutil.which("chromium")
    assert program is not None, "Chromium is needed"
    wrapper = computer.folder / "chromium"
    prefix = " ".join(entered or ("ip", "netns", "exec", computer.namespace))
    wrapper.write_text(f'#!/bin/sh\nexec {prefix} {program} "$@"\n')
    wrapper.chmod(0o700)
    browser = await playwright.chromium.launch(
        executable_path=wrapper, args=[*FLAGS, *flags], timeout=3 * patience(PATIENCE)
    )
    try:
        yield browser
    finally:
        await browser.close()


class Visitor:
    """Somebody at a browser; remembers what went wrong on the page, and where it sent requests."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        self.page, self.url, self.name = page, url, name
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.set_default_timeout(patience(PATIENCE))
        expect.set_options(timeout=patience(PATIENCE))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:")):
            self.foreign.append(url)

    async def register(self) -> None:
        await self.page.goto(f"{self.url}/register")
        await self.fill_in()

    async def fill_in(self) -> None:
        """The form for a new account."""
        page = self.page
        await page.get_by_label("User name").fill(self.name)
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_label("Password again").fill(PASSWORD)
        await page.get_by_role("button", name="Create account").click()
        await self.arrive()

    async def log_in(self) -> None:
        page = self.page
        await page.goto(f"{self.url}/login")
        await page.get_by_label("User name").fill(self.name)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Log in").click()
        await self.arrive()

    async def arrive(self) -> None:
        """At the list of rooms, which is skipped on a phone while there is one room: then it is a step back."""
        size = self.page.viewport_size
        if size is not None and size["width"] < BESIDE:
            await self.page.get_by_role("link", name="Back to the rooms").click()
        await expect(self.rooms).to_be_visible()

    async def make_room(self, name: str, password: str | None = None) -> None:
        await self.begin("New room")
        dialog = self.page.get_by_role("dialog", name="New room")
        await dialog.get_by_label("Name").fill(name)
        if password is not None:
            await dialog.get_by_label("Private").check()
            await dialog.get_by_label("Room password").fill(password)
        await dialog.get_by_role("button", name="Create").click()
        await expect(self.composer).to_be_visible()
        await expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    async def begin(self, what: str) -> None:
        """By the menu above the list."""
        await self.page.get_by_role("button", name="Begin something new").click()
        await self.page.get_by_role("menuitem", name=what).click()

    async def open_room(self, name: str) -> None:
        await self.rooms.get_by_role("link", name=name).click()
        await expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    async def knock(self, name: str) -> None:
        """Choose a room that one isn't in."""
        room = self.rooms.get_by_role("button", name=name)
        more = self.rooms.get_by_role("button", name=re.compile("^More rooms"), expanded=False)
        await expect(room.or_(more).first).to_be_visible()
        if await more.count() > 0:
            await more.click()
        await room.click()

    async def say(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    @property
    def rooms(self) -> Locator:
        return self.page.get_by_role("navigation", name="Rooms")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message to "))

    @property
    def banner(self) -> Locator:
        return self.page.get_by_test_id("connection-banner")

    def messages(self, text: str) -> Locator:
        return self.page.locator("article").filter(has_text=text)

    async def sees(self, *texts: str) -> None:
        """Each exactly once, and in this order."""
        for text in texts:
            await expect(self.messages(text)).to_have_count(1)
        # A row is drawn anew once it is sent, and between the two it isn't there.
        in_order = re.compile(".*?".join(map(re.escape, texts)), re.DOTALL)
        await expect(self.page.get_by_role("log").first).to_contain_text(in_order, use_inner_text=True)

    async def screenshot(self, folder: Path, name: str) -> None:
        await self.page.screenshot(path=folder / f"{name}.png")
