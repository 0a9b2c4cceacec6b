"""What those who manage a room do with it and its members on the page."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.alone import PHONE, Alone, alone_in, open_as
from tests.browser.chromium import Visitor
from tests.people import Payload, Person, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("managing")) as alone:
        yield alone


async def open_members(visitor: Visitor) -> None:
    await visitor.page.get_by_role("button", name="Members", exact=True).click()


def row(visitor: Visitor, person: Person) -> Locator:
    return visitor.page.get_by_test_id(f"member-{person.id}")


async def choose(visitor: Visitor, person: Person, item: str) -> None:
    """From the menu in the row of a member, by keyboard alone."""
    button = row(visitor, person).get_by_role("button", name=f"What to do with {person.name}")
    await button.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.get_by_role("menuitem", name=item).press("Enter")


async def confirm(visitor: Visitor, action: str) -> None:
    await visitor.page.get_by_role("dialog").last.get_by_role("button", name=action, exact=True).click()


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_members_are_kept_in_order_from_their_rows(alone: Alone, device: Payload):
    async with (
        people_at(alone.server.url) as people,
        alone.visit("manager", **device) as manager,
        alone.visit("member") as member,
    ):
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await open_as(manager, anna, room)
        await open_as(member, ben, room)
        await expect(member.composer).to_be_visible()
        await open_members(manager)
        await expect(row(manager, anna)).to_contain_text("Owner")
        await expect(row(manager, anna).get_by_role("button")).to_have_count(0)

        await choose(manager, ben, "Mute for 1 hour")
        await expect(row(manager, ben)).to_contain_text("Muted until")
        await expect(member.page.get_by_text("You are muted until")).to_be_visible()
        await choose(manager, ben, "Let them write again")
        await expect(member.composer).to_be_visible()
        await choose(manager, ben, "Mute until I end it")
        await expect(row(manager, ben)).to_contain_text("Muted")
        await choose(manager, ben, "Let them write again")

        await choose(manager, ben, "Make moderator")
        await expect(row(manager, ben)).to_contain_text("Moderator")
        await choose(manager, ben, "Make an ordinary member")
        await expect(row(manager, ben)).not_to_contain_text("Moderator")

        await choose(manager, ben, "Remove from the room")
        await confirm(manager, "Remove from the room")
        await expect(row(manager, ben)).to_have_count(0)
        await expect(member.page.get_by_role("alert")).to_contain_text("You were removed")
        await ben.join(room)
        await expect(row(manager, ben)).to_be_visible()

        await choose(manager, ben, "Ban")
        await manager.page.get_by_label("For how long").select_option(label="1 day")
        await manager.page.get_by_label("Reason").fill("advertising")
        await confirm(manager, "Ban")
        await expect(row(manager, ben)).to_have_count(0)
        [kept_out] = (await anna.get(f"/api/rooms/{room['id']}/bans")).expect(200)["bans"]
        assert kept_out["reason"] == "advertising"
        assert kept_out["until"] is not None


async def test_the_room_is_handed_over_after_a_question_and_the_menu_goes_with_it(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("owner") as owner:
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await open_as(owner, anna, room)
        await open_members(owner)
        await choose(owner, ben, "Hand the room over")
        question = owner.page.get_by_role("dialog", name=f"Hand “{room['name']}” over to {ben.name}?")
        await expect(question).to_be_visible()
        await confirm(owner, "Hand the room over")
        await expect(row(owner, ben)).to_contain_text("Owner")
        await expect(row(owner, anna)).to_contain_text("Moderator")
        await expect(row(owner, ben).get_by_role("button")).to_have_count(0)


async def test_a_member_is_offered_nothing_to_do_to_others(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("reader") as reader:
        anna, ben, cleo = await people("anna", "ben", "cleo")
        room = await anna.make_room()
        for person in (ben, cleo):
            await person.join(room)
        await open_as(reader, ben, room)
        await open_members(reader)
        await expect(row(reader, cleo)).to_be_visible()
        await expect(reader.page.get_by_role("button", name="What to do with")).to_have_count(0)


async def test_people_of_the_host_are_added_by_their_names(alone: Alone):
    async with (
        people_at(alone.server.url) as people,
        alone.visit("manager", **PHONE) as manager,
        alone.visit("guest") as guest,
    ):
        anna, cleo = await people("anna", "cleo")
        room = await anna.make_room()
        await open_as(guest, cleo, await cleo.lobby())
        await open_as(manager, anna, room)
        await open_members(manager)
        await manager.page.get_by_role("button", name="Add people").click()
        dialog = manager.page.get_by_role("dialog", name="Add people to")
        await dialog.get_by_label("Find somebody").fill(cleo.name.upper())
        await dialog.get_by_role("button", name=f"Add {cleo.name}").click()
        await expect(dialog.get_by_text("Added")).to_be_visible()
        await guest.open_room(room["name"])
        await expect(guest.composer).to_be_visible()
