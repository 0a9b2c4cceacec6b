"""What people do with their accounts and their host on the page, and where the page leads them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, choose, join_as_guest, newcomer, open_as, open_settings
from tests.browser.chromium import PASSWORD, Visitor
from tests.people import people_at
from tests.workspaces import SLACK_CHANNELS, SLACK_DAY_1, SLACK_DAY_2, SLACK_USERS, bring, links, slack

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("alone")) as alone:
        yield alone


async def give_password(visitor: Visitor, password: str = PASSWORD) -> None:
    """Twice, in the dialog that is open."""
    dialog = visitor.page.get_by_role("dialog")
    await dialog.get_by_label(re.compile("^(New p|P)assword$")).fill(password)
    await dialog.get_by_label("Password again").fill(password)


async def test_a_guest_makes_an_account_and_signs_another_device_out(alone: Alone):
    name = newcomer("Ann")
    async with alone.visit(name) as desk, alone.visit(name, **PHONE) as phone:
        await join_as_guest(desk)
        await expect(desk.page.get_by_role("heading", name="Lobby")).to_be_visible()  # there is nothing to choose
        await desk.say("as a guest")
        await choose(desk, "Create account")
        await give_password(desk)
        await desk.page.get_by_role("button", name="Create account").click()
        await expect(desk.page.get_by_text(f"you can log in as {name}")).to_be_visible()
        await desk.page.keyboard.press("Escape")

        await phone.log_in()
        await phone.open_room("Lobby")
        await expect(phone.messages("as a guest")).to_be_visible()

        await choose(desk, "Where I am signed in")
        dialog = desk.page.get_by_role("dialog", name="My devices")
        await expect(dialog.get_by_role("listitem")).to_have_count(2)
        await expect(dialog.get_by_text("This device")).to_have_count(1)
        await dialog.get_by_role("button", name="Sign out Chrome").click()
        await expect(phone.page.get_by_text("You have been signed out")).to_be_visible()
        await expect(dialog.get_by_role("listitem")).to_have_count(1)
        await expect(dialog.get_by_role("button", name="Sign out")).to_have_count(0)


async def test_a_new_password_asks_for_the_old_one_and_signs_the_others_out(alone: Alone):
    name = newcomer("Bea")
    async with alone.visit(name) as desk, alone.visit(name) as other:
        await desk.register()
        await other.log_in()
        await choose(desk, "Change password")
        dialog = desk.page.get_by_role("dialog", name="Change password")
        await expect(dialog.get_by_label("Present password")).to_be_focused()
        await give_password(desk, "another battery")
        await dialog.get_by_label("Present password").fill("a guess")
        await dialog.get_by_role("button", name="Change password").click()
        await expect(dialog.get_by_text("That is not your present password.")).to_be_visible()
        await dialog.get_by_label("Present password").fill(PASSWORD)
        await dialog.get_by_role("button", name="Change password").click()
        await expect(dialog).to_have_count(0)
        await expect(desk.page.get_by_role("tab", name="You")).to_have_attribute("aria-selected", "true")
        await desk.page.keyboard.press("Escape")
        await expect(desk.page.get_by_role("button", name="Settings", exact=True)).to_be_focused()
        await expect(other.page.get_by_text("You have been signed out")).to_be_visible()


async def test_whoever_was_imported_comes_by_a_link_chooses_a_password_and_reads_what_they_said(
    alone: Alone, tmp_path: Path
):
    name, general = newcomer("anna"), newcomer("general")
    users = [{**SLACK_USERS[0], "name": name, "team_id": name}, *SLACK_USERS[1:2]]
    export = slack(
        tmp_path / "slack.zip",
        **{
            "users.json": users,
            "channels.json": [{**SLACK_CHANNELS[0], "name": general, "members": ["U1", "U2"]}],
            f"{general}/2023-11-14.json": SLACK_DAY_1,
            f"{general}/2023-11-15.json": SLACK_DAY_2,
        },
    )
    bring(export, alone.server.data_dir, "--links", str(tmp_path / "links.csv"))
    code = links(tmp_path / "links.csv")[name]
    async with alone.visit(name) as desk, alone.visit(name) as other:
        await desk.page.goto(f"{desk.url}/device#{code}")
        await expect(desk.page.get_by_text(f"signs you in as {name}")).to_be_visible()
        assert code not in desk.page.url
        await desk.page.get_by_role("button", name="Sign in").click()
        dialog = desk.page.get_by_role("dialog", name="Choose a password")
        await expect(dialog).to_contain_text(f"come back as {name} from anywhere")
        await desk.screenshot(tmp_path, "claimed")
        await desk.page.keyboard.press("Escape")
        await choose(desk, "Log out")
        leaving = desk.page.get_by_role("dialog", name="Log out without a password?")
        await leaving.get_by_role("button", name="Choose a password").click()
        await give_password(desk)
        await dialog.get_by_role("button", name="Save password").click()
        await expect(desk.page.get_by_text(f"you can log in as {name}")).to_be_visible()
        await desk.open_room(general)
        await desk.sees("between", "看图", "waves")
        await expect(desk.messages("看图").get_by_role("img", name="plan")).to_have_count(2)
        await desk.screenshot(tmp_path, "imported")

        await other.log_in()
        await other.open_room(general)
        await expect(other.messages("waves")).to_be_visible()
        await other.page.goto(f"{other.url}/device#{code}")  # it was good once
        await expect(other.page.get_by_role("alert")).to_be_visible()


async def test_a_guest_is_told_before_leaving_for_good(alone: Alone):
    async with alone.visit(newcomer("Cy")) as guest:
        await join_as_guest(guest)
        await choose(guest, "Log out")
        dialog = guest.page.get_by_role("dialog", name="Leave for good?")
        await expect(dialog.get_by_role("button", name="Create an account")).to_be_visible()
        await dialog.get_by_role("button", name="Leave").click()
        await expect(guest.page.get_by_role("button", name="Join")).to_be_visible()


async def test_whoever_sits_at_the_host_becomes_its_administrator_and_names_it(alone: Alone):
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", "".join(alone.server.output))
    assert code is not None
    async with alone.visit(newcomer("Dan")) as dan, alone.visit(newcomer("Eve"), **PHONE) as eve:
        await dan.page.goto(f"{dan.url}/#claim={code[0]}")
        await expect(dan.page.get_by_label("Your name")).to_be_visible()  # all that a newcomer is asked for
        assert code[0] not in dan.page.url
        await join_as_guest(dan)
        await choose(dan, "Become administrator", "Host")
        await dan.page.get_by_role("dialog").get_by_role("button", name="Create account").click()
        await give_password(dan)
        await dan.page.get_by_role("button", name="Create account").click()
        await choose(dan, "Become administrator", "Host")
        await expect(dan.page.get_by_label("Code")).to_have_value(code[0])
        # As after an update: of an index that is whole, nothing is told.
        progress = {"percent": 42, "complete_from": "2026-03-04T12:00:00Z"}
        await dan.page.route("**/api/search/index", lambda route: route.fulfill(json=progress))
        await dan.page.get_by_role("dialog").get_by_role("button", name="Become administrator").click()
        await expect(dan.page.get_by_role("progressbar")).to_have_attribute("value", "42")
        await expect(dan.page.get_by_text("since Wednesday, March 4")).to_be_visible()
        await (
            dan.page.get_by_role("dialog", name="Settings", exact=True).get_by_role("button", name="This host").click()
        )
        dialog = dan.page.get_by_role("dialog", name="This host")
        await dialog.get_by_label("Name", exact=True).fill("Class 4b")
        await dialog.get_by_label("Guests may join with a name only").uncheck()
        await dialog.get_by_role("button", name="Save").click()
        await expect(dan.page.get_by_text("Saved.")).to_be_visible()
        await dan.page.keyboard.press("Escape")
        await expect(dan.page.get_by_role("complementary").get_by_text("Class 4b")).to_be_visible()

        await dan.page.get_by_role("button", name="Room menu").click()  # the toast doesn't lie on it
        await dan.page.get_by_role("menuitem", name="Room settings").click()
        await expect(dan.page.get_by_role("dialog").get_by_label("Name", exact=True)).to_have_value(re.compile("Lobby"))
        await expect(dan.page.get_by_role("dialog").get_by_label("Private")).to_have_count(0)

        await eve.page.goto(f"{eve.url}/login")
        await expect(eve.page.get_by_role("heading", name="Class 4b")).to_be_visible()
        await expect(eve.page.get_by_text("Just join with a name")).to_have_count(0)
        await eve.register()
        settings = await open_settings(eve, "Host")
        await expect(settings.get_by_role("button", name="Chats nearby")).to_be_visible()
        for item in ("Become administrator", "This host"):
            await expect(settings.get_by_role("button", name=item)).to_have_count(0)


async def test_a_room_opens_at_the_first_of_many_unread_messages_and_none_is_read_unseen(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("reader") as reader:
        writer, fay = await people("writer", "fay")
        garden = await writer.make_room()
        await fay.join(garden)
        for number in range(120):
            await writer.say(garden, f"unread {number}.")
        ear = await fay.connect()

        await open_as(reader, fay, garden)
        await expect(reader.page.get_by_test_id("new-line")).to_be_in_viewport()
        await expect(reader.messages("unread 0.")).to_be_in_viewport()
        await expect(reader.messages("unread 119.")).to_have_count(0)  # far below
        await expect(reader.rooms.get_by_text("100 unread messages")).to_have_count(1)  # as far as is counted
        assert ear.all("room_read") == []
        jump = reader.page.get_by_role("button", name="Jump to the latest message", exact=True)
        await jump.click()
        await expect(reader.messages("unread 119.")).to_be_in_viewport()
        await expect(jump).to_have_count(0)
        await expect(reader.rooms.get_by_text("unread messages")).to_have_count(0)
        await ear.hears("room_read", room_id=garden["id"], last_read_seq=121)


async def test_what_fits_on_the_screen_is_read_when_it_is_opened(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("reader") as reader:
        writer, fay = await people("writer", "fay")
        garden = await writer.make_room()
        await fay.join(garden)
        for number in range(3):
            await writer.say(garden, f"unread {number}.")
        ear = await fay.connect()
        await open_as(reader, fay, garden)
        await expect(reader.messages("unread 2.")).to_be_in_viewport()
        await ear.hears("room_read", room_id=garden["id"], last_read_seq=4)
        await expect(reader.page.get_by_role("button", name="Jump to the latest")).to_have_count(0)


async def test_a_page_that_does_not_exist_says_so_and_leads_home(alone: Alone):
    async with alone.visit("nobody") as stranger:
        answer = await stranger.page.goto(f"{stranger.url}/nope")
        assert answer is not None
        assert answer.status == 404
        await expect(stranger.page.get_by_role("heading", name="This page doesn't exist")).to_be_visible()
        await stranger.page.get_by_role("link", name="To the chat").click()
        await expect(stranger.page.get_by_label(re.compile("Your name|User name"))).to_be_visible()
