"""What two people live through: one on the host itself, one on another computer over plain HTTP."""

import asyncio
import io

import pytest
from PIL import Image
from playwright.async_api import Error, Route, expect

from tests.browser.conftest import Visitors

pytestmark = pytest.mark.timeout(300)


async def both_in_a_room(visitors: Visitors):
    ann, bob = await visitors.beside("ann"), await visitors.away("bob")
    await asyncio.gather(ann.register(), bob.register())
    await ann.make_room("Garden")
    await bob.knock("Garden")
    await expect(bob.page.get_by_role("heading", name="Garden")).to_be_visible()
    return ann, bob


async def test_two_people_meet_in_a_private_room_and_talk(visitors: Visitors):
    ann, bob = await visitors.beside("ann"), await visitors.away("bob")
    await asyncio.gather(ann.register(), bob.register())
    await ann.make_room("Secret garden", password="sesame")

    await bob.knock("Secret garden")
    dialog = bob.page.get_by_role("dialog")
    await dialog.get_by_label("Room password").fill("wrong")
    await dialog.get_by_role("button", name="Join").click()
    await expect(dialog.get_by_text("Wrong room password.")).to_be_visible()
    await dialog.get_by_label("Room password").fill("sesame")
    await dialog.get_by_role("button", name="Join").click()
    await expect(bob.page.get_by_role("heading", name="Secret garden")).to_be_visible()

    await ann.say("hello bob 你好")
    await bob.sees("hello bob 你好")
    await bob.composer.press_sequentially("I am ty")
    await expect(ann.page.get_by_text("bob is typing")).to_be_visible()
    await bob.say("hello ann")
    await ann.sees("hello bob 你好", "hello ann")
    await expect(ann.page.get_by_text("bob is typing")).to_have_count(0)
    await expect(ann.page.get_by_text("2 online").first).to_be_visible()
    await bob.page.context.close()
    await expect(ann.page.get_by_text("1 online").first).to_be_visible()
    visitors.all.remove(bob)


async def test_a_restart_of_the_server_loses_and_doubles_nothing(visitors: Visitors):
    ann, bob = await both_in_a_room(visitors)
    server = visitors.lan.server
    await ann.say("before the restart")
    await bob.sees("before the restart")

    assert await asyncio.to_thread(server.stop) == 0
    await expect(ann.banner).to_be_visible()
    await expect(bob.banner).to_be_visible()
    await bob.say("written meanwhile")
    await asyncio.to_thread(server.start)

    await expect(ann.banner).to_have_count(0)
    await expect(bob.banner).to_have_count(0)
    await ann.sees("before the restart", "written meanwhile")
    await ann.say("after the restart")
    for visitor in (ann, bob):
        await visitor.sees("before the restart", "written meanwhile", "after the restart")
        await visitor.page.reload()
        await visitor.sees("before the restart", "written meanwhile", "after the restart")


async def test_what_was_written_while_the_server_was_away_survives_a_closed_page(visitors: Visitors):
    ann, bob = await both_in_a_room(visitors)
    server = visitors.lan.server
    room = bob.page.url
    await asyncio.to_thread(server.stop)
    await expect(bob.banner).to_be_visible()
    await bob.say("kept in the outbox")
    await expect(bob.page.get_by_role("img", name="Sending")).to_be_visible()
    with pytest.raises(Error):
        await bob.page.reload()
    await asyncio.to_thread(server.start)

    await bob.page.goto(room)
    await bob.sees("kept in the outbox")
    await ann.sees("kept in the outbox")
    await expect(bob.page.get_by_role("img", name="Sending")).to_have_count(0)
    await bob.page.reload()
    await bob.sees("kept in the outbox")


