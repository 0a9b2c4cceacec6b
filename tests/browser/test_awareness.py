"""What one is told of, and how: unread, mentions, levels, quiet hours, receipts, reports."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.alone import PHONE, Alone, alone_in, newcomer, open_as
from tests.browser.chromium import Visitor
from tests.people import Payload, Person, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]
DEVICES = pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("awareness")) as alone:
        yield alone


@asynccontextmanager
async def met(alone: Alone, device: Payload) -> AsyncIterator[tuple[Visitor, Person, Person, Payload]]:
    """Ann at a browser, in a room of Writer's."""
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **device) as visitor:
        ann, writer = await people("ann", "writer")
        room = await writer.make_room(newcomer("garden"))
        await ann.join(room)
        await open_as(visitor, ann, room)
        await expect(visitor.composer).to_be_visible()
        yield visitor, ann, writer, room


async def act(visitor: Visitor, row: Locator, name: str, device: Payload) -> None:
    """By the right button, or a long press."""
    if not device:
        await row.click(button="right", position={"x": 200, "y": 12})
        await visitor.page.get_by_role("menuitem", name=name, exact=True).click()
        return
    box = await row.bounding_box()
    assert box is not None
    touch = await visitor.page.context.new_cdp_session(visitor.page)
    point = {"x": box["x"] + 120, "y": box["y"] + box["height"] / 2}
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    sheet = visitor.page.get_by_role("dialog", name="Message from")
    await expect(sheet).to_be_visible()
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await sheet.get_by_role("button", name=name, exact=True).tap()


async def leave_room(visitor: Visitor, device: Payload) -> None:
    """To the list of rooms, or the lobby beside it."""
    if device:
        await visitor.page.get_by_role("link", name="Back to the rooms").click()
    else:
        await visitor.rooms.get_by_role("link", name=re.compile("Lobby")).click()


def row_of(visitor: Visitor, room: Payload) -> Locator:
    return visitor.page.get_by_test_id(f"room-row-{room['id']}")


@DEVICES
async def test_what_is_marked_unread_stays_so_while_one_looks_at_it(alone: Alone, device: Payload):
    async with met(alone, device) as (visitor, _, writer, room):
        for text in ("one", "two", "three"):
            await writer.say(room, text)
        await expect(visitor.messages("three")).to_be_visible()
        await act(visitor, visitor.messages("two"), "Mark unread", device)
        await expect(visitor.page.get_by_test_id("new-line")).to_be_visible()
        await expect(visitor.page).to_have_title(re.compile(r"^\(2\) "))
        await leave_room(visitor, device)
        await expect(row_of(visitor, room)).to_contain_text("2 unread messages")
        await row_of(visitor, room).get_by_role("link").click()
        await expect(visitor.page).not_to_have_title(re.compile(r"^\("))


@DEVICES
async def test_a_room_tells_as_much_as_one_wants(alone: Alone, device: Payload):
    async with met(alone, device) as (visitor, ann, writer, room):
        page = visitor.page
        await page.get_by_role("button", name="Room menu").click()
        await page.get_by_role("menuitemradio", name="Mentions").click()
        await page.get_by_role("button", name="Room menu").click()
        await expect(page.get_by_role("menuitemradio", name="Mentions")).to_be_checked()
        await page.keyboard.press("Escape")
        await leave_room(visitor, device)
        await writer.say(room, "for everybody")
        row = row_of(visitor, room)
        await expect(row).to_contain_text("1 unread message")
        await expect(page).not_to_have_title(re.compile(r"^\("))
        await writer.say(room, f"@{ann.name} for you")
        await expect(row).to_contain_text("1 mention of you")
        await expect(page).to_have_title(re.compile(r"^\(1\) "))

        await row.get_by_role("link").click()
        await expect(page).not_to_have_title(re.compile(r"^\("))
        await page.get_by_role("button", name="Room menu").click()
        await page.get_by_role("menuitem", name="Mute for 1 hour").click()
        await leave_room(visitor, device)
        await expect(row.get_by_label("Muted")).to_be_visible()
        await writer.say(room, f"@{ann.name} again")
        await expect(row).to_contain_text("1 mention of you")
        await expect(page).not_to_have_title(re.compile(r"^\("))
        await row.get_by_role("link").click()
        await page.get_by_role("button", name="Room menu").click()
        await page.get_by_role("menuitem", name="Unmute").click()
        await expect(row.get_by_label("Muted")).to_have_count(0)


