"""What one does with a message, by mouse, finger and keys: reacting, editing, taking back, pinning, saving."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.alone import PHONE, Alone, alone_in, choose, newcomer
from tests.browser.chromium import Visitor
from tests.people import Payload, Person, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("actions")) as alone:
        yield alone


@asynccontextmanager
async def met(alone: Alone, **context: Any) -> AsyncIterator[tuple[Visitor, Person, Payload]]:
    """Ann at a browser in a room of Writer's, who manages it and said something."""
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **context) as ann:
        writer = await people.one("writer")
        room = await writer.make_room(newcomer("garden"))
        await writer.say(room, "first words")
        await ann.register()
        await ann.knock(room["name"])
        await expect(ann.messages("first words")).to_be_visible()
        yield ann, writer, room


async def said(ann: Visitor, writer: Person, room: Payload, text: str) -> Payload:
    """By Ann, and on the server."""
    await ann.say(text)
    await expect(ann.messages(text).get_by_role("img", name="Sent")).to_be_visible()
    return (await writer.history(room))[-1]


def of(message: Payload, *path: str) -> str:
    return "/".join((f"/api/messages/{message['room_id']}/{message['id']}", *path))


def toolbar(row: Locator) -> Locator:
    return row.get_by_role("toolbar", name="Actions")


async def act(ann: Visitor, row: Locator, name: str) -> None:
    """By the right button."""
    await row.click(button="right", position={"x": 200, "y": 12})
    await ann.page.get_by_role("menuitem", name=name, exact=True).click()


async def long_press(ann: Visitor, row: Locator) -> Locator:
    box = await row.bounding_box()
    assert box is not None
    touch = await ann.page.context.new_cdp_session(ann.page)
    point = {"x": box["x"] + 120, "y": box["y"] + box["height"] / 2}
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    sheet = ann.page.get_by_role("dialog", name="Message from")
    await expect(sheet).to_be_visible()
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return sheet


async def test_a_toolbar_comes_with_the_pointer_and_goes_with_it(alone: Alone):
    async with met(alone) as (ann, _, _):
        row = ann.messages("first words")
        await expect(toolbar(row)).to_have_count(0)
        await row.hover()
        await expect(toolbar(row)).to_be_visible()
        await toolbar(row).get_by_role("button", name="More").hover()
        await toolbar(row).get_by_role("button", name="More").click()
        menu = ann.page.get_by_role("menu")
        await expect(menu.get_by_role("menuitem")).to_have_text(
            ["React", "Reply", "Forward…", "Copy text", "Copy link", "Save", "Mark unread", "Report"]
        )
        await ann.page.keyboard.press("Escape")
        await expect(menu).to_have_count(0)
        await ann.composer.hover()
        await expect(toolbar(row)).to_have_count(0)


async def test_a_row_that_was_walked_to_takes_keys_and_one_that_was_clicked_does_not(alone: Alone):
    async with met(alone) as (ann, writer, room):
        await said(ann, writer, room, "words of mine")
        press = ann.page.keyboard.press
        await ann.composer.focus()
        await press("Shift+F6")
        await press("ArrowUp")
        row = ann.messages("words of mine")
        await expect(row).to_be_focused()
        await press("Enter")
        names = ["React", "Reply", "Forward…", "Copy text", "Copy link", "Edit", "Save", "Delete"]
        await expect(ann.page.get_by_role("menuitem")).to_have_text(names)
        await press("Escape")
        await expect(row).to_be_focused()
        await press("Tab")
        await expect(toolbar(row).get_by_role("button").first).to_be_focused()
        await press("ArrowUp")
        await press("ArrowDown")
        await expect(row).to_be_focused()
        await press("e")
        await expect(ann.composer).to_be_focused()
        await expect(ann.composer).to_have_value("words of mine")
        await press("Escape")
        await expect(ann.composer).to_have_value("")
        await row.click()
        await ann.page.keyboard.type("each")
        await expect(ann.composer).to_have_value("each")


async def focused(row: Locator, key: str) -> None:
    """By pressing a key as often as it takes."""
    await expect(row).to_be_visible()
    while not await row.evaluate("element => element === document.activeElement"):
        await row.page.keyboard.press(key)


