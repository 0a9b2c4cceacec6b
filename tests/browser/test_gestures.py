"""What people do without thinking, pasting, dropping, going back, reloading, and browsers that make it hard."""

import io
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Dialog, expect

from tests.browser.alone import PHONE, Alone, alone_in, join_as_guest, newcomer
from tests.files import upload
from tests.people import people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

FILE = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"the plan"}
SPREADSHEET = """() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'Name\\tSum')
    data.setData('text/html', '<table><tr><td>Name</td><td>Sum</td></tr></table>')
    data.items.add(new File([new Uint8Array([137, 80, 78, 71])], 'image.png', { type: 'image/png' }))
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    return document.querySelector('#composer').dispatchEvent(event)
}"""
# As browsers do it that translate a page.
TRANSLATE = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = []
    while (walk.nextNode()) texts.push(walk.currentNode)
    for (const text of texts) {
        if (!text.data.trim() || text.parentNode.nodeName === 'TEXTAREA') continue
        const outer = document.createElement('font'), inner = document.createElement('font')
        outer.append(inner)
        text.replaceWith(outer)
        inner.append(text.data.toUpperCase())
    }
}"""
REFUSALS = {
    "never answers": "open = (name, version) => { const asked = real('hang-' + name, version);"
    " asked.addEventListener = () => {}; return asked }",
    "throws": "open = () => { throw new DOMException('The operation is insecure.', 'SecurityError') }",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("gestures")) as alone:
        yield alone


async def test_text_pasted_with_a_picture_of_it_stays_text_and_the_picture_is_on_offer(alone: Alone):
    async with alone.visit(newcomer("ann")) as ann:
        await join_as_guest(ann)
        await expect(ann.composer).to_be_focused()
        assert await ann.page.evaluate(SPREADSHEET), "the page took the text away"
        await ann.page.get_by_role("button", name="Attach it").click()
        await expect(ann.page.get_by_role("list", name="Files to send").get_by_role("listitem")).to_have_count(1)
        await expect(ann.page.get_by_role("button", name="Attach it")).to_have_count(0)


async def test_a_chosen_file_is_not_lost_by_a_reload_without_a_question(alone: Alone):
    async with alone.visit(newcomer("ben")) as ben:
        await join_as_guest(ben)
        await ben.page.locator("input[type=file]").set_input_files([FILE])
        await expect(ben.composer).to_be_focused()
        await ben.page.keyboard.type("with words")  # browsers ask for those only who did something on the page
        asked: list[str] = []

        async def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            await dialog.dismiss()

        ben.page.on("dialog", stay)
        await ben.page.evaluate("setTimeout(() => location.reload())")
        await ben.page.wait_for_event("dialog") if not asked else None
        await expect(ben.page.get_by_role("list", name="Files to send").get_by_role("listitem")).to_have_count(1)
        assert asked == ["beforeunload"]
        await ben.page.get_by_role("button", name="Remove plan.txt").click()
        await ben.page.reload()
        await expect(ben.composer).to_have_value("with words")


async def test_back_closes_what_is_open_and_only_then_leaves_the_room(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("cai"), **PHONE) as cai:
        writer = await people.one("writer")
        room = await writer.make_room(newcomer("garden"))
        picture = io.BytesIO()
        Image.new("RGB", (40, 30)).save(picture, "PNG")
        path = (await upload(writer, picture.getvalue(), "sea.png")).expect(201)["file_path"]
        await writer.say(room, "sea.png", message_type="image", file_path=path)
        await cai.register()
        await cai.knock(room["name"])
        page = cai.page
        opened = page.locator("[role=dialog], [role=menu]")

        await page.get_by_role("button", name="Open image sea.png").click()
        await expect(page.locator(".yarl__container")).to_be_visible()
        await page.go_back()
        await expect(page.locator(".yarl__container")).to_have_count(0)
        for name in ("Members", "Room menu", "Emoji"):
            await page.get_by_role("button", name=name, exact=True).click()
            await expect(opened.first).to_be_visible()
            await page.go_back()
            await expect(opened).to_have_count(0)
        await page.get_by_role("button", name="Room menu").click()
        await page.get_by_role("menuitem", name="Invite").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.go_back()
        await expect(opened).to_have_count(0)
        # Closed in any other way, a dialog leaves nothing in the way back either.
        await page.get_by_role("button", name="Members", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
        await expect(opened).to_have_count(0)
        await page.wait_for_function("history.state?.layers === undefined")
        await expect(cai.composer).to_be_visible()
        await page.go_back()
        await expect(cai.rooms).to_be_visible()
        await expect(cai.composer).to_be_hidden()


async def test_where_a_dialog_leads_to_back_leads_home_in_one_step(alone: Alone):
    async with alone.visit(newcomer("dan")) as dan:
        await join_as_guest(dan)
        await dan.make_room(newcomer("Attic"))
        await dan.page.go_back()
        await expect(dan.page.get_by_role("heading", name="Lobby")).to_be_visible()


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_browser_that_stores_nothing_chats_and_says_so(alone: Alone, refusal: str):
    async with alone.visit(newcomer("eve")) as eve:
        await eve.page.add_init_script(
            f"const real = indexedDB.open.bind(indexedDB); IDBFactory.prototype.{REFUSALS[refusal]}"
        )
        await join_as_guest(eve)
        await eve.say("heard all the same")
        await expect(eve.page.get_by_role("img", name="Sent")).to_be_visible()
        await expect(eve.page.get_by_text("lets pages keep nothing")).to_be_visible()
        await eve.page.goto(f"{eve.url}/capabilities")
        database = eve.page.locator("[data-name=indexedDb]")
        await expect(database).to_have_attribute("data-state", "denied")


async def test_a_page_that_the_browser_translates_goes_on(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("fay")) as fay:
        writer = await people.one("writer")
        await fay.register()
        await fay.open_room("Lobby")
        lobby = await writer.lobby()
        ear = await writer.connect()
        await ear.emit("join_room", {"room_id": lobby["id"]})
        await ear.emit("typing_start", {"room_id": lobby["id"]})
        await expect(fay.page.get_by_text(f"{writer.name} is typing")).to_be_visible()
        await fay.page.evaluate(TRANSLATE)
        await expect(fay.page.get_by_text(f"{writer.name} is typing".upper())).to_be_visible()
        await ear.emit("typing_stop", {"room_id": lobby["id"]})
        await expect(fay.page.get_by_text(re.compile("is typing", re.IGNORECASE))).to_have_count(0)
        await writer.say(lobby, "after the translation")
        await fay.say("and mine")
        await fay.sees("after the translation", "and mine")
        await fay.make_room(newcomer("Cellar"))
        await fay.page.evaluate(TRANSLATE)
        await (
            fay.page.get_by_role("button", name="MEMBERS")
            .or_(fay.page.get_by_role("button", name="Members", exact=True))
            .first.click()
        )
        await fay.open_room("Lobby")
        await fay.sees("after the translation", "and mine")


async def test_a_broken_page_offers_to_load_again_and_keeps_the_draft(alone: Alone):
    async with alone.visit(newcomer("gil")) as gil:
        await join_as_guest(gil)
        await gil.composer.fill("half a thought")
        await gil.page.get_by_role("button", name="Begin something new").click()
        # No part that loads later arrives any more, as after an update of the host.
        await gil.page.route("**/assets/*", lambda route: route.abort())
        await gil.page.get_by_role("menuitem", name="New room", exact=True).click()
        told = gil.page.get_by_role("alert").filter(has_text="LanChat can't load this part.")
        await expect(told).to_be_visible()
        await told.get_by_role("button", name="Close").click()
        await gil.page.get_by_role("button", name="Invite people").first.click()
        await expect(told.get_by_role("button", name="Reload")).to_be_visible()
        await expect(gil.composer).to_have_value("half a thought")
        await told.get_by_role("button", name="Close").click()
        await gil.page.get_by_role("button", name="Emoji").click()
        await expect(told.get_by_role("button", name="Reload")).to_be_visible()
        await gil.page.evaluate("history.pushState(null, '', '/nowhere')")
        await expect(gil.page.get_by_role("heading", name="This page has stumbled")).to_be_visible()
        await gil.page.unroute("**/assets/*")
        await gil.page.get_by_role("button", name="Reload").click()
        await expect(gil.page.get_by_role("heading", name="This page doesn't exist")).to_be_visible()
        await gil.page.go_back()
        await expect(gil.composer).to_have_value("half a thought")


async def test_the_empty_message_box_is_one_line_whatever_the_room_is_called(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("hal"), **PHONE) as hal:
        writer = await people.one("writer")
        room = await writer.make_room("W" * 90 + newcomer("room"))
        await hal.register()
        await hal.knock(room["name"])
        for size in ({"width": 360, "height": 640}, {"width": 1440, "height": 900}):
            await hal.page.set_viewport_size(size)  # type: ignore[arg-type]
            box = await hal.composer.bounding_box()
            assert box is not None
            assert box["height"] <= 48
        await hal.composer.fill("\n".join("several lines" for _ in range(4)))
        box = await hal.composer.bounding_box()
        assert box is not None
        assert box["height"] > 90


async def test_emoji_count_as_one_character_each(alone: Alone):
    async with alone.visit(newcomer("ida")) as ida:
        await join_as_guest(ida)
        await ida.composer.fill("😀" * 6000)
        await expect(ida.page.get_by_text("too many")).to_have_count(0)
        await ida.composer.fill("😀" * 10_001)
        await expect(ida.page.get_by_text("1 character too many")).to_be_visible()


async def test_a_folder_that_is_dropped_is_told_to_be_one(alone: Alone):
    async with alone.visit(newcomer("joe")) as joe:
        await join_as_guest(joe)
        await joe.page.evaluate(
            """() => {
                const data = new DataTransfer()
                data.items.add(new File(['x'], 'plan.txt', { type: 'text/plain' }))
                data.items.add(new File([], 'holiday'))
                const real = DataTransferItem.prototype.webkitGetAsEntry
                DataTransferItem.prototype.webkitGetAsEntry = function () {
                    const name = this.getAsFile().name
                    return name === 'holiday' ? { isDirectory: true, name } : real.call(this)
                }
                for (const kind of ['dragenter', 'drop'])
                    document.querySelector('#composer').dispatchEvent(
                        new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
            }"""
        )
        await expect(joe.page.get_by_text("holiday is a folder")).to_be_visible()
        await expect(joe.page.get_by_role("list", name="Files to send").get_by_role("listitem")).to_have_count(1)
