"""What those who manage a room do with it and its members on the page."""

import re
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


async def offered(visitor: Visitor, person: Person) -> list[str]:
    await row(visitor, person).get_by_role("button", name=f"What to do with {person.name}").click()
    await expect(visitor.page.get_by_role("menu")).to_be_visible()
    found = await visitor.page.get_by_role("menuitem").all_inner_texts()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_role("menu")).to_have_count(0)
    return found


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
        await expect(row(manager, anna).get_by_role("button", name="What to do with")).to_have_count(0)

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
        assert await offered(owner, ben) == ["Message"]

        await owner.page.get_by_role("button", name="Room menu").focus()
        await owner.page.keyboard.press("Enter")
        await expect(owner.page.get_by_role("menuitemradio", name="All")).to_be_focused()
        await owner.page.get_by_role("menuitem", name="Leave room").press("Enter")
        await confirm(owner, "Leave room")
        await expect(owner.page.get_by_role("heading", name="Lobby")).to_be_visible()


async def test_a_member_is_offered_nothing_to_do_to_others(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("reader") as reader:
        anna, ben, cleo = await people("anna", "ben", "cleo")
        room = await anna.make_room()
        for person in (ben, cleo):
            await person.join(room)
        await open_as(reader, ben, room)
        await open_members(reader)
        await expect(row(reader, cleo)).to_be_visible()
        assert await offered(reader, cleo) == await offered(reader, anna) == ["Message"]


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
        await expect(dialog.get_by_role("button", name=f"Added {cleo.name}")).to_be_focused()
        await guest.open_room(room["name"])
        await expect(guest.composer).to_be_visible()


async def open_settings(visitor: Visitor) -> Locator:
    await visitor.page.get_by_role("button", name="Room menu").click()
    await visitor.page.get_by_role("menuitem", name="Room settings").click()
    dialog = visitor.page.get_by_role("dialog", name="Room settings")
    await expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_a_room_s_settings_are_changed_in_one_place(alone: Alone, device: Payload):
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
        dialog = await open_settings(manager)
        await manager.page.keyboard.press("Shift+Tab")
        await expect(dialog.get_by_role("button", name="Delete room")).to_be_focused()
        await dialog.get_by_label("Name").fill(f"{room['name']} of old")
        await dialog.get_by_label("Description").fill("What was")
        await dialog.get_by_label("Private").check()
        await dialog.get_by_label("Room password").fill("sesame")
        await dialog.get_by_label("Who writes here").select_option(label="Only those who manage the room")
        await dialog.get_by_label("Slow mode").select_option(label="30 seconds")
        await dialog.get_by_label("What newcomers see").select_option(label="What is said since they came")
        await dialog.get_by_role("button", name="Save").click()
        await expect(manager.page.get_by_text("Saved.")).to_be_visible()
        await expect(member.page.get_by_text("Only those who manage this room write here")).to_be_visible()
        now = (await anna.get(f"/api/rooms/{room['id']}")).expect(200)
        told = {name: now[name] for name in ("is_private", "posting", "slow_mode", "history", "description")}
        assert told == {
            "is_private": True,
            "posting": "managers",
            "slow_mode": 30,
            "history": "since_joining",
            "description": "What was",
        }

        await dialog.get_by_role("button", name="Archive the room").click()
        await expect(member.page.get_by_role("status").filter(has_text="This room is archived")).to_be_visible()
        await dialog.get_by_role("button", name="Open the room again").click()
        await expect(dialog.get_by_role("button", name="Archive the room")).to_be_visible()

        await dialog.get_by_role("tab", name="Room", exact=True).focus()
        for key, part in (("End", "Export"), ("ArrowLeft", "Log")):
            await manager.page.keyboard.press(key)
            await expect(dialog.get_by_role("tab", name=part)).to_be_focused()
        for words in (
            f"{anna.name} opened the room again",
            f"{anna.name} set slow mode to 30 seconds",
            f"{anna.name} renamed the room from “{room['name']}” to “{room['name']} of old”",
        ):
            await expect(dialog.get_by_role("listitem").filter(has_text=words)).to_have_count(1)

        await dialog.get_by_role("tab", name="Room", exact=True).click()
        await dialog.get_by_role("button", name="Delete room").click()
        await confirm(manager, "Delete room")
        await expect(member.page.get_by_text("There is no such room.")).to_be_visible()
        await expect(manager.page.get_by_role("dialog")).to_have_count(0)


async def test_bans_are_lifted_and_links_ended_where_they_are_listed(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("manager") as manager:
        anna, ben, cleo = await people("anna", "ben", "cleo")
        room = await anna.make_room()
        for person in (ben, cleo):
            await person.join(room)
        (await cleo.post(f"/api/rooms/{room['id']}/invites", {})).expect(200)
        (await anna.put(f"/api/rooms/{room['id']}/bans/{ben.id}", {"reason": "advertising"})).expect(200)
        await open_as(manager, anna, room)
        dialog = await open_settings(manager)
        await dialog.get_by_role("tab", name="Bans").click()
        await expect(dialog.get_by_text("advertising")).to_be_visible()
        await dialog.get_by_role("button", name=f"Lift the ban of {ben.name}").click()
        await expect(dialog.get_by_text("Nobody is banned from this room.")).to_be_visible()
        await ben.join(room)
        await dialog.get_by_role("tab", name="Links").click()
        await dialog.get_by_role("button", name=f"End the link of {cleo.name}").click()
        await expect(dialog.get_by_text("No link into this room is open.")).to_be_visible()


async def test_the_log_comes_page_by_page_in_the_reader_s_language(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("manager", locale="zh-CN") as manager:
        anna = await people.one("anna")
        room = await anna.make_room()
        for pause in range(1, 61):
            (await anna.put(f"/api/rooms/{room['id']}", {"slow_mode": pause})).expect(200)
        await open_as(manager, anna, room)
        await manager.page.get_by_role("button", name="聊天室菜单").click()
        await manager.page.get_by_role("menuitem", name="聊天室设置").click()
        dialog = manager.page.get_by_role("dialog", name="聊天室设置")
        await dialog.get_by_role("tab", name="日志").click()
        entries = dialog.get_by_role("listitem").filter(has_text=re.compile("慢速模式"))
        await expect(entries).to_have_count(50)
        await expect(entries.first).to_contain_text("将慢速模式设为 1 分钟")
        await dialog.get_by_role("button", name="显示更早的记录").click()
        await expect(entries).to_have_count(60)
        await expect(dialog.get_by_role("button", name="显示更早的记录")).to_have_count(0)
