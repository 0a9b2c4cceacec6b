"""Answering what was said, by mouse, finger and keys: quotes, the way to what they quote, and chains of replies."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in
from tests.browser.test_actions import act, long_press, met, of, said, toolbar

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("replies")) as alone:
        yield alone


async def test_a_reply_quotes_breaks_the_group_and_the_draft_comes_back(alone: Alone):
    async with met(alone) as (ann, writer, room):
        await said(ann, writer, room, "words of mine")
        await ann.composer.fill("half a draft")
        row = ann.messages("first words")
        await row.hover()
        await toolbar(row).get_by_role("button", name="Reply").click()
        await expect(ann.page.get_by_text(f"Reply to {writer.name}")).to_be_visible()
        await expect(ann.composer).to_be_focused()
        await expect(ann.composer).to_have_value("")
        await ann.say("an answer")
        await expect(ann.composer).to_have_value("half a draft")
        await expect(ann.page.get_by_text(f"Reply to {writer.name}")).to_have_count(0)
        answer = ann.page.locator("article").filter(has_text="an answer")
        await expect(answer.get_by_role("button", name="first words")).to_be_visible()
        await expect(answer.locator("header")).to_have_count(1)  # its author shows again
        first = (await writer.history(room))[0]
        assert (await writer.history(room))[-1]["reply_to_id"] == first["id"]
        (await writer.patch(of(first), {"content": "put right"})).expect(200)
        await expect(answer.get_by_role("button", name="put right")).to_be_visible()
        (await writer.delete(of(first))).expect(200)
        await expect(answer.get_by_text("Message deleted")).to_be_visible()
        await expect(answer.get_by_role("button", name="put right")).to_have_count(0)


async def test_by_keys_r_answers_and_escape_keeps_the_words(alone: Alone):
    async with met(alone) as (ann, _, _):
        press = ann.page.keyboard.press
        await ann.composer.focus()
        await press("Shift+F6")
        await press("ArrowUp")
        await expect(ann.messages("first words")).to_be_focused()
        await press("r")
        await expect(ann.composer).to_be_focused()
        await ann.page.keyboard.type("thinking")
        await press("Escape")
        await expect(ann.page.get_by_text("Reply to")).to_have_count(0)
        await expect(ann.composer).to_have_value("thinking")
        await ann.composer.fill("")


async def test_one_thing_at_a_time_is_written(alone: Alone):
    async with met(alone) as (ann, writer, room):
        await said(ann, writer, room, "words of mine")
        await act(ann, ann.messages("first words"), "Reply")
        await act(ann, ann.messages("words of mine"), "Edit")
        await expect(ann.page.get_by_text("Reply to")).to_have_count(0)
        await expect(ann.composer).to_have_value("words of mine")
        await act(ann, ann.messages("first words"), "Reply")
        await expect(ann.page.get_by_text("Editing")).to_have_count(0)
        await expect(ann.composer).to_have_value("")


async def test_a_quote_leads_to_what_is_not_loaded_and_the_arrow_back(alone: Alone):
    async with met(alone) as (ann, writer, room):
        (first,) = await writer.history(room)
        for n in range(130):
            await writer.say(room, f"message {n}")
        ear = await writer.connect()
        last = await writer.say(room, "the answer", reply_to_id=first["id"])
        await ear.hears(
            "receipts_update",
            lambda told: any(each["user_id"] != writer.id and each["seq"] >= last["seq"] for each in told["seen"]),
        )
        await ann.page.reload()
        answer = ann.messages("the answer")
        await expect(answer).to_be_in_viewport()
        await answer.get_by_role("button", name="first words").click()
        target = ann.page.locator(f'article[data-message="{first["id"]}"]')
        await expect(target).to_be_in_viewport()
        await expect(ann.page.get_by_text("You are reading older messages")).to_be_visible()
        await ann.page.get_by_role("button", name="Jump to the latest").click()
        await expect(answer).to_be_in_viewport()
        await expect(ann.page.get_by_text("You are reading older messages")).to_have_count(0)
        # Once more, and on to the end by reading.
        await answer.get_by_role("button", name="first words").click()
        await expect(target).to_be_in_viewport()
        log = ann.page.get_by_role("log")
        on = "log => { log.scrollTo({ top: log.scrollHeight }); return log.innerText.includes('the answer') }"
        await ann.page.wait_for_function(on, arg=await log.element_handle(), polling=100)
        await expect(ann.page.get_by_text("You are reading older messages")).to_have_count(0)
        await ann.sees("message 128", "message 129", "the answer")
        # What I say leads to the end.
        await answer.get_by_role("button", name="first words").click()
        await expect(target).to_be_in_viewport()
        await ann.say("down here")
        await expect(ann.messages("down here")).to_be_in_viewport()


async def test_replies_wait_offline_with_their_quote(alone: Alone):
    async with met(alone) as (ann, writer, room):
        here = "performance.getEntriesByType('resource').some(({ name }) => name.includes('ActionLayer'))"
        await ann.page.wait_for_function(here)
        await ann.page.context.set_offline(True)
        await act(ann, ann.messages("first words"), "Reply")
        await ann.say("while away")
        row = ann.page.locator("article").filter(has_text="while away")
        await expect(row.get_by_role("img", name="Sending")).to_be_visible()
        await expect(row.get_by_role("button", name="first words")).to_be_visible()
        await ann.page.context.set_offline(False)
        await expect(row.get_by_role("img", name="Sent")).to_be_visible()
        first, answer = await writer.history(room)
        assert answer["reply_to_id"] == first["id"]


async def test_a_chain_opens_beside_the_room_and_is_answered_there(alone: Alone):
    async with met(alone) as (ann, writer, room):
        (first,) = await writer.history(room)
        second = await writer.say(room, "second", reply_to_id=first["id"])
        await ann.messages("first words").get_by_role("button", name="1 reply").click()
        pane = ann.page.get_by_role("complementary", name="Replies")
        field = pane.get_by_role("textbox", name="Answer here")
        await expect(field).to_be_focused()
        await expect(pane.locator("article")).to_have_count(2)
        await field.fill("from the side")
        await field.press("Enter")
        await expect(pane.locator("article").filter(has_text="from the side")).to_be_visible()
        await expect(field).to_be_focused()
        await writer.say(room, "and live", reply_to_id=second["id"])
        live = pane.locator("article").filter(has_text="and live")
        await expect(live.get_by_role("button", name="second")).to_be_visible()
        await expect(pane.get_by_text("3 replies")).to_be_visible()
        # An action in the pane stays in the pane.
        await live.hover()
        await toolbar(live).get_by_role("button", name="Reply").click()
        await expect(pane.get_by_text(f"Reply to {writer.name}")).to_be_visible()
        await expect(field).to_be_focused()
        await field.press("Escape")
        await ann.page.get_by_role("button", name="Members", exact=True).click()
        await expect(pane).to_have_count(0)
        await expect(ann.page.get_by_role("complementary", name="Members")).to_be_visible()
        assert [each["thread_id"] for each in (await writer.history(room))[1:]] == [first["id"]] * 3


async def test_on_a_phone_the_sheet_answers_and_a_chain_fills_the_screen(alone: Alone):
    async with met(alone, **PHONE) as (ann, writer, room):
        sheet = await long_press(ann, ann.messages("first words"))
        await sheet.get_by_role("button", name="Reply", exact=True).tap()
        await expect(ann.page.get_by_text(f"Reply to {writer.name}")).to_be_visible()
        await ann.composer.fill("by thumb")
        await ann.page.get_by_role("button", name="Send").tap()
        link = ann.page.get_by_role("button", name="1 reply")
        await link.tap()
        pane = ann.page.get_by_role("complementary", name="Replies")
        await expect(pane.locator("article").filter(has_text="by thumb")).to_be_visible()
        box, size = await pane.bounding_box(), ann.page.viewport_size
        assert box is not None
        assert size is not None
        assert (box["width"], box["height"]) == (size["width"], size["height"])
        await pane.get_by_role("textbox", name="Answer here").fill("one more")
        await pane.get_by_role("button", name="Send").tap()
        await expect(pane.locator("article")).to_have_count(3)
        await ann.page.go_back()
        await expect(pane).to_have_count(0)
        await expect(ann.page.get_by_role("button", name="2 replies")).to_be_visible()
        assert len(await writer.history(room)) == 3
