"""Somebody doesn't want to be written to by somebody else: on a desktop and a phone, by mouse, finger and keyboard."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, choose, open_as
from tests.browser.chromium import Visitor
from tests.browser.test_pictures import encoded, show
from tests.people import Payload, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]
NARROW = {**PHONE, "viewport": {"width": 360, "height": 740}}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("blocks")) as alone:
        yield alone


async def test_a_card_leads_to_the_two_of_us_and_a_block_closes_it_for_both(alone: Alone):
    async with (
        people_at(alone.server.url) as people,
        alone.visit("desk") as desk,
        alone.visit("tab") as tab,
        alone.visit("phone", **NARROW) as phone,
    ):
        anna, ben = await people("anna", "ben")
        lobby = await anna.lobby()
        await ben.say(lobby, "good morning")
        for visitor, person in ((desk, anna), (tab, anna), (phone, ben)):
            await open_as(visitor, person, lobby)

        await desk.page.get_by_role("button", name=ben.name).filter(visible=True).first.click()
        card = desk.page.get_by_test_id("card")
        await card.get_by_role("button", name="Message").click()
        await expect(desk.page.get_by_role("heading", name=ben.name)).to_be_visible()
        await desk.say("a word")
        await phone.page.get_by_role("link", name="Back to the rooms").tap()
        await phone.page.get_by_role("link", name=anna.name).tap()
        await phone.sees("a word")

        await desk.page.get_by_role("button", name="Room menu").focus()
        await desk.page.keyboard.press("Enter")
        await desk.page.get_by_role("menuitem", name="Block", exact=True).focus()
        await desk.page.keyboard.press("Enter")
        dialog = desk.page.get_by_role("dialog", name=f"Block {ben.name}?")
        await dialog.get_by_role("button", name="Block").focus()
        await desk.page.keyboard.press("Enter")
        await expect(desk.page.get_by_role("status").filter(has_text=f"You blocked {ben.name}.")).to_be_visible()
        await expect(desk.composer).to_have_count(0)

        # The other learns that it is closed, and not by whom.
        closed = phone.page.get_by_role("status").filter(has_text=f"You and {anna.name} can't write to each other.")
        await expect(closed).to_be_visible()
        await expect(phone.page.get_by_text("blocked")).to_have_count(0)

        # My other tab folds what they say, and says nothing of it in its list.
        await ben.say(lobby, "first of all")
        await ben.say(lobby, f"@{anna.name} hello")
        line = tab.page.get_by_text("3 messages from somebody you blocked")
        await expect(line).to_be_visible()
        await expect(tab.page.get_by_text("first of all")).to_have_count(0)
        await tab.page.get_by_role("button", name="Show").focus()
        await tab.page.keyboard.press("Enter")
        await tab.sees("good morning", "first of all")

        await desk.page.get_by_role("button", name="Unblock").click()
        await expect(desk.composer).to_be_visible()
        await expect(phone.composer).to_be_visible()
        await expect(tab.page.get_by_text("from somebody you blocked")).to_have_count(0)


async def test_their_words_are_folded_wherever_they_stand_and_wait_for_nobody(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("desk") as desk:
        anna, ben, cem = await people("anna", "ben", "cem")
        room, hall = await anna.make_room(), await ben.make_room()
        for who, where in ((ben, room), (cem, room), (anna, hall), (cem, hall)):
            await who.join(where)
        pinned, saved, found, quoted = [await cem.say(room, f"{each} nonsense") for each in ("a", "b", "c", "d")]
        await ben.say(room, "so you say", reply_to_id=quoted["id"])
        await show(cem, room, encoded("PNG", (80, 60)), "cem.png")
        await show(ben, room, encoded("PNG", (80, 60)), "ben.png")
        at = f"/api/messages/{room['id']}/{pinned['id']}/pin"
        for path in (at, f"/api/saved/{saved['id']}", f"/api/users/{cem.id}/block"):
            (await anna.put(path, {})).expect(200)
        await cem.say(hall, "is anybody there?")
        await open_as(desk, anna, room)
        page, press = desk.page, desk.page.keyboard.press
        await expect(page.get_by_role("log").get_by_text("4 messages from somebody you blocked")).to_be_visible()
        row = page.get_by_test_id(f"room-row-{hall['id']}")
        await expect(row).to_contain_text("Message from somebody you blocked")
        await expect(row).not_to_contain_text("unread")

        # Pinned and saved: a line each, with the way to its words.
        await page.get_by_role("button", name="1 pinned message").click()
        pins = page.get_by_role("dialog", name="Pinned messages")
        await expect(pins.get_by_text("Message from somebody you blocked")).to_be_visible()
        await expect(page.get_by_text("a nonsense")).to_have_count(0)
        await pins.get_by_role("button", name="Show").focus()
        await press("Enter")
        await expect(pins.get_by_role("button", name="a nonsense")).to_be_visible()
        await press("Escape")
        await choose(desk, "Saved messages")
        kept = page.get_by_role("dialog", name="Saved messages")
        await expect(kept.get_by_text("Message from somebody you blocked")).to_be_visible()
        await kept.get_by_role("button", name="Show").click()
        await expect(kept.get_by_role("button", name="b nonsense")).to_be_visible()
        await press("Escape")
        await press("Escape")

        await find_and_quote(desk, found, quoted)


async def find_and_quote(desk: Visitor, found: Payload, quoted: Payload) -> None:
    page, press = desk.page, desk.page.keyboard.press
    # Found: the first Enter shows it where it stands among the others, the second goes there.
    await press("Control+f")
    await page.get_by_role("combobox", name="Search messages").fill("nonsense")
    hits = page.get_by_role("option")
    await expect(hits).to_have_count(4)
    await expect(hits.filter(has_text="Message from somebody you blocked")).to_have_count(2)
    await expect(hits.filter(has_text="c nonsense")).to_have_count(0)
    await press("ArrowDown")
    await press("ArrowDown")
    await press("Enter")
    await expect(hits.filter(has_text="c nonsense")).to_be_visible()
    await press("Enter")
    await expect(desk.messages("c nonsense")).to_be_in_viewport()
    assert found["seq"] < quoted["seq"]
    await press("Escape")

    # Quoted, and among the pictures that are shown large.
    answer = desk.messages("so you say")
    await expect(answer.get_by_text("Message from somebody you blocked")).to_be_visible()
    await expect(answer.get_by_text("d nonsense")).to_have_count(0)
    await page.get_by_role("button", name="Open image ben.png").click()
    await expect(page.locator(".yarl__container").get_by_alt_text("ben.png")).to_be_visible()
    await expect(page.get_by_alt_text("cem.png")).to_have_count(0)
    await press("Escape")


async def test_whom_i_blocked_stands_in_the_settings_with_the_way_back(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("phone", **NARROW) as phone:
        anna, cem = await people("anna", "cem")
        lobby = await anna.lobby()
        await cem.say(lobby, "see my card")
        await open_as(phone, anna, lobby)
        await phone.page.get_by_role("button", name=cem.name).filter(visible=True).first.tap()
        card = phone.page.get_by_role("dialog", name=f"Profile of {cem.name}")
        await card.get_by_role("button", name="Block").tap()
        await phone.page.get_by_role("dialog", name=f"Block {cem.name}?").get_by_role("button", name="Block").tap()
        await expect(phone.page.get_by_role("log").get_by_text("Message from somebody you blocked")).to_be_visible()

        await phone.page.get_by_role("link", name="Back to the rooms").tap()
        await choose(phone, "Blocked people")
        listed = phone.page.get_by_role("dialog", name="Blocked people")
        await expect(listed.get_by_text(cem.name)).to_be_visible()
        await listed.get_by_role("button", name=f"Unblock {cem.name}").tap()
        await expect(listed.get_by_text("Nobody is blocked")).to_be_visible()
        assert (await anna.get("/api/users/blocked")).expect(200)["users"] == []
