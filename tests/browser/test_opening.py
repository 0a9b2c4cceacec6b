"""Where a room opens, and where what is typed goes: to the pixel, and to the message."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, join_as_guest, newcomer, open_as
from tests.browser.chromium import Visitor
from tests.people import people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

GAP = "log => log.scrollHeight - log.scrollTop - log.clientHeight"
LINE = """log => log.querySelector('[data-testid=new-line]').getBoundingClientRect().top
    - log.getBoundingClientRect().top"""
LONG = "\n\n".join(f"paragraph {n}: " + "words that fill several lines of it " * 4 for n in range(4))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("opening")) as alone:
        yield alone


async def steady(visitor: Visitor, script: str) -> float:
    """What the script says of the list once it says the same for half a second."""
    log = visitor.page.get_by_role("log")
    return await log.evaluate(
        f"""async log => {{
            const look = {script}
            let said = look(log), since = performance.now()
            while (performance.now() - since < 500) {{
                await new Promise(requestAnimationFrame)
                if (look(log) !== said) [said, since] = [look(log), performance.now()]
            }}
            return said
        }}"""
    )


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_a_room_opens_exactly_at_its_end_or_at_its_first_unread_message(
    alone: Alone, motion: str, device: dict[str, Any]
):
    settings = {"reduced_motion": motion, **device}
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **settings) as ann:
        writer = await people.one("writer")
        rooms = [await writer.make_room(newcomer("room")) for _ in range(2)]
        await ann.register()
        for room in rooms:
            for n in range(40):
                await writer.say(room, LONG if n % 9 == 0 else f"message {n} with *form*")
            await ann.knock(room["name"])
            await expect(ann.composer).to_be_visible()
            await expect(ann.messages("message 39")).to_be_visible()
            assert await steady(ann, GAP) <= 1
            if device:
                await ann.page.get_by_role("link", name="Back to the rooms").click()
        await ann.page.goto(f"{ann.url}/rooms/{rooms[0]['id']}")
        await expect(ann.messages("message 39")).to_be_visible()
        assert await steady(ann, GAP) <= 1

        for n in range(25):
            await writer.say(rooms[1], f"later {n}")
        if device:
            await ann.page.get_by_role("link", name="Back to the rooms").click()
        await ann.open_room(rooms[1]["name"])
        await expect(ann.page.get_by_test_id("new-line")).to_be_visible()
        assert abs(await steady(ann, LINE) - 48) <= 1

        # Also where the page itself is opened there, and where a few long messages are all that there is.
        short = await writer.make_room(newcomer("room"))
        if device:
            await ann.page.get_by_role("link", name="Back to the rooms").click()
        await ann.knock(short["name"])
        await expect(ann.composer).to_be_visible()
        await ann.page.goto(f"{ann.url}/rooms/{rooms[1]['id']}")
        await expect(ann.composer).to_be_visible()
        for room, count, text in ((rooms[0], 25, "even later"), (short, 8, LONG)):
            for _ in range(count):
                await writer.say(room, text)
            await ann.page.goto(f"{ann.url}/rooms/{room['id']}")
            await expect(ann.page.get_by_test_id("new-line")).to_be_visible()
            assert abs(await steady(ann, LINE) - 48) <= 1


async def test_what_is_typed_after_opening_a_room_goes_into_its_message(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ben")) as ben:
        writer = await people.one("writer")
        room = await writer.make_room(newcomer("garden"))
        await ben.register()
        await ben.knock(room["name"])
        await expect(ben.composer).to_be_focused()
        await ben.page.keyboard.type("one")
        await ben.open_room("Lobby")
        await expect(ben.composer).to_be_focused()
        await ben.page.keyboard.press("Control+k")
        await expect(ben.page.get_by_role("combobox", name="Find a room")).to_be_focused()
        await ben.page.keyboard.type(room["name"])
        await ben.page.keyboard.press("Enter")
        await expect(ben.page.get_by_role("heading", name=room["name"])).to_be_visible()
        await expect(ben.composer).to_be_focused()
        await ben.page.keyboard.type(" two")  # behind the draft, not in front of it
        await expect(ben.composer).to_have_value("one two")

        await ben.page.keyboard.press("Alt+ArrowDown")
        await expect(ben.page.get_by_role("heading", name="Lobby")).to_be_visible()
        await expect(ben.composer).to_be_focused()
        await ben.page.reload()
        await expect(ben.composer).to_be_focused()
        await ben.page.get_by_role("button", name="Members", exact=True).click()
        await ben.page.keyboard.type("hi ?")
        await expect(ben.composer).to_have_value("hi ?")
        file = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"the plan"}
        await ben.page.locator("input[type=file]").set_input_files([file])
        await expect(ben.composer).to_be_focused()
        await ben.page.keyboard.press("Enter")
        await expect(ben.messages("plan.txt")).to_have_count(1)


async def test_emoji_are_picked_by_keyboard_and_writing_goes_on_behind_them(alone: Alone):
    async with alone.visit(newcomer("cai")) as cai:
        await join_as_guest(cai)
        await cai.composer.fill("ab")
        await cai.page.keyboard.press("ArrowLeft")
        await cai.page.get_by_role("button", name="Emoji").focus()
        await cai.page.keyboard.press("Enter")
        picker = cai.page.get_by_role("dialog", name="Emoji")
        search = picker.get_by_role("combobox")
        await expect(search).to_be_focused()
        await search.press_sequentially("turtle")
        await expect(picker.get_by_role("option", name="turtle")).to_be_visible()
        await cai.page.keyboard.press("ArrowDown")
        await cai.page.keyboard.press("Enter")
        await expect(picker).to_have_count(0)
        await expect(cai.composer).to_be_focused()
        await cai.page.keyboard.type("!")
        await expect(cai.composer).to_have_value("a🐢!b")
        await cai.page.keyboard.press("Control+z")  # what was picked can be undone as what was typed
        await cai.page.keyboard.press("Control+z")
        await expect(cai.composer).to_have_value("ab")

        await cai.page.get_by_role("button", name="Emoji").click()
        await picker.get_by_role("tab", name="Animals").click()
        await picker.get_by_role("menuitem", name="dog face").first.click(modifiers=["Shift"])
        await picker.get_by_role("menuitem", name="cat face").first.click()
        await expect(picker).to_have_count(0)
        await expect(cai.composer).to_have_value("a🐶🐱b")
        await cai.page.keyboard.press("Enter")
        await expect(cai.messages("a🐶🐱b")).to_have_count(1)


def top_of(message: dict[str, Any], part: str = "") -> str:
    """Where a message stands, or a part of it."""
    return f"""log => log.querySelector('article[data-message="{message["id"]}"] {part}').getBoundingClientRect().top"""


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_a_long_text_is_folded_and_neither_unfolding_nor_folding_it_moves_the_reader(
    alone: Alone, device: dict[str, Any]
):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **device) as ann:
        writer, ann_herself = await people("writer", "ann")
        room = await writer.make_room()
        await ann_herself.join(room)
        for n in range(12):
            await writer.say(room, f"before {n}")
        long = await writer.say(room, "\n".join(f"line {n}" for n in range(60)))
        await writer.say(room, "an answer", reply_to_id=long["id"])
        for n in range(12):
            await writer.say(room, f"after {n}")
        await open_as(ann, ann_herself, room)
        log = ann.page.get_by_role("log", name="Messages")
        row = log.locator(f'article[data-message="{long["id"]}"]')
        more, less = (row.get_by_role("button", name=f"Show {name}") for name in ("more", "less"))
        await more.scroll_into_view_if_needed()
        await expect(row).to_contain_text("line 19")
        await expect(row).not_to_contain_text("line 20")

        top = await steady(ann, top_of(long))
        await more.focus()
        await ann.page.keyboard.press("Enter")
        await expect(less).to_have_attribute("aria-expanded", "true")
        await expect(less).to_be_focused()
        await expect(row).to_contain_text("line 59")
        assert await steady(ann, top_of(long)) == top
        await less.scroll_into_view_if_needed()
        button = await steady(ann, top_of(long, "[aria-expanded]"))
        await ann.page.keyboard.press("Enter")
        await expect(more).to_be_focused()
        await expect(row).not_to_contain_text("line 20")
        assert abs(await steady(ann, top_of(long, "[aria-expanded]")) - button) <= 1

        # In its chain of replies it is folded by itself, and what is unfolded there leaves the room as it is.
        await row.get_by_role("button", name="1 reply").click()
        pane = ann.page.get_by_role("complementary", name="Replies")
        await pane.get_by_role("button", name="Show more").click()
        await expect(pane.get_by_text("line 59")).to_be_visible()
        await expect(row).not_to_contain_text("line 20")
        await pane.get_by_role("button", name="Show less").click()
        await expect(pane.get_by_text("line 59")).to_have_count(0)
        await pane.get_by_role("button", name="Close").click()

        # At the end of the room it grows downwards as well, and stays whole while the reader is elsewhere.
        last = await writer.say(room, "\n".join(f"verse {n}" for n in range(60)))
        row = log.locator(f'article[data-message="{last["id"]}"]')
        await log.evaluate("log => log.scrollTo(0, log.scrollHeight)")
        assert await steady(ann, GAP) <= 1
        top = await steady(ann, top_of(last))
        await row.get_by_role("button", name="Show more").click()
        await expect(row).to_contain_text("verse 59")
        assert await steady(ann, top_of(last)) == top
        await log.evaluate("log => log.scrollTo(0, 0)")
        await expect(ann.messages("before 0")).to_be_in_viewport()
        await expect(row).to_have_count(0)
        await ann.page.get_by_role("button", name="Jump to the latest").click()
        await expect(row).to_contain_text("verse 59")
        assert await steady(ann, GAP) <= 1