async def test_a_picture_is_shown_and_a_file_is_offered(visitors: Visitors):
    ann, bob = await both_in_a_room(visitors)
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).save(picture, "PNG")
    # Nobody's picture arrives before its place on the screen has been measured.
    may_arrive = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_arrive.wait()
        await route.continue_()

    await ann.page.route("**/files/**", hold)
    chooser = bob.page.locator("input[type=file]").first
    await chooser.set_input_files([{"name": "sea.png", "mimeType": "image/png", "buffer": picture.getvalue()}])
    await bob.page.get_by_role("button", name="Send", exact=True).click()

    place = ann.page.get_by_role("button", name="Open image sea.png")
    before = await place.bounding_box()
    may_arrive.set()
    loaded = "image => image.complete && image.naturalWidth"
    for visitor in (ann, bob):
        image = visitor.page.get_by_role("img", name="sea.png")
        await expect(image).to_be_visible()
        width = await visitor.page.wait_for_function(loaded, arg=await image.element_handle())
        assert await width.json_value() == 640  # a small copy
    assert await place.bounding_box() == before
    await place.click()
    large = ann.page.get_by_role("dialog").get_by_role("img", name="sea.png")
    width = await ann.page.wait_for_function(loaded, arg=await large.element_handle())
    assert await width.json_value() == 1600
    await ann.page.keyboard.press("Escape")

    await chooser.set_input_files([{"name": "plan.txt", "mimeType": "text/plain", "buffer": b"the plan"}])
    await bob.page.get_by_role("button", name="Send", exact=True).click()
    async with ann.page.expect_download() as download:
        await ann.page.get_by_role("link", name="Download plan.txt").click()
    path = await (await download.value).path()
    assert path.read_bytes() == b"the plan"


async def test_a_link_to_a_room_leads_a_newcomer_there(visitors: Visitors):
    ann, bob = await visitors.beside("ann"), await visitors.away("bob")
    await ann.register()
    await ann.make_room("Garden")
    await bob.page.goto(bob.url + ann.page.url.removeprefix(ann.url))
    await bob.page.get_by_role("link", name="Create account").click()
    await bob.fill_in()
    await expect(bob.page.get_by_role("main").get_by_role("button", name="Join")).to_be_visible()
    assert bob.page.url.removeprefix(bob.url) == ann.page.url.removeprefix(ann.url)


async def test_a_few_letters_go_to_a_room(visitors: Visitors):
    ann = await visitors.beside("ann")
    await ann.register()
    await ann.make_room("Garden")
    await ann.page.keyboard.press("Control+k")
    await expect(ann.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    await ann.page.keyboard.type("lob")
    await ann.page.keyboard.press("Enter")
    await expect(ann.page.get_by_role("heading", name="Lobby")).to_be_visible()


async def test_logging_out_and_in_again_brings_everything_back(visitors: Visitors):
    ann, bob = await both_in_a_room(visitors)
    await ann.say("still here tomorrow")
    await bob.page.context.clear_cookies()
    await bob.page.evaluate("localStorage.clear()")
    await bob.log_in()
    await bob.open_room("Garden")
    await bob.sees("still here tomorrow")


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", ("用户名", "登录")), ("en-GB", ("User name", "Log in"))])
async def test_the_page_speaks_the_reader_s_language(visitors: Visitors, locale: str, words: tuple[str, str]):
    ann = await visitors.beside("ann", locale=locale)
    await ann.page.goto(f"{ann.url}/login")
    await expect(ann.page.get_by_label(words[0])).to_be_visible()
    await expect(ann.page.get_by_role("button", name=words[1], exact=True)).to_be_visible()
    assert await ann.page.evaluate("document.documentElement.lang") == locale.replace("-GB", "")


async def test_a_phone_is_enough(visitors: Visitors):
    phone = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
    ann, bob = await visitors.beside("ann"), await visitors.away("bob", **phone)
    await asyncio.gather(ann.register(), bob.register())
    await ann.make_room("Garden")
    await bob.knock("Garden")
    await bob.composer.fill("from my phone " + "longword" * 30)
    await bob.page.get_by_role("button", name="Send", exact=True).click()
    await ann.sees("from my phone")
    await bob.sees("from my phone")
    assert await bob.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
