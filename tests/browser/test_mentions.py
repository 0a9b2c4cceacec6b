"""Mentioning people, and going to messages by their address: by mouse, finger and keys."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in
from tests.browser.test_actions import act, met

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("mentions")) as alone:
        yield alone


async def test_an_at_sign_offers_members_and_keys_take_one(alone: Alone):
    async with met(alone) as (ann, writer, room):
        press = ann.page.keyboard.press
        offers = ann.page.get_by_role("listbox", name="Whom to mention")
        await ann.composer.fill("mail@w")
        await expect(offers).to_have_count(0)
        await ann.composer.fill("")
        await ann.composer.press_sequentially("hi @wri")
        await expect(offers.get_by_role("option", name=writer.name)).to_have_attribute("aria-selected", "true")
        await press("Enter")
        await expect(ann.composer).to_have_value(f"hi @{writer.name} ")
        await expect(offers).to_have_count(0)
        await ann.composer.press_sequentially("and @a")
        await expect(offers.get_by_role("option", name="@all")).to_be_visible()
        await press("Escape")
        await expect(offers).to_have_count(0)
        await expect(ann.composer).to_have_value(f"hi @{writer.name} and @a")
        await press("Enter")
        said = ann.page.locator("article .mention")
        await expect(said).to_have_text([f"@{writer.name}"])
        (message,) = [each for each in await writer.history(room) if each["mentions"]]
        assert message["mentions"] == [writer.id]
        await writer.say(room, f"@{ann.name} look")
        await expect(ann.page.locator("article .mention-me")).to_have_text([f"@{ann.name}"])
        card = ann.page.get_by_role("dialog", name=f"Profile of {writer.name}")
        called = said.get_by_text(f"@{writer.name}")
        await called.click()
        await expect(card).to_be_visible()

        # By keys as well: the focus comes back, and Tab reaches it from its row.
        await press("Escape")
        await expect(card).to_have_count(0)
        await expect(called).to_be_focused()
        await press("ArrowUp")
        await press("ArrowDown")
        await expect(called).not_to_be_focused()
        await press("Tab")
        await expect(called).to_be_focused()
        await press("Enter")
        await expect(card).to_be_visible()


async def test_a_thumb_takes_a_name_from_the_list(alone: Alone):
    async with met(alone, **PHONE) as (ann, writer, _):
        await ann.composer.tap()
        await ann.composer.press_sequentially("@")
        option = ann.page.get_by_role("option", name=writer.name)
        box = await option.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        await option.tap()
        await expect(ann.composer).to_have_value(f"@{writer.name} ")


async def test_the_address_of_a_message_leads_to_it(alone: Alone):
    async with met(alone) as (ann, writer, room):
        (first,) = await writer.history(room)
        for n in range(130):
            await writer.say(room, f"message {n}")
        await act(ann, ann.messages("message 129"), "Copy link")
        await expect(ann.page.get_by_text("Copied")).to_be_visible()
        path = f"/r/{room['id']}/m/{first['id']}"
        await ann.page.goto(f"{ann.url}{path}")
        await expect(ann.page.locator(f'article[data-message="{first["id"]}"]')).to_be_in_viewport()
        await expect(ann.page).to_have_url(f"{ann.url}/rooms/{room['id']}")
        await ann.page.get_by_role("button", name="To the latest", exact=True).click()
        await writer.say(room, f"see {ann.url}{path}")
        await ann.messages("see http").get_by_role("link").click()
        await expect(ann.page.locator(f'article[data-message="{first["id"]}"]')).to_be_in_viewport()
        await ann.page.goto(f"{ann.url}/r/{room['id']}/m/999999999")
        await expect(ann.page.get_by_role("alert")).to_contain_text("message")