async def test_by_keys_alone_one_passes_on_and_reports(alone: Alone):
    async with met(alone) as (ann, writer, room):
        (first,) = await writer.history(room)
        there = await writer.make_room(newcomer("attic"))
        (await writer.put(f"/api/rooms/{there['id']}/members/{await own_id(ann)}", {})).expect(201)
        ear, page, press = await writer.connect(), ann.page, ann.page.keyboard.press
        row = ann.messages("first words")
        await expect(ann.rooms.get_by_role("link", name=there["name"])).to_be_visible()
        await ann.composer.focus()
        await press("Shift+F6")
        await focused(row, "ArrowUp")
        await press("f")
        dialog = page.get_by_role("dialog", name=f"Forward what {writer.name} said")
        await expect(dialog.get_by_label("Find a room or somebody")).to_be_focused()
        await page.keyboard.type(there["name"])
        await press("Enter")
        await expect(dialog.get_by_role("button", name=there["name"])).to_have_attribute("aria-pressed", "true")
        await press("Enter")
        await expect(page.get_by_text(f"Forwarded to {there['name']}")).to_be_visible()
        passed = await ear.hears("new_message", room_id=there["id"])
        assert passed["forwarded_from"]["username"] == writer.name

        await ann.composer.focus()
        await press("Shift+F6")
        await focused(row, "ArrowUp")
        await press("Enter")
        await focused(page.get_by_role("menuitem", name="Report", exact=True), "ArrowDown")
        await press("Enter")
        report = page.get_by_role("dialog", name=f"Report what {writer.name} said")
        await focused(report.get_by_label("In your words"), "Tab")
        await page.keyboard.type("not nice")
        async with page.expect_response(f"**{of(first, 'report')}") as answered:
            await press("Enter")
        answer = await answered.value
        assert (answer.status, (answer.request.post_data_json or {})["words"]) == (201, "not nice")
        await expect(page.get_by_text("Reported. You hear")).to_be_visible()


async def test_by_keys_alone_a_chain_is_opened_and_answered_and_left(alone: Alone):
    async with met(alone) as (ann, writer, room):
        (first,) = await writer.history(room)
        await writer.say(room, "second", reply_to_id=first["id"])
        press, log = ann.page.keyboard.press, ann.page.get_by_role("log", name="Messages")
        await ann.composer.focus()
        await press("Shift+F6")
        row = log.locator(f'article[data-message="{first["id"]}"]')
        await focused(row, "ArrowUp")
        await focused(row.get_by_role("button", name="1 reply"), "Tab")
        await press("Enter")
        pane = ann.page.get_by_role("complementary", name="Replies")
        await expect(pane.get_by_role("textbox", name="Answer here")).to_be_focused()
        await ann.page.keyboard.type("third")
        await press("Enter")
        await expect(pane.locator("article")).to_have_count(3)
        assert [each["thread_id"] for each in (await writer.history(room))[1:]] == [first["id"]] * 2
        await focused(pane.get_by_role("button", name="Close"), "Shift+Tab")
        await press("Enter")
        await expect(pane).to_have_count(0)
        await expect(ann.composer).to_be_focused()


async def own_id(ann: Visitor) -> int:
    """Of who is signed in on the page."""
    asked = "fetch('/api/auth/me', { headers: { Authorization: `Bearer ${localStorage['lanchat.token']}` } })"
    return (await ann.page.evaluate(f"{asked}.then(answer => answer.json())"))["id"]


async def test_a_long_press_opens_a_sheet_and_a_tap_on_it_acts(alone: Alone):
    async with met(alone, **PHONE) as (ann, _, _):
        sheet = await long_press(ann, ann.messages("first words"))
        await expect(sheet.get_by_role("listitem")).to_have_text(
            ["Reply", "Forward…", "Copy text", "Copy link", "Save", "Mark unread", "Report"]
        )
        await sheet.get_by_role("button", name="React with 👍").tap()
        await expect(sheet).to_have_count(0)
        await expect(ann.page.get_by_role("button", name="👍, 1 person")).to_have_attribute("aria-pressed", "true")


