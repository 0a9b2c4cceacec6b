"""Searching what was said: by keys on a computer, by thumb on a phone."""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Route, expect

from tests.browser.alone import PHONE, Alone, alone_in, newcomer, open_as
from tests.browser.chromium import Visitor
from tests.files import upload
from tests.people import Payload, Person, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

BETWEEN = 60  # messages, more than a page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("search")) as alone:
        yield alone


@asynccontextmanager
async def met(alone: Alone, **context: Any) -> AsyncGenerator[tuple[Visitor, Person, Payload]]:
    """Ann at a browser in a room of Writer's, where much was said since the database broke."""
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **context) as ann:
        writer, ann_herself = await people.one("writer"), await people.one("ann")
        room = await writer.make_room(newcomer("garden"))
        await writer.say(room, "数据库坏了，请修一下")
        for number in range(BETWEEN):
            await writer.say(room, f"small talk {number}")
        await ann_herself.join(room)
        await open_as(ann, ann_herself, room)
        await expect(ann.messages(f"small talk {BETWEEN - 1}")).to_be_visible()
        yield ann, writer, room


def field(ann: Visitor) -> Locator:
    return ann.page.get_by_role("combobox", name="Search messages")


def hits(ann: Visitor) -> Locator:
    return ann.page.get_by_role("listbox", name="What was found").get_by_role("option")


async def test_chinese_is_found_by_initials_and_the_keys_lead_there_and_back(alone: Alone):
    async with met(alone) as (ann, writer, _):
        press = ann.page.keyboard.press
        await ann.composer.fill("half a draft")
        await press("Control+f")
        await expect(field(ann)).to_be_focused()
        await expect(ann.page.get_by_text("Search what was said here")).to_be_visible()
        await ann.page.keyboard.type("sjk")
        await expect(hits(ann)).to_have_count(1)
        await expect(hits(ann).locator("mark")).to_have_text("数据库")
        await expect(ann.page.get_by_text("1 message found")).to_be_visible()
        await expect(hits(ann)).to_contain_text(writer.name)
        await press("ArrowDown")
        await expect(hits(ann)).to_have_attribute("aria-selected", "true")
        await press("Enter")
        await expect(ann.messages("数据库坏了")).to_be_in_viewport()
        await expect(field(ann)).to_be_focused()
        await expect(hits(ann)).to_have_count(1)
        await expect(ann.composer).to_have_value("half a draft")
        await ann.page.get_by_role("button", name="latest").first.click()
        await expect(ann.messages(f"small talk {BETWEEN - 1}")).to_be_in_viewport()
        await field(ann).focus()
        await press("Escape")
        await expect(field(ann)).to_have_count(0)
        await expect(ann.composer).to_be_focused()
        await press("Control+f")
        await field(ann).fill("")
        await expect(ann.page.get_by_role("button", name="sjk", exact=True)).to_be_visible()
        await ann.page.get_by_role("button", name="Forget “sjk”").click()
        await expect(ann.page.get_by_text("Search what was said here")).to_be_visible()


async def test_the_newest_come_first_and_scrolling_brings_all(alone: Alone):
    async with met(alone) as (ann, _, _):
        await ann.page.get_by_role("button", name="Search messages").click()
        await field(ann).fill("small talk")
        await expect(hits(ann).first).to_contain_text(f"small talk {BETWEEN - 1}")
        await expect(ann.page.get_by_text("still being indexed")).to_have_count(0)
        await expect(ann.page.get_by_text("20 messages found so far")).to_be_visible()
        for shown in (20, 40):
            await expect(hits(ann)).to_have_count(shown)
            await hits(ann).last.evaluate("hit => hit.parentElement.parentElement.scrollBy(0, 1e6)")
        await expect(ann.page.get_by_text("60 messages found", exact=True)).to_be_visible()


