"""Where things stand on the page: the one column, the grounds of my own words, the density, the faces of rooms."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.alone import PHONE, Alone, alone_in, join_as_guest, newcomer, open_settings
from tests.people import people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("alone")) as alone:
        yield alone


async def box(of: Locator) -> tuple[float, float, float, float]:
    """Left, right, top, bottom, in px."""
    await expect(of).to_be_visible()
    found = await of.bounding_box()
    assert found is not None
    return found["x"], found["x"] + found["width"], found["y"], found["y"] + found["height"]


@pytest.mark.parametrize("width", [1280, 1700], ids=["at the start", "in the middle of a wide pane"])
async def test_words_lines_and_the_message_box_share_one_column(alone: Alone, width: int):
    async with alone.visit(newcomer("ann"), viewport={"width": width, "height": 800}) as ann:
        await ann.register()
        await ann.make_room(newcomer("Garden"))
        await ann.say("short")
        await ann.say("long " * 60)
        await expect(ann.page.get_by_role("img", name="Sent")).to_be_visible()
        form = await box(ann.composer.locator("xpath=ancestor::form"))
        row = await box(ann.messages("short"))
        day = await box(ann.page.locator("time", has_text="Today"))
        pane = await box(ann.page.get_by_role("main"))
        assert (form[0], form[1]) == (row[0] + 8, row[1] - 8)
        assert row[1] - row[0] == 704
        assert abs((day[0] + day[1]) / 2 - (row[0] + row[1]) / 2) < 1
        middle = (pane[0] + pane[1]) / 2
        assert abs((row[0] + row[1]) / 2 - middle) < 2 if width == 1700 else row[0] - pane[0] == 12


async def test_the_ground_of_my_words_is_as_wide_as_they_are_and_the_tick_stands_behind_it(alone: Alone):
    async with alone.visit(newcomer("ben")) as ben:
        await ben.register()
        await ben.make_room(newcomer("Garden"))
        await ben.say("first")
        await ben.say("ok")
        tick = ben.messages("ok").get_by_role("img", name="Sent")
        await expect(tick).to_be_visible()
        ground = ben.messages("ok").locator(".bg-tint")
        left, right, top, bottom = await box(ground)
        words = await box(ben.messages("ok").get_by_text("ok", exact=True))
        mark = await box(tick)
        assert (left, right) == (words[0] - 12, words[1] + 12)
        assert (mark[0], mark[1]) == (right + 6, right + 20)
        assert top == round(top)
        assert bottom == round(bottom)


async def test_compact_rows_are_lower_and_stay_so_after_a_reload(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("cy")) as cy:
        await join_as_guest(cy)
        row = cy.rooms.get_by_role("link", name="Lobby")
        await (await people.one("writer")).say({"id": 1}, "hello")
        await expect(row.get_by_text("hello")).to_be_visible()
        dialog = await open_settings(cy, "This device")
        await dialog.get_by_role("radio", name="Compact").check()
        await expect(row.get_by_text("hello")).to_be_hidden()
        await cy.page.reload()
        _, _, top, bottom = await box(row)
        assert bottom - top == 40
        await expect(row.get_by_text("hello")).to_be_hidden()


async def test_the_switcher_offers_the_room_before_and_a_new_one_where_none_matches(alone: Alone):
    async with alone.visit(newcomer("dan")) as dan:
        await dan.register()
        before, name = newcomer("Before"), newcomer("Never heard")
        await dan.make_room(before)
        await dan.make_room(newcomer("Open"))
        await dan.page.keyboard.press("Control+k")
        await expect(dan.page.get_by_role("option").first).to_contain_text(before)
        await dan.page.get_by_role("combobox").fill(name)
        await expect(dan.page.get_by_text(f"No room matches “{name}”.")).to_be_visible()
        await dan.page.keyboard.press("Enter")
        await expect(dan.page.get_by_role("dialog").get_by_label("Name", exact=True)).to_have_value(name)
        await dan.page.get_by_role("button", name="Create").click()
        await expect(dan.page.get_by_role("heading", name=name)).to_be_visible()


async def test_a_phone_shows_when_each_message_of_a_group_was_sent(alone: Alone):
    async with alone.visit(newcomer("eve"), **PHONE) as eve:
        await join_as_guest(eve)
        await eve.open_room("Lobby")
        for text in ("one", "two"):
            await eve.composer.fill(text)
            await eve.page.get_by_role("button", name="Send", exact=True).click()
        await expect(eve.messages("two").locator("time")).to_have_css("opacity", "1")
