"""Keeping a room in order, and being kept in it, on the page."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, open_as
from tests.browser.chromium import Visitor
from tests.people import Payload, Person, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("order")) as alone:
        yield alone


async def mute(manager: Person, room: Payload, person: Person, until: timedelta | None) -> None:
    moment = None if until is None else (datetime.now(UTC) + until).isoformat()
    path = f"/api/rooms/{room['id']}/members/{person.id}"
    (await manager.patch(path, {"muted_until": moment})).expect(200)


async def change(manager: Person, room: Payload, **settings: object) -> None:
    (await manager.put(f"/api/rooms/{room['id']}", settings)).expect(200)


async def is_silent(visitor: Visitor, words: str) -> None:
    """The sentence stands where the message box was."""
    await expect(visitor.page.get_by_role("status").filter(has_text=re.compile(words))).to_be_visible()
    await expect(visitor.composer).to_have_count(0)


async def test_who_may_not_speak_reads_why_in_place_of_the_message_box(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("reader") as reader:
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await open_as(reader, ben, room)
        await reader.composer.fill("half a thought")

        await mute(anna, room, ben, timedelta(hours=1))
        await is_silent(reader, r"You are muted until \d\d:\d\d\.|You are muted until .*, \d\d:\d\d\.")
        await mute(anna, room, ben, None)
        await expect(reader.composer).to_have_value("half a thought")
        path = f"/api/rooms/{room['id']}/members/{ben.id}"
        (await anna.patch(path, {"muted_until": "9999-12-31T00:00:00Z"})).expect(200)
        await is_silent(reader, "You are muted until somebody who manages this room lets you write")
        await mute(anna, room, ben, timedelta(seconds=2))
        await expect(reader.composer).to_be_visible()  # by itself, when the time is over

        await change(anna, room, posting="managers")
        await is_silent(reader, "Only those who manage this room write here")
        await change(anna, room, posting="everyone")
        await expect(reader.composer).to_be_visible()


async def test_an_archived_room_stands_closed_in_the_list_and_can_be_read(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("reader", **PHONE) as reader:
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await anna.say(room, "the last word")
        await open_as(reader, ben, room)
        await change(anna, room, archived=True)
        await is_silent(reader, "This room is archived")

        await reader.page.get_by_role("link", name="Back to the rooms").click()
        row = reader.rooms.get_by_role("link", name=room["name"])
        await expect(reader.rooms.get_by_text("Archived")).to_be_visible()
        await expect(row).to_be_hidden()
        await reader.rooms.get_by_text("Archived").focus()
        await reader.page.keyboard.press("Enter")
        await row.click()
        await reader.sees("the last word")
        await change(anna, room, archived=False)
        await expect(reader.composer).to_be_visible()


async def test_slow_mode_says_for_how_long_and_keeps_the_text(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("writer") as writer:
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await change(anna, room, slow_mode=6)
        await writer.page.clock.install()
        await open_as(writer, ben, room)
        await writer.say("one")
        await expect(writer.page.get_by_text("Slow mode: you can send again in")).to_be_visible()
        await writer.page.clock.fast_forward(6_000)  # of a computer whose clock was set: the host knows better
        await writer.say("two")
        refused = writer.messages("two")
        await expect(refused.get_by_role("alert")).to_contain_text(re.compile(r"slow mode.* in \d s"))
        await expect(refused.get_by_role("button", name="Retry in")).to_be_disabled()
        await refused.get_by_role("button", name="Retry", exact=True).click()  # when the time is over
        await expect(writer.page.get_by_role("alert")).to_have_count(0)
        await expect(writer.messages("two").get_by_role("img", name="Sent")).to_be_visible()
        assert [each["content"] for each in await anna.history(room)] == ["one", "two"]


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_who_is_taken_out_of_the_open_room_reads_so_and_is_led_to_the_list(alone: Alone, device: Payload):
    async with people_at(alone.server.url) as people, alone.visit("reader", **device) as reader:
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await open_as(reader, ben, room)
        await expect(reader.composer).to_be_visible()

        (await anna.delete(f"/api/rooms/{room['id']}/members/{ben.id}")).expect(200)
        await expect(reader.page.get_by_role("alert")).to_contain_text(f"You were removed from “{room['name']}”")
        await reader.page.get_by_role("main").get_by_role("button", name="Back to the rooms").click()
        await reader.knock(room["name"])
        await expect(reader.composer).to_be_visible()

        (await anna.put(f"/api/rooms/{room['id']}/bans/{ben.id}", {"reason": "spam"})).expect(200)
        await expect(reader.page.get_by_role("alert")).to_contain_text(f"You were banned from “{room['name']}”")
        await reader.page.get_by_role("main").get_by_role("button", name="Back to the rooms").click()
        await reader.knock(room["name"])
        await expect(reader.page.get_by_role("alert")).to_contain_text("banned")