async def test_filters_narrow_and_what_is_found_nowhere_here_is_looked_for_in_all_rooms(alone: Alone, tmp_path: Path):
    async with met(alone) as (ann, writer, room):
        other = await writer.make_room(newcomer("shed"))
        await ann.page.get_by_role("button", name="Search messages").click()
        await writer.say(room, "it is in the handbook")
        await writer.say(room, "the handbook is https://example.org/handbook")
        await field(ann).fill("handbook")
        await expect(hits(ann)).to_have_count(2)
        await ann.page.get_by_role("button", name="Links").click()
        await expect(hits(ann)).to_have_count(1)
        await ann.page.get_by_role("button", name="Links").click()
        await ann.page.get_by_role("button", name="From", exact=True).click()
        await ann.page.get_by_role("searchbox", name="Find a person").fill("ann")
        await ann.page.get_by_role("search").get_by_role("listitem").get_by_role("button").click()
        await expect(ann.page.get_by_text("Nothing found for “handbook”")).to_be_visible()
        await ann.page.get_by_role("button", name="From ann").click()
        await expect(hits(ann)).to_have_count(2)
        await expect(field(ann)).to_be_focused()
        await field(ann).fill("")
        await ann.page.keyboard.type(f"handbook from:{writer.name} has:link after:2026-01-01 ")
        await expect(field(ann)).to_have_value("handbook ")
        filters = ann.page.get_by_role("group", name="Where and what to search")
        for chip in (f"From {writer.name}", "Links", "Since Jan 1"):
            await expect(filters.get_by_role("button", name=chip)).to_have_attribute("aria-pressed", "true")
        await expect(hits(ann)).to_have_count(1)
        await ann.page.keyboard.type(f'in:"{room["name"]}"')
        await ann.page.keyboard.press("Enter")
        await expect(filters.get_by_role("button", name=f"In {room['name']}")).to_be_visible()
        await ann.screenshot(tmp_path, "chips")
        await filters.get_by_role("button", name="Date").click()
        await ann.page.get_by_label("Before this day").fill("2026-01-03")
        await filters.get_by_role("button", name="Before Jan 3").click()
        await expect(ann.page.get_by_label("Before this day")).to_have_value("")
        await ann.page.get_by_label("Before this day").fill("2026-01-02")
        await ann.page.get_by_role("button", name="Show what is found").click()
        await expect(ann.page.get_by_text("Nothing found for “handbook”")).to_be_visible()
        await field(ann).fill("")
        for _ in range(5):
            await ann.page.keyboard.press("Backspace")
        await expect(filters.get_by_role("button", pressed=True)).to_have_text(["This room"])
        await field(ann).fill("handbok")
        await ann.page.get_by_role("button", name="Did you mean “handbook”?").click()
        await expect(hits(ann)).to_have_count(2)
        await writer.say(await writer.lobby(), "wheelbarrow of everybody")
        await writer.say(other, "wheelbarrow of nobody else")
        await field(ann).fill("wheelb")
        await ann.page.get_by_role("button", name="Search all rooms").click()
        await expect(hits(ann)).to_have_count(1)
        await expect(hits(ann)).to_contain_text("Lobby")
        await field(ann).press("Enter")
        await expect(ann.page.get_by_role("heading", name="Lobby")).to_be_visible()
        await expect(ann.messages("wheelbarrow of everybody")).to_be_in_viewport()
        await expect(hits(ann)).to_have_count(1)


async def test_a_hit_that_is_edited_changes_and_one_that_is_taken_back_vanishes(alone: Alone):
    async with met(alone) as (ann, writer, room):
        message = await writer.say(room, "a turnip for everybody")
        await ann.page.get_by_role("button", name="Search messages").click()
        await field(ann).fill("turnip")
        await expect(hits(ann)).to_contain_text("a turnip for everybody")
        path = f"/api/messages/{room['id']}/{message['id']}"
        (await writer.patch(path, {"content": "no turnip for anybody"})).expect(200)
        await expect(hits(ann)).to_contain_text("no turnip for anybody")
        (await writer.delete(path)).expect(200)
        await expect(hits(ann)).to_have_count(0)