async def test_reactions_are_counted_toggled_and_say_whose_they_are(alone: Alone):
    async with met(alone) as (ann, writer, room):
        of_writer = await writer.connect()
        (message,) = await writer.history(room)
        (await writer.put(of(message, "reactions", "🎉"), {})).expect(200)
        pill = ann.page.get_by_role("button", name="🎉, ")
        await expect(pill).to_have_attribute("aria-pressed", "false")
        await pill.click()
        await expect(pill).to_have_text("🎉2")
        await expect(pill).to_have_attribute("aria-pressed", "true")
        await ann.composer.hover()
        await pill.hover()
        await expect(ann.page.get_by_role("tooltip")).to_have_text(f"You, {writer.name}")
        await pill.click()
        await expect(pill).to_have_text("🎉1")
        await act(ann, ann.messages("first words"), "React")
        picker = ann.page.get_by_role("dialog", name="React")
        await expect(picker.get_by_role("combobox")).to_be_focused()
        await ann.page.keyboard.type("turtle")
        await expect(picker.get_by_role("option", name="turtle")).to_be_visible()
        await ann.page.keyboard.press("ArrowDown")
        await ann.page.keyboard.press("Enter")
        await expect(ann.page.get_by_role("button", name="🐢, 1 person")).to_be_visible()
        both = [("🎉", 1), ("🐢", 1)]
        await of_writer.hears(
            "message_updated", lambda now: [(each["emoji"], each["count"]) for each in now["reactions"]] == both
        )


async def test_a_reaction_that_is_refused_is_put_back_and_can_be_tried_again(alone: Alone):
    async with met(alone) as (ann, writer, room):
        (message,) = await writer.history(room)
        (await writer.put(of(message, "reactions", "🎉"), {})).expect(200)
        pill = ann.page.get_by_role("button", name="🎉, ")
        await ann.page.route("**/reactions/*", lambda route: route.abort())
        await pill.click()
        await expect(ann.page.get_by_role("alert")).to_contain_text("can't be reached")
        await expect(pill).to_have_text("🎉1")
        await ann.page.unroute("**/reactions/*")
        await ann.page.get_by_role("button", name="Retry").click()
        await expect(pill).to_have_text("🎉2")


async def test_the_last_words_are_edited_from_the_empty_composer(alone: Alone):
    async with met(alone) as (ann, writer, room):
        message = await said(ann, writer, room, "a tpyo")
        await writer.say(room, "of somebody else")
        await expect(ann.messages("of somebody else")).to_be_visible()
        press = ann.page.keyboard.press
        await ann.composer.focus()
        await press("ArrowUp")
        await expect(ann.composer).to_have_value("a tpyo")
        await expect(ann.page.get_by_text("Editing", exact=True)).to_be_visible()
        asked: list[str] = []
        ann.page.on("request", lambda request: asked.append(request.method))
        await press("Enter")  # as it was
        await expect(ann.composer).to_have_value("")
        assert "PATCH" not in asked
        await press("ArrowUp")
        await ann.composer.fill("a typo")
        await press("Enter")
        row = ann.messages("a typo")
        await expect(row.get_by_role("button", name="edited")).to_be_visible()
        await expect(ann.composer).to_have_value("")
        await expect(ann.composer).to_be_focused()
        assert (await writer.history(room))[1]["content"] == "a typo"
        assert message["edited_at"] is None
        await row.get_by_role("button", name="edited").click()
        versions = ann.page.get_by_role("dialog", name="Versions")
        await expect(versions.locator("p")).to_have_text(["a typo", "a tpyo"])


async def test_a_draft_waits_while_something_is_edited_and_what_is_refused_stays_in_the_composer(alone: Alone):
    async with met(alone) as (ann, writer, room):
        await said(ann, writer, room, "words of mine")
        await ann.composer.fill("half a draft")
        await act(ann, ann.messages("words of mine"), "Edit")
        await expect(ann.composer).to_have_value("words of mine")
        await expect(ann.composer).to_be_focused()
        await ann.page.route("**/api/messages/*/*", lambda route: route.abort())
        await ann.composer.fill("other words")
        await ann.page.keyboard.press("Enter")
        await expect(ann.page.get_by_role("alert")).to_contain_text("can't be reached")
        await expect(ann.composer).to_have_value("other words")
        await ann.page.get_by_role("button", name="Stop editing").click()
        await expect(ann.composer).to_have_value("half a draft")


