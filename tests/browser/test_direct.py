"""Two people write to each other alone: on a desktop and a phone, by mouse, finger and keyboard."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Route, expect

from tests.browser.alone import PHONE, Alone, alone_in, open_as
from tests.people import people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("direct")) as alone:
        yield alone


async def enter_and_type_on(dialog: Locator, name: str) -> None:
    """Enter means what was typed then, and not what is typed before that is answered."""
    field, asked, is_answered = dialog.get_by_label("Find somebody"), re.compile(r"/api/users/\?q=\w"), asyncio.Event()

    async def answer_late(route: Route) -> None:
        await is_answered.wait()
        await route.continue_()

    await dialog.page.route(asked, answer_late)
    await field.fill(name)
    await field.press("Enter")
    await field.fill(name[:-1])
    async with dialog.page.expect_response(lambda response: response.url.endswith(f"q={name[:-1]}")):
        is_answered.set()
    await expect(dialog.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    await dialog.page.unroute(asked)


async def test_two_write_to_each_other_and_nobody_hears_of_it_before_the_first_word(alone: Alone):
    async with (
        people_at(alone.server.url) as people,
        alone.visit("desk") as desk,
        alone.visit("phone", **{**PHONE, "viewport": {"width": 360, "height": 740}}) as phone,
    ):
        anna, ben = await people("anna", "ben")
        lobby = await anna.lobby()
        await open_as(desk, anna, lobby)
        await open_as(phone, ben, lobby)
        await phone.page.get_by_role("link", name="Back to the rooms").click()

        await desk.begin("Message somebody")
        dialog = desk.page.get_by_role("dialog", name="Message somebody")
        await enter_and_type_on(dialog, ben.name)
        # Before anybody is found by it, so that the first of everybody is listed still.
        await dialog.get_by_label("Find somebody").fill(ben.name)
        await desk.page.keyboard.press("Enter")
        await expect(desk.page.get_by_role("heading", name=ben.name)).to_be_visible()
        await expect(desk.page.get_by_text(f"Only you and {ben.name} read this.")).to_be_visible()
        await expect(desk.page.get_by_role("button", name="Members")).to_have_count(0)
        await desk.page.get_by_role("button", name=ben.name).last.press("Enter")
        await expect(desk.page.get_by_role("dialog", name=f"Profile of {ben.name}")).to_be_visible()
        await desk.page.keyboard.press("Escape")
        await expect(desk.page.get_by_role("heading", name=ben.name).get_by_role("button")).to_be_focused()
        await desk.composer.fill("half")
        assert [room["kind"] for room in (await anna.get("/api/rooms/")).expect(200)["user_rooms"]] == ["lobby"]

        await desk.say("are you there?")
        await desk.say("it's me")
        await desk.sees("are you there?", "it's me")
        await expect(desk.page).to_have_url(re.compile(r"/rooms/\d+$"))
        await expect(desk.composer).to_be_focused()

        people_list = phone.page.get_by_role("link", name=anna.name)
        await expect(people_list).to_contain_text("it's me")
        await expect(phone.page.get_by_role("heading", name="People")).to_be_visible()
        await expect(phone.page).to_have_title(re.compile(r"^\(2\)"))
        await people_list.tap()
        await phone.sees("are you there?", "it's me")
        await expect(desk.page.get_by_text(re.compile(r"^Seen \d\d:\d\d$"))).to_be_visible()
        await phone.composer.fill("yes")
        await phone.page.get_by_role("button", name="Send").tap()
        await desk.sees("are you there?", "it's me", "yes")

        await desk.page.get_by_role("button", name="Room menu").click()
        await desk.page.get_by_role("menuitem", name="Hide this conversation").click()
        await expect(desk.page.get_by_role("heading", name="People")).to_have_count(0)
        await phone.composer.fill("still there?")
        await phone.page.get_by_role("button", name="Send").tap()
        await expect(desk.rooms.get_by_role("link", name="still there?")).to_be_visible()


async def test_what_was_written_offline_to_somebody_new_outlives_a_reload(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("desk") as desk:
        anna, cem = await people("anna", "cem")
        await open_as(desk, anna, await anna.lobby())
        await desk.arrive()
        await desk.page.keyboard.press("Control+k")
        await desk.page.get_by_role("combobox").fill(cem.name)
        await expect(desk.page.get_by_role("option", name=cem.name)).to_have_count(2)  # the other searches for the word
        await desk.page.keyboard.press("Enter")
        await expect(desk.page.get_by_text(f"Only you and {cem.name} read this.")).to_be_visible()

        await desk.page.route("**/api/direct/", lambda route: route.abort())
        await desk.say("when you are back")
        await expect(desk.messages("when you are back")).to_be_visible()
        assert (await cem.get("/api/messages/overview")).expect(200)["rooms"][1:] == []
        await desk.page.unroute("**/api/direct/")
        await desk.page.reload()

        await expect(desk.page).to_have_url(re.compile(r"/rooms/\d+$"))
        await desk.sees("when you are back")
        mine = (await cem.get("/api/rooms/")).expect(200)["user_rooms"]
        (room,) = [each for each in mine if each["kind"] == "direct"]
        assert [message["content"] for message in await cem.history(room)] == ["when you are back"]


async def test_a_guest_who_has_left_is_shown_as_gone_and_gets_no_more(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("desk") as desk:
        anna, guest = await people.one("anna"), people.newcomer("guest")
        joined = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)
        guest.id, guest.token = joined["id"], joined["access_token"]
        room = (await anna.post("/api/direct/", {"user_ids": [guest.id]})).expect(201)
        await anna.say(room, "hello")
        (await guest.post("/api/auth/logout")).expect(200)
        await open_as(desk, anna, room)
        await expect(desk.page.get_by_role("heading", name=f"{guest.name} (guest, gone)")).to_be_visible()
        await expect(desk.page.get_by_role("status").filter(has_text="was a guest and has left")).to_be_visible()
        await expect(desk.composer).to_have_count(0)


async def test_notes_to_oneself_are_kept(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("desk") as desk:
        (anna,) = await people("anna")
        await open_as(desk, anna, await anna.lobby())
        await desk.arrive()
        await desk.begin("Message somebody")
        await desk.page.get_by_role("dialog").get_by_role("button", name="Notes to myself").click()
        await expect(desk.page.get_by_text("Only you read this.")).to_be_visible()
        await desk.say("milk")
        await desk.sees("milk")

        cem, dora = await people("cem", "dora")
        group = (await anna.post("/api/direct/", {"user_ids": [cem.id, dora.id]})).expect(201)
        await desk.page.goto(f"{desk.url}/rooms/{group['id']}")
        await desk.page.get_by_role("heading", name=cem.name).get_by_role("button").click()
        members = desk.page.get_by_role("complementary", name="Members")
        await expect(members.get_by_role("listitem")).to_have_count(3)
        await expect(members.get_by_role("button", name="Add people")).to_have_count(0)
        await expect(desk.rooms.get_by_role("link", name="Notes to myself")).to_contain_text("milk")