async def test_the_switcher_leads_to_the_search(alone: Alone):
    async with met(alone) as (ann, _, _):
        await ann.page.keyboard.press("Control+k")
        await expect(ann.page.get_by_role("combobox", name="Find a room")).to_be_focused()
        await ann.page.keyboard.type("shujuku")
        row = ann.page.get_by_role("option", name="Search messages for “shujuku”")
        await expect(row).to_be_visible()
        await ann.page.keyboard.press("ArrowDown")
        await expect(row).to_have_attribute("aria-selected", "true")
        await ann.page.keyboard.press("Enter")
        await expect(field(ann)).to_be_focused()
        await expect(field(ann)).to_have_value("shujuku")
        await expect(hits(ann).first).to_contain_text("数据库")
        await expect(ann.page.get_by_role("button", name="All rooms")).to_have_attribute("aria-pressed", "true")


async def test_people_and_files_are_found_by_name_before_messages(alone: Alone, tmp_path: Path):
    async with met(alone) as (ann, writer, room):
        who, plan = f"张{writer.id}", f"数据库{writer.id}.pdf"
        (await writer.patch("/api/auth/me", {"display_name": who})).expect(200)
        path = (await upload(writer, b"the plan", plan)).expect(201)["file_path"]
        await writer.say(room, "for tomorrow", file_path=path)
        for number in range(BETWEEN):
            await writer.say(room, f"later talk {number}")
        press, options = ann.page.keyboard.press, ann.page.get_by_role("option")
        await press("Control+k")
        await ann.page.get_by_role("combobox").fill(f"z{writer.id}")
        await expect(options).to_have_text([re.compile(who), re.compile("Search messages")])
        await ann.page.get_by_role("combobox").fill("sjk")
        await expect(options.first).to_contain_text(plan)
        await expect(options.first).to_contain_text(f"{who} · {room['name']}")
        await ann.screenshot(tmp_path, "switcher")
        await press("Enter")
        await expect(ann.messages(plan)).to_be_in_viewport()
        await expect(ann.page.get_by_role("dialog")).to_have_count(0)

        # Enter means who is found, also where it comes before they are.
        await press("Control+k")
        await ann.page.get_by_role("combobox").fill(f"z{writer.id}")
        await press("Enter")
        await expect(ann.page.get_by_role("heading", name=who)).to_be_visible()
        await expect(ann.composer).to_be_focused()


async def test_a_failure_is_told_with_a_way_to_try_again(alone: Alone):
    async with met(alone) as (ann, _, _):
        await ann.page.route("**/api/search/*", lambda route: route.abort())
        await ann.page.get_by_role("button", name="Search messages").click()
        await field(ann).fill("talk")
        await expect(ann.page.get_by_role("alert")).to_contain_text("can't be reached")
        await ann.page.unroute("**/api/search/*")
        await ann.page.get_by_role("button", name="Retry").click()
        await expect(hits(ann).first).to_contain_text("small talk")


async def test_after_an_update_it_says_from_when_on_everything_is_found(alone: Alone):
    async def answered(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json={**await answer.json(), "complete_from": "2026-03-04T12:00:00Z"})

    async with met(alone) as (ann, _, _):
        await ann.page.route("**/api/search/*", answered)
        await ann.page.get_by_role("button", name="Search messages").click()
        await field(ann).fill("talk")
        await expect(ann.page.get_by_text("What was said before Wednesday, March 4")).to_be_visible()


async def test_on_a_phone_the_search_fills_the_screen_and_a_tap_leads_to_the_message(alone: Alone):
    async with met(alone, **PHONE) as (ann, _, _):
        await ann.page.get_by_role("button", name="Search messages").tap()
        dialog = ann.page.get_by_role("dialog", name="Search")
        box = await dialog.bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (390, 844)
        await field(ann).fill("数据")
        await hits(ann).tap()
        await expect(dialog).to_have_count(0)
        await expect(ann.messages("数据库坏了")).to_be_in_viewport()
        await ann.page.get_by_role("button", name="Search messages").tap()
        await expect(field(ann)).to_have_value("数据")
        await expect(hits(ann)).to_have_count(1)
        await ann.page.go_back()
        await expect(dialog).to_have_count(0)
        await expect(ann.composer).to_be_visible()
