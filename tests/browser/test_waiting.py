"""What one waits for, and what is over: slow rooms, and messages that can't be taken back any more."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, newcomer, open_as
from tests.browser.test_actions import long_press
from tests.people import people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("waiting")) as alone:
        yield alone


async def test_in_a_slow_room_the_next_words_wait_in_their_box_and_managers_dont(alone: Alone):
    async with (
        people_at(alone.server.url) as people,
        alone.visit(newcomer("ben")) as visitor,
        alone.visit(newcomer("ann"), **{**PHONE, "viewport": {"width": 360, "height": 740}}) as owner,
    ):
        ann, ben = await people("ann", "ben")
        room = await ann.make_room()
        (await ann.put(f"/api/rooms/{room['id']}", {"slow_mode": 6})).expect(200)
        await ben.join(room)
        await open_as(visitor, ben, room)
        await open_as(owner, ann, room)
        page = visitor.page
        await expect(page.get_by_text("Slow mode: one message every 6 seconds.")).to_be_visible()
        await visitor.composer.fill("one")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("log").get_by_text("one")).to_be_visible()
        await expect(page.get_by_text("Slow mode: you can send again in")).to_be_visible()
        await visitor.composer.fill("two")
        await page.keyboard.press("Enter")
        await expect(visitor.composer).to_have_value("two")
        send = page.get_by_role("button", name="Send", exact=True)
        await expect(send).to_be_disabled()
        await page.reload()
        await expect(page.get_by_text("Slow mode:")).to_be_visible()
        await expect(visitor.composer).to_have_value("two")
        await expect(send).to_be_enabled()
        await visitor.composer.press("Enter")
        await expect(page.get_by_role("log").get_by_text("two")).to_be_visible()
        assert [message["content"] for message in await ben.history(room)] == ["one", "two"]

        await expect(owner.page.get_by_text("Slow mode:")).to_have_count(0)
        for words in ("three", "four"):
            await owner.composer.fill(words)
            await owner.page.get_by_role("button", name="Send", exact=True).tap()
            await expect(owner.page.get_by_role("log").get_by_text(words)).to_be_visible()


async def test_what_cant_be_taken_back_any_more_says_why(alone: Alone):
    phone = {**PHONE, "viewport": {"width": 360, "height": 740}}
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ben"), **phone) as visitor:
        ann, ben = await people("ann", "ben")
        room = await ann.make_room()
        await ben.join(room)
        await ben.say(room, "said long ago")
        # The host allows no more of it from now on, which the page hears at its next connection.
        await open_as(visitor, ben, room)
        row = visitor.page.get_by_role("article").filter(has_text="said long ago")
        await expect(row).to_be_visible()
        sheet = await long_press(visitor, row)
        await expect(sheet.get_by_role("button", name="Delete")).to_be_enabled()
        await visitor.page.keyboard.press("Escape")
        info = (await ben.get("/api/info")).expect(200) | {"recall_minutes": 0}
        await visitor.page.route("**/api/info", lambda route: route.fulfill(json=info))
        await visitor.page.reload()
        await expect(row).to_be_visible()
        item = (await long_press(visitor, row)).get_by_role("button", name="Delete")
        await expect(item).to_be_disabled()
        await expect(item).to_contain_text("This host has nobody delete what was sent.")
