"""Every eye, hand and screen: keyboards, forced colours, large text, phones, and the first minute."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, join_as_guest, newcomer
from tests.people import people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

TABLE = "| " + " | ".join(f"column {n}" for n in range(9)) + " |\n" + "|-" * 9 + "|\n" + "| a word " * 9 + "|"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("everyone")) as alone:
        yield alone


async def test_whoever_is_alone_at_the_host_sees_how_others_come(alone: Alone):
    async with alone.visit(newcomer("ann")) as ann:
        await join_as_guest(ann)
        await expect(ann.page.get_by_text("Nobody else is here yet")).to_be_visible()
        await ann.page.get_by_role("main").get_by_role("button", name="Invite people").click()
        await expect(ann.page.get_by_role("dialog", name="Invite people")).to_be_visible()
        # A dialog without a field begins at its title, not at the way out.
        await expect(ann.page.get_by_role("heading", name="Invite people")).to_be_focused()


async def test_messages_are_walked_by_arrows_and_f6_goes_round(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ben")) as ben:
        writer = await people.one("writer")
        room = await writer.make_room(newcomer("garden"))
        for n in range(60):
            await writer.say(room, f"message {n}")
        await ben.register()
        await ben.knock(room["name"])
        await expect(ben.messages("message 59")).to_be_visible()
        await expect(ben.composer).to_be_focused()
        press = ben.page.keyboard.press
        await press("Shift+F6")
        await expect(ben.page.get_by_role("log")).to_be_focused()
        await press("ArrowUp")
        await expect(ben.messages("message 59")).to_be_focused()
        for n in range(58, 13, -1):  # as fast as a page draws what wasn't drawn, and no faster
            await press("ArrowUp")
            await expect(ben.messages(f"message {n}")).to_be_focused()
        await expect(ben.messages("message 14")).to_be_in_viewport()
        name = await ben.messages("message 14").get_attribute("aria-label")
        assert name is not None
        assert name.startswith(f"{writer.name}, ")
        await press("Escape")
        await expect(ben.composer).to_be_focused()
        await press("F6")
        await expect(ben.rooms.get_by_role("link", name=room["name"])).to_be_focused()


async def test_the_gate_of_a_private_room_has_a_way_back_and_its_field(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("cai"), **PHONE) as cai:
        writer = await people.one("writer")
        room = await writer.make_room(newcomer("secret"), password="sesame")
        await cai.register()
        await cai.page.goto(f"{cai.url}/rooms/{room['id']}")
        await expect(cai.page.get_by_role("heading", name=room["name"])).to_be_visible()
        await expect(cai.page.get_by_role("main").get_by_text("Private room")).to_be_visible()
        await cai.page.get_by_label("Room password").fill("sesame")
        await cai.page.get_by_role("button", name="Join").click()
        await expect(cai.composer).to_be_visible()
        await cai.page.get_by_role("link", name="Back to the rooms").click()
        await expect(cai.rooms).to_be_visible()
        assert await cai.page.get_by_role("main").count() == 1


async def test_a_name_with_a_blank_is_taken_and_a_taken_one_told_at_its_field(alone: Alone):
    name = newcomer("Anna")
    async with alone.visit(name) as first, alone.visit(f"{name} Maria", **PHONE) as second:
        await join_as_guest(first)
        await second.page.goto(f"{second.url}/guest")
        field = second.page.get_by_label("Your name")
        await field.press_sequentially("Anna Maria")
        await expect(field).to_have_value("Anna_Maria")
        await field.fill(name)
        await second.page.get_by_role("button", name="Join").click()
        await expect(second.page.get_by_text(f"called {name} already")).to_be_visible()
        await expect(field).to_be_focused()
        await second.page.get_by_role("button", name="instead").click()
        await second.page.get_by_role("button", name="Join").click()
        # With one room there is nothing to choose: they are in it, and "back" is the list.
        await expect(second.composer).to_be_visible()
        await second.page.go_back()
        await expect(second.rooms).to_be_visible()


async def test_forced_colours_show_the_open_room_and_the_edges(alone: Alone):
    async with alone.visit(newcomer("dan"), forced_colors="active") as dan:
        await join_as_guest(dan)
        outline = "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).outlineWidth"
        assert await dan.page.locator("[aria-current=page]").evaluate(outline) == "solid2px"
        await dan.begin("New room")
        border = "element => getComputedStyle(element).borderTopWidth"
        assert await dan.page.get_by_role("dialog").evaluate(border) == "1px"
        assert await dan.page.get_by_role("button", name="Create").evaluate(border) == "1px"


async def test_text_twice_as_large_leaves_room_to_write(alone: Alone):
    async with alone.visit(newcomer("eve"), **{**PHONE, "viewport": {"width": 360, "height": 740}}) as eve:
        await join_as_guest(eve)
        await eve.open_room("Lobby")
        await expect(eve.composer).to_be_visible()
        await eve.page.add_style_tag(content="html { font-size: 200% }")
        box = await eve.composer.bounding_box()
        assert box is not None
        assert box["width"] > 250
        assert await eve.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


async def test_what_takes_form_can_be_read_by_keyboard_and_stays_in_its_row(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("fay"), **PHONE) as fay:
        writer = await people.one("writer")
        room = await writer.make_room(newcomer("garden"))
        await writer.say(room, "above")
        await writer.say(room, "Z" + "\u0300\u0316" * 140 + "algo")
        await writer.say(room, "```\n" + "a long line of code " * 10 + "\n```")
        await writer.say(room, "\n".join("x" for _ in range(1_500)))
        await writer.say(room, TABLE)
        await writer.say(room, "- [ ] wash\n- [x] **dry**")
        await writer.say(room, "👍")
        await writer.say(room, "www.example.com")
        await fay.register()
        await fay.knock(room["name"])
        log = fay.page.get_by_role("log")
        await expect(log.get_by_role("region", name="Code")).to_have_attribute("tabindex", "0")
        await expect(log.get_by_role("button", name="Copy")).to_be_attached()
        # By its arrows a table that is wider than the phone, which stays as wide as it is.
        table = log.get_by_role("region", name="Table")
        await table.focus()
        assert await table.evaluate("element => element.scrollWidth > element.clientWidth")
        await fay.page.keyboard.press("ArrowRight")
        await table.evaluate(
            "async table => { while (table.scrollLeft === 0) await new Promise(requestAnimationFrame) }"
        )
        assert await fay.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        tasks = log.get_by_role("listitem").filter(has=fay.page.get_by_role("img"))
        await expect(tasks).to_have_text(["wash", "dry"])
        await expect(tasks.first.get_by_role("img", name="To do")).to_be_visible()
        await expect(tasks.last.get_by_role("img", name="Done")).to_be_visible()
        await expect(log.get_by_role("button", name="Show more")).to_be_visible()
        await expect(log.get_by_role("link", name="www.example.com")).to_be_visible()
        size = await fay.messages("👍").locator("p").evaluate("element => getComputedStyle(element).fontSize")
        assert size == "30px"
        body = fay.messages("algo").locator(".overflow-clip")
        assert await body.evaluate("element => getComputedStyle(element).overflowY") == "clip"