@DEVICES
async def test_quiet_hours_and_receipts_are_set_for_all_devices_and_sounds_for_this_one(alone: Alone, device: Payload):
    async with met(alone, device) as (visitor, ann, writer, room):
        page = visitor.page
        said = await ann.say(room, "who reads this?")
        ear = await writer.connect()
        await ear.emit("mark_read", {"room_id": room["id"], "seq": said["seq"]})
        await visitor.messages("who reads this?").get_by_role("button", name="Seen by").click()
        readers = page.get_by_role("dialog", name="Seen by")
        await expect(readers.get_by_role("listitem")).to_have_text([re.compile(writer.name)])
        await page.keyboard.press("Escape")
        await expect(readers).to_have_count(0)

        await open_notifications(visitor, device)
        dialog = page.get_by_role("dialog", name="Notifications")
        await dialog.get_by_role("checkbox", name="Play a sound").uncheck()
        await dialog.get_by_role("checkbox", name="Do not disturb").check()
        await dialog.get_by_label("From").fill("00:00")
        await dialog.get_by_label("until", exact=True).fill("23:59")
        async with page.expect_response(lambda answer: "show_read_receipts" in (answer.request.post_data or "")):
            await dialog.get_by_role("checkbox", name="Show how far I have read").uncheck()
        await expect(dialog).to_contain_text("Do not disturb, until 23:59")
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        mine = (await ann.get("/api/auth/me")).expect(200)["preferences"]
        assert (mine["show_read_receipts"], mine["dnd_from"], mine["dnd_until"]) == (False, "00:00", "23:59")
        assert mine["dnd_zone"]
        await page.reload()
        await page.get_by_role("button", name="Do not disturb, until 23:59").click()
        await expect(dialog.get_by_role("checkbox", name="Play a sound")).not_to_be_checked()
        await expect(dialog.get_by_role("checkbox", name="Do not disturb")).to_be_checked()


async def open_notifications(visitor: Visitor, device: Payload) -> None:
    if device:
        await leave_room(visitor, device)
    await visitor.page.get_by_role("button", name="Settings").click()
    await visitor.page.get_by_role("menuitem", name="Notifications").click()


@DEVICES
async def test_a_report_is_decided_by_who_manages_the_room_and_told_to_who_made_it(alone: Alone, device: Payload):
    async with (
        met(alone, device) as (visitor, _, writer, room),
        people_at(alone.server.url) as people,
        alone.visit(newcomer("manager"), **device) as manager,
    ):
        spammer = await people.one("spammer")
        await spammer.join(room)
        await spammer.say(room, "buy gold")
        await open_as(manager, writer, room)
        await act(visitor, visitor.messages("buy gold"), "Report", device)
        dialog = visitor.page.get_by_role("dialog", name="Report what")
        await dialog.get_by_label("In your words").fill("third time today")
        await dialog.get_by_role("button", name="Report", exact=True).click()
        await expect(visitor.page.get_by_text("Reported. You hear")).to_be_visible()

        await expect(manager.page.get_by_text(f"A message was reported in “{room['name']}”")).to_be_visible()
        await manager.page.get_by_role("button", name="Room menu").click()
        await manager.page.get_by_role("menuitem", name="Room settings").click()
        await manager.page.get_by_role("tab", name="Reports").click()
        report = manager.page.get_by_role("listitem").filter(has_text="third time today")
        await expect(report).to_contain_text("buy gold")
        await report.get_by_role("button", name="Remove message").click()
        await expect(report).to_have_count(0)
        await expect(visitor.page.get_by_text("the message was removed")).to_be_visible()
        await expect(visitor.messages("buy gold")).to_have_count(0)