async def test_what_is_deleted_can_be_undone_and_then_leaves_a_line(alone: Alone):
    async with met(alone) as (ann, writer, room):
        await said(ann, writer, room, "hasty words")
        row = ann.messages("hasty words")
        await act(ann, row, "Delete")
        await ann.page.get_by_role("button", name="Undo").click()
        await expect(ann.page.get_by_role("button", name="Undo")).to_have_count(0)
        await act(ann, row, "Delete")
        # The page is left before the time is over.
        await ann.page.evaluate(
            """() => {
                Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
                document.dispatchEvent(new Event('visibilitychange'))
                delete document.visibilityState
            }"""
        )
        await expect(row).to_have_count(0)
        await expect(ann.page.get_by_role("log").get_by_text("You recalled a message")).to_be_visible()
        assert (await writer.history(room))[-1]["deleted_by"] == "author"
        await ann.page.get_by_role("button", name="Edit again").click()
        await expect(ann.composer).to_have_value("hasty words")
        await ann.composer.fill("")


async def test_an_emptied_message_is_deleted_when_the_time_to_undo_is_over(alone: Alone):
    async with met(alone) as (ann, writer, room):
        await said(ann, writer, room, "hasty words")
        await ann.page.clock.install()
        await ann.composer.focus()
        await ann.page.keyboard.press("ArrowUp")
        await ann.composer.fill("")
        await ann.page.keyboard.press("Enter")
        await expect(ann.page.get_by_role("button", name="Undo")).to_be_visible()
        await ann.page.clock.fast_forward(5_000)
        assert not (await writer.history(room))[-1]["is_deleted"]
        await ann.page.clock.fast_forward(1_500)
        await expect(ann.page.get_by_role("log").get_by_text("You recalled a message")).to_be_visible()
        assert (await writer.history(room))[-1]["is_deleted"]


async def test_what_others_took_back_stands_in_a_line_and_three_in_one(alone: Alone):
    async with met(alone) as (ann, writer, room):
        mine = await said(ann, writer, room, "words of mine")
        log = ann.page.get_by_role("log")
        (await writer.delete(of(mine))).expect(200)
        await expect(log.get_by_text("Your message was removed by a manager")).to_be_visible()
        first = (await writer.history(room))[0]
        (await writer.delete(of(first))).expect(200)
        await expect(log.get_by_text(f"{writer.name} recalled a message")).to_be_visible()
        for text in ("another", "a third"):
            (await writer.delete(of(await writer.say(room, text)))).expect(200)
        await expect(log.get_by_text("3 messages were taken back")).to_be_visible()
        await expect(log.get_by_text("Your message was removed")).to_have_count(0)


async def test_managers_pin_and_everybody_finds_it_from_the_header(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as ann:
        writer = await people.one("writer")
        await ann.register()
        await ann.make_room(newcomer("garden"))
        room = {"id": int(ann.page.url.rpartition("/")[2])}
        await writer.join(room)
        await writer.say(room, "the plan")
        await act(ann, ann.messages("the plan"), "Pin")
        await expect(ann.messages("the plan").get_by_role("img", name="Pinned")).to_be_visible()
        for n in range(25):
            await writer.say(room, f"message {n}")
        await expect(ann.messages("message 24")).to_be_in_viewport()
        await expect(ann.messages("the plan")).not_to_be_in_viewport()
        await ann.page.get_by_role("button", name="1 pinned message").click()
        pins = ann.page.get_by_role("dialog", name="Pinned messages")
        await pins.get_by_role("button", name="the plan").click()
        await expect(pins).to_have_count(0)
        await expect(ann.messages("the plan")).to_be_in_viewport()
        await ann.page.get_by_role("button", name="1 pinned message").click()
        await pins.get_by_role("button", name="Unpin").click()
        await expect(pins.get_by_text("Nothing is pinned")).to_be_visible()
        await ann.page.keyboard.press("Escape")
        await expect(ann.page.get_by_role("button", name="1 pinned message")).to_have_count(0)


async def test_what_is_saved_is_found_in_the_settings_and_leads_to_its_room(alone: Alone):
    async with met(alone) as (ann, _, room):
        await act(ann, ann.messages("first words"), "Save")
        await ann.open_room("Lobby")
        await choose(ann, "Saved messages")
        dialog = ann.page.get_by_role("dialog", name="Saved messages")
        await dialog.get_by_role("button", name="first words").click()
        await expect(ann.page.get_by_role("heading", name=room["name"])).to_be_visible()
        await expect(ann.messages("first words")).to_be_in_viewport()
        await act(ann, ann.messages("first words"), "Remove from saved")
        await choose(ann, "Saved messages")
        await expect(dialog.get_by_text("waits for you here")).to_be_visible()
