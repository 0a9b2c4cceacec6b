"""Bringing people in: by a link into a room, by the host's address, and oneself by a code on a further device."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.alone import choose as choose_setting
from tests.browser.chromium import PASSWORD, Visitor
from tests.browser.conftest import HOST, Visitors

pytestmark = pytest.mark.timeout(300)

PHONE = {"viewport": {"width": 390, "height": 760}, "has_touch": True, "is_mobile": True}
CODE = re.compile(r"^[2-9A-Z]{4}-[2-9A-Z]{4}$")
WITH_A_CODE = re.compile("#")


async def choose(visitor: Visitor, menu: str, item: str) -> Locator:
    """The dialog that a menu's item opens."""
    await visitor.page.get_by_role("button", name=menu).click()
    await visitor.page.get_by_role("menuitem", name=item).click()
    dialog = visitor.page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    return dialog


async def give_name(visitor: Visitor) -> None:
    await visitor.page.get_by_label("Your name").fill(visitor.name)
    await visitor.page.get_by_role("button", name="Join").click()


async def fits_its_screen(visitor: Visitor) -> bool:
    return await visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


async def test_a_link_leads_into_a_private_room_by_a_name_or_a_login(visitors: Visitors):
    ann, bob, carol = await visitors.beside("ann"), await visitors.away("bob", **PHONE), await visitors.away("carol")
    await asyncio.gather(ann.register(), carol.register())
    await carol.page.evaluate("localStorage.clear()")
    await ann.make_room("Secret garden", password="sesame")
    await ann.say("we meet at four")
    dialog = await choose(ann, "Room menu", "Invite to this room")
    link = await dialog.get_by_label("Link").input_value()
    assert re.fullmatch(rf"http://{HOST}:\d+/join#[\w-]{{16}}", link)
    await expect(dialog.get_by_role("img", name=f"QR code of {link}")).to_be_visible()

    await bob.page.goto(link)
    await expect(bob.page.get_by_text("ann invites you to")).to_be_visible()
    await expect(bob.page.get_by_text("Secret garden")).to_be_visible()
    await expect(bob.page).not_to_have_url(WITH_A_CODE)
    await give_name(bob)
    await bob.sees("we meet at four")
    assert await fits_its_screen(bob)
    await expect(dialog.get_by_role("status")).to_contain_text("1 person joined")
    await expect(dialog.get_by_role("status")).to_contain_text("bob")
    await ann.page.keyboard.press("Escape")
    await bob.composer.fill("on my way")
    await bob.page.get_by_role("button", name="Send").click()  # on a phone Enter begins another line
    await expect(ann.page.get_by_role("article", name="bob (guest)").get_by_text("Guest", exact=True)).to_be_visible()
    await expect(ann.page.get_by_role("article", name="ann,")).not_to_contain_text("Guest")
    dialog = await choose(ann, "Room menu", "Invite to this room")

    await carol.page.goto(link)
    await carol.page.get_by_role("link", name="Log in").click()
    await carol.page.get_by_label("User name").fill("carol")
    await carol.page.get_by_label("Password").fill(PASSWORD)
    await carol.page.get_by_role("button", name="Log in").click()
    await expect(carol.page.get_by_text("ann invites you to")).to_be_visible()
    await carol.page.keyboard.press("Enter")
    await expect(carol.page.get_by_text("You are signed in as carol")).to_be_visible()
    await expect(dialog.get_by_role("status")).to_contain_text("Whoever joins appears here")
    await carol.page.get_by_role("button", name="Join", exact=True).click()
    await carol.sees("we meet at four")
    await carol.page.goto(link)  # which is nothing new to a member
    await carol.sees("we meet at four")
    await expect(dialog.get_by_role("status")).to_contain_text("1 person joined")

    await dialog.get_by_role("button", name="End this link").click()
    await expect(dialog.get_by_text("The link has ended")).to_be_visible()
    dave = await visitors.away("dave")
    await dave.page.goto(link)
    await expect(dave.page.get_by_role("alert")).to_contain_text("This invitation doesn't hold any more")
    await expect(dave.page.get_by_label("Your name")).to_have_count(0)


