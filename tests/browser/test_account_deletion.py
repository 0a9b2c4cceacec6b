"""Somebody deletes their account: on a phone and by keyboard, and what others see of it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, choose, join_as_guest, newcomer, open_as
from tests.people import PASSWORD, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]
NARROW = {**PHONE, "viewport": {"width": 360, "height": 740}}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("deletion")) as alone:
        yield alone


async def test_what_was_said_stays_and_others_see_a_former_member(alone: Alone):
    async with (
        people_at(alone.server.url) as people,
        alone.visit("phone", **NARROW) as phone,
        alone.visit("desk") as desk,
    ):
        anna, ben = await people("anna", "ben")
        lobby = await anna.lobby()
        words = f"the last words of {anna.id}"
        await anna.say(lobby, words)
        pair = (await anna.post("/api/direct/", {"user_ids": [ben.id]})).expect(201)
        await anna.say(pair, "between us")
        await open_as(phone, anna, lobby)
        await open_as(desk, ben, lobby)
        await expect(desk.page.get_by_role("log").get_by_text(anna.name).first).to_be_visible()

        await phone.page.get_by_role("link", name="Back to the rooms").tap()
        await choose(phone, "Delete my account")
        dialog = phone.page.get_by_role("dialog", name="Delete my account")
        await expect(dialog.get_by_role("radio", name="Leave it there")).to_be_checked()
        await dialog.get_by_label("Your password").fill("not it at all")
        await dialog.get_by_role("button", name="Delete my account").tap()
        sure = phone.page.get_by_role("dialog", name="Delete your account for good?")
        await sure.get_by_role("button", name="Delete for good").tap()
        await expect(sure.get_by_role("alert")).to_be_visible()
        await sure.get_by_role("button", name="Cancel").tap()
        await dialog.get_by_label("Your password").fill(PASSWORD)
        await dialog.get_by_role("button", name="Delete my account").tap()
        await sure.get_by_role("button", name="Delete for good").tap()

        await expect(phone.page.get_by_role("status").filter(has_text="Your account is deleted.")).to_be_visible()
        log = desk.page.get_by_role("log")
        await expect(log.get_by_text("Former member", exact=True).first).to_be_visible()
        await expect(desk.messages(words)).to_be_visible()
        await expect(desk.page.get_by_text(anna.name)).to_have_count(0)
        await desk.page.get_by_role("link", name="between us").click()
        await expect(desk.page.get_by_role("heading", name="Former member", exact=True)).to_be_visible()
        await expect(desk.page.get_by_role("status").filter(has_text="has deleted their account")).to_be_visible()
        await desk.sees("between us")
        await phone.page.reload()
        await expect(phone.page.get_by_role("button", name="Join")).to_be_visible()  # as of somebody new


async def test_a_guest_takes_everything_back_by_keyboard(alone: Alone):
    async with (
        people_at(alone.server.url) as people,
        alone.visit(newcomer("gus")) as guest,
        alone.visit("desk") as desk,
    ):
        ben = await people.one("ben")
        await join_as_guest(guest)
        await guest.say("nobody shall read this")
        await open_as(desk, ben, await ben.lobby())
        await desk.sees("nobody shall read this")

        await choose(guest, "Delete my account")
        dialog = guest.page.get_by_role("dialog", name="Delete my account")
        await expect(dialog.get_by_label("Your password")).to_have_count(0)
        await dialog.get_by_role("radio", name="Leave it there").focus()
        await guest.page.keyboard.press("ArrowDown")
        await expect(dialog.get_by_role("radio", name="Take all of it back")).to_be_checked()
        await guest.page.keyboard.press("Enter")
        sure = guest.page.get_by_role("dialog", name="Delete your account for good?")
        await sure.get_by_role("button", name="Delete for good").focus()
        await guest.page.keyboard.press("Enter")

        await expect(guest.page.get_by_role("status").filter(has_text="Your account is deleted.")).to_be_visible()
        await expect(desk.messages("nobody shall read this")).to_have_count(0)
        await expect(desk.page.get_by_role("log").get_by_text("Former member recalled a message")).to_be_visible()
