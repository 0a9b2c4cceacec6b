"""Every screen and dialog by axe, in both themes: nothing that WCAG 2.2 AA forbids."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, choose, close_settings, newcomer, open_settings
from tests.browser.chromium import Visitor
from tests.people import people_at
from tests.server import ROOT

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}  # what a theme changes
MARKDOWN = "A list:\n\n- **bold** and `code`\n- <http://127.0.0.1/>\n\n```python\nprint('x')  # y\n```"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    if not AXE.exists():
        pytest.skip("needs the web client's development packages")
    async with alone_in(tmp_path_factory.mktemp("accessible")) as alone:
        yield alone


async def complaints(visitor: Visitor, rules: dict[str, Any] = RULES) -> list[str]:
    """Of what is on the page now: the rule, and where it is broken."""
    page = visitor.page
    if not await page.evaluate("'axe' in globalThis"):
        await page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = await page.evaluate("rules => axe.run(document, rules)", rules)
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


async def open_members(visitor: Visitor) -> None:
    await visitor.page.get_by_role("button", name="Members", exact=True).click()
    await expect(visitor.page.get_by_text("Owner")).to_be_visible()


def press(key: str) -> Callable[[Visitor], Awaitable[None]]:
    return lambda visitor: visitor.page.keyboard.press(key)


def item(name: str, part: str = "You") -> Callable[[Visitor], Awaitable[None]]:
    return lambda visitor: choose(visitor, name, part)


async def each_part(visitor: Visitor) -> None:
    dialog = await open_settings(visitor)
    for part in ("You", "This device", "Host", "Help"):
        await dialog.get_by_role("tab", name=part).click()
        await expect(dialog.get_by_role("tabpanel", name=part)).to_be_visible()
        assert await complaints(visitor) == [], part


def button(name: str) -> Callable[[Visitor], Awaitable[None]]:
    return lambda visitor: visitor.page.get_by_role("button", name=name, exact=True).click()


def in_room_menu(name: str) -> Callable[[Visitor], Awaitable[None]]:
    async def show(visitor: Visitor) -> None:
        await button("Room menu")(visitor)
        await visitor.page.get_by_role("menuitem", name=name).click()

    return show


async def each_part_of_the_room(visitor: Visitor) -> None:
    await in_room_menu("Room settings")(visitor)
    dialog = visitor.page.get_by_role("dialog", name="Room settings")
    for part in ("Room", "Members", "Reports", "Bans", "Links", "Log", "Export"):
        await dialog.get_by_role("tab", name=part, exact=True).click()
        await expect(dialog.get_by_role("tabpanel", name=part)).to_be_visible()
        await expect(dialog.get_by_role("status", name="Loading")).to_have_count(0)
        assert await complaints(visitor) == [], part


async def of_writer(visitor: Visitor) -> None:
    await visitor.page.get_by_role("button", name="What to do with writer").click()


async def ban(visitor: Visitor) -> None:
    await of_writer(visitor)
    await visitor.page.get_by_role("menuitem", name="Ban").click()


async def card(visitor: Visitor) -> None:
    await visitor.page.get_by_role("article").get_by_role("button", name="writer").click()
    await expect(visitor.page.get_by_text("Rooms you share")).to_be_visible()


async def several_people(visitor: Visitor) -> None:
    await visitor.begin("Message somebody")
    await visitor.page.get_by_role("dialog").get_by_role("button", name="writer").first.click()


OPENED: dict[str, Callable[[Visitor], Awaitable[None]]] = {
    "settings menu": button("Settings"),
    "settings": each_part,
    "room menu": button("Room menu"),
    "emoji": button("Emoji"),
    "new room": lambda visitor: visitor.begin("New room"),
    "a message": several_people,
    "room settings": each_part_of_the_room,
    "member menu": of_writer,
    "ban": ban,
    "add people": button("Add people"),
    "card": card,
    "profile": lambda visitor: visitor.page.get_by_title("Your profile").click(),
    "export": in_room_menu("Export"),
    "leave": in_room_menu("Leave room"),
    "saved": item("Saved messages"),
    "invitation": button("Invite people"),
    "switcher": press("Control+k"),
    "devices": item("Where I am signed in"),
    "password": item("Change password"),
    "blocked": item("Blocked people"),
    "delete account": item("Delete my account"),
    "notifications": item("When I am told", "This device"),
    "keys": item("Keyboard shortcuts", "Help"),
    "about": item("About LanChat", "Help"),
}


FROM_SETTINGS = {"devices", "password", "keys", "about", "blocked", "delete account", "notifications"}


@pytest.mark.parametrize(("theme", "device"), [("light", {}), ("dark", PHONE)], ids=["light", "dark, on a phone"])
async def test_the_pages_before_the_login(alone: Alone, theme: str, device: dict[str, Any]):
    async with alone.visit("stranger", color_scheme=theme, **device) as stranger:
        for path in ("login", "guest", "register", "nope"):
            await stranger.page.goto(f"{stranger.url}/{path}")
            await expect(stranger.page.get_by_role("heading").first).to_be_visible()
            assert await complaints(stranger) == [], path


@pytest.mark.parametrize(("theme", "rules"), [("light", RULES), ("dark", COLOURS)], ids=["light", "dark"])
async def test_the_chat_and_everything_that_opens_from_it(alone: Alone, theme: str, rules: dict[str, Any]):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), color_scheme=theme) as ann:
        await ann.register()
        await ann.make_room(newcomer("Garden"))
        writer = await people.one("writer")
        room = {"id": int(ann.page.url.rpartition("/")[2])}
        await writer.join(room)
        await writer.say(room, MARKDOWN)
        await ann.say("hello")
        await expect(ann.page.get_by_role("img", name="Sent")).to_be_visible()
        await expect(ann.page.locator(".prose pre")).to_be_visible()
        assert await complaints(ann, rules) == []
        await open_members(ann)
        assert await complaints(ann, rules) == [], "members"
        for name, show in OPENED.items():
            await show(ann)
            await expect(ann.page.locator("[role=dialog], [role=menu]").first).to_be_visible()
            assert await complaints(ann, rules) == [], name
            if name in FROM_SETTINGS:
                await close_settings(ann)
            else:
                await ann.page.keyboard.press("Escape")
            await expect(ann.page.locator("[role=dialog], [role=menu]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_chat_on_a_phone(alone: Alone, theme: str):
    async with alone.visit(newcomer("bob"), color_scheme=theme, **PHONE) as bob:
        await bob.register()
        assert await complaints(bob) == [], "rooms"
        await bob.open_room("Lobby")
        await bob.say("from my phone")
        assert await complaints(bob) == [], "chat"