async def test_the_invitation_counts_who_comes_and_fills_the_screen(visitors: Visitors):
    ann = await visitors.beside("ann", permissions=["clipboard-read", "clipboard-write"])
    bob = await visitors.away("bob", **PHONE)
    await ann.register()
    # Alone at the host, ann is offered it in the middle of the page too.
    await ann.page.get_by_role("complementary").get_by_role("button", name="Invite people").click()
    dialog = ann.page.get_by_role("dialog")
    address = f"{HOST}:{visitors.lan.server.port}"
    await expect(dialog.get_by_text(address, exact=True).first).to_be_visible()
    await dialog.get_by_role("button", name="Copy").click()
    await expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert await ann.page.evaluate("navigator.clipboard.readText()") == f"http://{address}"

    await dialog.get_by_role("button", name="Show full screen").click()
    screen = ann.page.get_by_role("dialog").last
    code = screen.get_by_role("img", name=f"QR code of http://{address}")
    width = (await code.bounding_box() or {"width": 0})["width"]
    assert width > 500, "readable from the back of a room"
    await bob.page.goto(f"{bob.url}/guest")
    await give_name(bob)
    await expect(screen.get_by_role("status")).to_contain_text("1 person joined")
    await bob.arrive()
    await bob.page.reload()
    await expect(bob.rooms).to_be_visible()
    await expect(screen.get_by_role("status")).to_contain_text("1 person joined")

    await ann.page.keyboard.press("Escape")
    await expect(code).to_have_count(1)
    await expect(dialog.get_by_role("button", name="Show full screen")).to_be_visible()
    await bob.page.get_by_role("button", name="Invite people").click()
    await bob.page.get_by_role("button", name="Copy").click()  # over plain HTTP, where browsers withhold the clipboard
    await expect(bob.page.get_by_role("button", name="Copied")).to_be_visible()
    assert await fits_its_screen(bob)


async def test_a_code_signs_a_device_in_once_and_the_first_one_says_so(visitors: Visitors):
    ann, phone, gil = await visitors.beside("ann"), await visitors.away("phone", **PHONE), await visitors.away("gil")
    await ann.register()
    await ann.make_room("Garden")
    await ann.say("from the computer")
    await choose_setting(ann, "Use on another device")
    dialog = ann.page.get_by_role("dialog", name="Use on another device")
    code = await dialog.get_by_text(CODE).inner_text()
    link = f"http://{HOST}:{visitors.lan.server.port}/device#{code}"
    await expect(dialog.get_by_role("img", name=f"QR code of {link}")).to_be_visible()
    await expect(dialog.get_by_role("timer")).to_contain_text(re.compile("4:5|5:00"))

    await phone.page.goto(link)
    await expect(phone.page).not_to_have_url(WITH_A_CODE)
    await expect(phone.page.get_by_role("status")).to_contain_text("signs you in as ann")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("button", name="Sign in on this device")).to_be_enabled()
    await phone.page.get_by_role("button", name="Sign in on this device").click()
    await phone.open_room("Garden")
    await phone.sees("from the computer")
    await expect(dialog.get_by_role("status")).to_contain_text("Signed in on Chrome")
    await dialog.get_by_role("button", name="Done").click()
    await ann.page.keyboard.press("Escape")  # the settings

    await gil.page.goto(f"{gil.url}/guest")
    await give_name(gil)
    await expect(gil.rooms).to_be_visible()
    await gil.page.goto(f"{gil.url}/device")
    await expect(gil.page.get_by_text("that guest is gone for good")).to_be_visible()
    await gil.page.get_by_label("Code").fill(code)
    await gil.page.get_by_role("button", name="Sign in on this device").click()
    await expect(gil.page.get_by_role("alert")).to_contain_text("This code is not right, or was used already")

    await choose_setting(ann, "Use on another device")
    await gil.page.get_by_label("Code").fill((await dialog.get_by_text(CODE).inner_text()).lower())
    await gil.page.get_by_role("button", name="Sign in on this device").click()
    await expect(gil.page.locator("footer").get_by_text("ann", exact=True)).to_be_visible()
    await gil.open_room("Garden")
    await expect(dialog.get_by_role("status")).to_contain_text("Signed in on Chrome")
