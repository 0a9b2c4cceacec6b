"""Several files as one message: chosen, put in order, sent with words, looked through, and passed on."""

import random
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, Request, expect

from tests.browser.alone import PHONE, Alone, alone_in, newcomer, open_as
from tests.browser.test_actions import long_press
from tests.browser.test_pictures import encoded
from tests.files import MB, fetch, upload
from tests.people import Payload, Person, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("albums")) as alone:
        yield alone


def picture(name: str, size: tuple[int, int] = (640, 480)) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": encoded("PNG", size)}


async def album(person: Person, room: Payload, words: str, *names: str) -> Payload:
    """As another client sends it."""
    contents = [encoded("PNG", (900, 600)) if name.endswith(".png") else name.encode() for name in names]
    answers = [await upload(person, content, name) for content, name in zip(contents, names, strict=True)]
    return await person.say(room, words, file_paths=[answer.expect(201)["file_path"] for answer in answers])


async def chosen(page: Page) -> list[str]:
    tray = page.get_by_role("list", name="Files to send")
    labels = [await each.get_attribute("aria-label") for each in await tray.locator("[data-upload]").all()]
    return [(label or "").split(",")[0] for label in labels]


async def test_pictures_are_put_in_order_by_keys_and_sent_as_one_message_with_words(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        await page.locator("input[type=file]").set_input_files([picture(f"{name}.png") for name in "abcd"])
        tray = page.get_by_role("list", name="Files to send")
        await expect(tray.get_by_role("listitem")).to_have_count(4)
        await tray.get_by_role("button", name="a.png,").focus()
        await page.keyboard.press("Alt+ArrowRight")
        assert await chosen(page) == ["b.png", "a.png", "c.png", "d.png"]
        await expect(page.get_by_text("a.png: place 2 of 4")).to_be_attached()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Delete")
        await expect(tray.get_by_role("listitem")).to_have_count(3)
        assert await chosen(page) == ["b.png", "a.png", "d.png"]
        await page.keyboard.press("Alt+ArrowLeft")
        assert await chosen(page) == ["b.png", "d.png", "a.png"]
        await page.get_by_test_id("composer").fill("the *trip*")
        await page.keyboard.press("Enter")

        shown = page.get_by_role("log").get_by_role("list", name="3 pictures")
        await expect(shown).to_be_visible()
        await expect(page.get_by_role("log").get_by_role("article")).to_have_count(1)
        (said,) = await ann.history(room)
        assert (said["content"], said["message_type"]) == ("the *trip*", "image")
        assert [file["filename"] for file in said["attachments"]] == ["b.png", "d.png", "a.png"]
        await expect(page.get_by_role("list", name="Files to send")).to_have_count(0)

        # The lightbox walks through them.
        await shown.get_by_role("button", name="Open image b.png").click()
        viewer = page.get_by_role("dialog")
        await expect(viewer.get_by_role("img", name="b.png")).to_be_in_viewport()
        for name in ("d.png", "a.png"):
            await page.keyboard.press("ArrowRight")
            await expect(viewer.get_by_role("img", name=name)).to_be_in_viewport()
        await page.keyboard.press("Escape")


async def test_what_is_dragged_over_another_takes_its_place(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        await open_as(visitor, ann, await ann.make_room())
        page = visitor.page
        await page.locator("input[type=file]").set_input_files([picture(f"{name}.png") for name in "abc"])
        tray = page.get_by_role("list", name="Files to send")
        last, first = (tray.get_by_role("button", name=f"{name}.png,") for name in "ca")
        await last.drag_to(first)
        assert await chosen(page) == ["c.png", "a.png", "b.png"]


async def test_by_touch_what_is_tapped_is_moved_by_its_arrows(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **PHONE) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        await page.locator("input[type=file]").set_input_files([picture(f"{name}.png") for name in "abc"])
        tray = page.get_by_role("list", name="Files to send")
        await expect(page.get_by_text("Tap one, then move it with the arrows.")).to_be_visible()
        await tray.get_by_role("button", name="c.png,").tap()
        ahead, back = (page.get_by_role("button", name=f"Move c.png one place {way}") for way in ("ahead", "back"))
        for each in (ahead, back):
            box = await each.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
        await ahead.tap()
        await ahead.tap()
        await ahead.tap()  # further than the first place it doesn't go
        assert await chosen(page) == ["c.png", "a.png", "b.png"]
        await back.tap()
        assert await chosen(page) == ["a.png", "c.png", "b.png"]
        await page.get_by_role("button", name="Remove a.png").tap()
        assert await chosen(page) == ["c.png", "b.png"]
        await page.get_by_role("button", name="Send", exact=True).tap()
        await expect(page.get_by_role("list", name="2 pictures")).to_be_visible()
        (said,) = await ann.history(room)
        assert [file["filename"] for file in said["attachments"]] == ["c.png", "b.png"]


async def test_an_album_keeps_its_place_and_a_caption_is_edited(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **PHONE) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        for count in range(2, 11):
            await album(ann, room, "" if count % 2 else f"all {count}", *[f"{n}.png" for n in range(count)])
        for count in (10, 9):
            shown = page.get_by_role("list", name=f"{count} pictures")
            await shown.scroll_into_view_if_needed()
            box = await shown.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 390
            tiles = [await each.bounding_box() for each in await shown.get_by_role("listitem").all()]
            assert all(tile is not None and tile["width"] >= 44 and tile["height"] >= 44 for tile in tiles)
        said = await album(ann, room, "wrnog", "x.png", "y.png")
        await expect(page.get_by_role("log").get_by_text("wrnog")).to_be_visible()
        (await ann.patch(f"/api/messages/{room['id']}/{said['id']}", {"content": "right"})).expect(200)
        await expect(page.get_by_role("log").get_by_text("right")).to_be_visible()
        await expect(page.get_by_role("list", name="2 pictures").last).to_be_visible()


async def test_what_is_mixed_shows_its_pictures_and_lists_its_files(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        await album(ann, room, "papers", "a.png", "plan.txt", "b.png", "list.pdf")
        page = visitor.page
        await expect(page.get_by_role("list", name="2 pictures")).to_be_visible()
        for name in ("plan.txt", "list.pdf"):
            await expect(page.get_by_role("link", name=f"Download {name}")).to_be_visible()
        # Edited by the keyboard: the words alone.
        await page.get_by_test_id("composer").press("ArrowUp")
        await expect(page.get_by_test_id("composer")).to_have_value("papers")
        await page.get_by_test_id("composer").fill("better papers")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("log").get_by_text("better papers")).to_be_visible()
        (said,) = await ann.history(room)
        assert (said["content"], len(said["attachments"])) == ("better papers", 4)


async def test_words_come_back_when_all_their_files_are_taken_out(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        await page.route("**/api/upload/**", lambda route: route.abort())
        await page.locator("input[type=file]").set_input_files([picture("a.png"), picture("b.png")])
        await page.get_by_test_id("composer").fill("kept")
        await page.get_by_role("button", name="Send", exact=True).click()
        for name in ("a.png", "b.png"):
            await page.get_by_role("button", name=f"Cancel {name}").click()
        await expect(page.get_by_test_id("composer")).to_have_value("kept")
        assert await ann.history(room) == []
        visitor.errors.clear()


async def test_what_was_not_stored_is_tried_again_and_then_all_is_one_message(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        uploads = 0

        async def second_fails(route: Any) -> None:
            nonlocal uploads
            uploads += 1
            await (route.abort() if uploads == 2 else route.continue_())

        await page.route("**/api/upload/**", second_fails)
        await page.locator("input[type=file]").set_input_files([picture(f"{name}.png") for name in "abc"])
        await page.get_by_role("button", name="Send", exact=True).click()
        await page.get_by_role("button", name="Retry").click()
        await expect(page.get_by_role("list", name="3 pictures")).to_be_visible()
        (said,) = await ann.history(room)
        assert [file["filename"] for file in said["attachments"]] == ["a.png", "b.png", "c.png"]
        visitor.errors.clear()


async def test_what_is_chosen_offline_waits_over_a_reload_and_goes_as_one_message(alone: Alone, tmp_path: Path):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page, context = visitor.page, visitor.page.context
        await page.locator("input[type=file]").set_input_files([picture("x.png"), picture("y.png")])
        tray = page.get_by_role("list", name="Files to send")
        for name in ("x.png", "y.png"):
            await tray.get_by_role("button", name=f"Remove {name}").click()
        await context.set_offline(True)
        await expect(visitor.banner).to_be_visible()
        files = [picture("a.png"), picture("b.png"), {"name": "c.txt", "mimeType": "text/plain", "buffer": b"words"}]
        await page.locator("input[type=file]").set_input_files(files)
        await visitor.composer.fill("from the train")
        await page.keyboard.press("Enter")
        await visitor.say("and later words")
        log = page.get_by_role("log")
        await expect(log.get_by_text("Waits for the connection")).to_be_visible()
        await expect(log.get_by_role("list", name="2 pictures")).to_be_visible()
        await expect(log.get_by_role("link", name="Download c.txt")).to_be_visible()
        await expect(tray).to_have_count(0)

        # The connection comes back, but nothing gets through before the page is loaded anew.
        await page.route("**/api/upload/**", lambda route: route.abort())
        await context.set_offline(False)
        await expect(visitor.banner).to_have_count(0)
        await page.reload()
        await expect(log.get_by_role("list", name="2 pictures")).to_be_visible()
        await expect(log.get_by_text("from the train")).to_be_visible()
        assert await ann.history(room) == []
        await page.unroute("**/api/upload/**")
        await expect(log.get_by_role("img", name="Sent")).to_be_visible()
        await visitor.sees("from the train", "and later words")
        said, later = await ann.history(room)
        assert (said["content"], later["content"]) == ("from the train", "and later words")
        assert [file["filename"] for file in said["attachments"]] == ["a.png", "b.png", "c.txt"]
        await expect(log.get_by_role("link", name="Download c.txt")).to_have_attribute("href", re.compile("^/files/"))

        # A file that is gone by then fails by itself, and holds nothing up.
        gone = tmp_path / "gone.txt"
        gone.write_text("words")
        await context.set_offline(True)
        await expect(visitor.banner).to_be_visible()
        await page.locator("input[type=file]").set_input_files(gone)
        await visitor.composer.fill("with a file")
        await page.keyboard.press("Enter")
        gone.unlink()
        await visitor.say("all the same")
        await context.set_offline(False)
        await expect(log.get_by_role("alert")).to_contain_text("Choose it again.")
        await visitor.sees("from the train", "and later words", "all the same")
        assert [message["content"] for message in await ann.history(room)][2:] == ["all the same"]


async def test_a_large_file_goes_on_after_a_reload_while_others_are_said(alone: Alone, tmp_path: Path):
    film = tmp_path / "film.mkv"
    film.write_bytes(random.Random(1).randbytes(24 * MB))
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        network = await page.context.new_cdp_session(page)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 3 * MB}
        await network.send("Network.emulateNetworkConditions", slow)
        offsets: list[int] = []
        page.on("request", lambda sent: offsets.append(int(sent.headers["upload-offset"])) if is_patch(sent) else None)
        await page.locator("input[type=file]").set_input_files(film)
        await visitor.composer.fill("the whole trip")
        await page.keyboard.press("Enter")
        log = page.get_by_role("log")
        await expect(log.get_by_text(re.compile(r"Uploading, [1-9]\d? % · .*/s · .* left"))).to_be_visible()
        await visitor.say("meanwhile")
        await visitor.sees("meanwhile")
        assert [said["content"] for said in await ann.history(room)] == ["meanwhile"]
        await page.reload()
        await network.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
        await expect(log.get_by_role("link", name="Download film.mkv")).to_have_attribute(
            "href", re.compile("^/files/")
        )
        _, said = await ann.history(room)
        assert said["content"] == "the whole trip"
        assert offsets[0] == 0
        assert offsets[-1] > MB
        assert (await fetch(ann, said["attachment"]["file_path"])).content == film.read_bytes()


def is_patch(request: Request) -> bool:
    return request.method == "PATCH" and "/api/upload/resumable/" in request.url


async def test_what_waits_with_its_files_can_be_taken_back(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann = await people.one("ann")
        room = await ann.make_room()
        await open_as(visitor, ann, room)
        page = visitor.page
        here = "performance.getEntriesByType('resource').some(({ name }) => name.includes('UnsentState'))"
        await page.wait_for_function(f"() => {here}")
        await page.context.set_offline(True)
        await expect(visitor.banner).to_be_visible()
        await page.locator("input[type=file]").set_input_files([picture("a.png")])
        await page.get_by_role("button", name="Send", exact=True).click()
        row = page.get_by_role("log").get_by_role("article")
        await row.get_by_role("button", name="Cancel").click()
        await expect(row).to_have_count(0)
        await page.context.set_offline(False)
        await expect(visitor.banner).to_have_count(0)
        await page.reload()
        await expect(visitor.composer).to_be_visible()
        await expect(row).to_have_count(0)


async def test_a_message_is_passed_on_to_a_room_and_a_person_with_a_note(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as visitor:
        ann, ben, cem = await people("ann", "ben", "cem")
        here, there = await ann.make_room(), await ann.make_room()
        await ben.join(here)
        await ben.join(there)
        await album(ben, here, "the trip", "a.png", "b.png")
        await open_as(visitor, ann, here)
        page = visitor.page
        row = page.get_by_role("log").get_by_role("article").filter(has_text="the trip")
        # By the keyboard: up to the row, and its key.
        await expect(row).to_be_visible()
        await page.keyboard.press("Shift+F6")
        await page.keyboard.press("ArrowUp")
        await expect(row).to_be_focused()
        await page.keyboard.press("f")
        dialog = page.get_by_role("dialog", name=f"Forward what {ben.name} said")
        await dialog.get_by_label("Find a room or somebody").fill(there["name"])
        await dialog.get_by_role("button", name=there["name"]).click()
        await dialog.get_by_label("Find a room or somebody").fill(cem.name)
        await dialog.get_by_role("button", name=cem.name).click()
        await dialog.get_by_label("A few words with it").fill("have a look")
        await dialog.get_by_role("button", name="Forward to 2").click()
        await expect(page.get_by_text("Forwarded to 2 rooms and people")).to_be_visible()

        await page.get_by_role("link", name=there["name"]).click()
        log = page.get_by_role("log")
        await expect(log.get_by_text(f"Forwarded from {ben.name} in {here['name']}")).to_be_visible()
        await expect(log.get_by_role("list", name="2 pictures")).to_be_visible()
        await expect(log.get_by_text("have a look")).to_be_visible()
        passed, note = await ben.history(there)
        assert passed["forwarded_from"]["username"] == ben.name
        assert (passed["content"], note["content"]) == ("the trip", "have a look")
        (direct,) = [r for r in (await cem.get("/api/rooms/")).expect(200)["user_rooms"] if r["kind"] == "direct"]
        got = await cem.history(direct)
        assert [message["content"] for message in got] == ["the trip", "have a look"]
        # Nobody edits the words of others.
        await row_menu(page, "the trip")
        await expect(page.get_by_role("menuitem", name="Reply")).to_be_visible()
        await expect(page.get_by_role("menuitem", name="Edit")).to_have_count(0)


async def row_menu(page: Page, words: str) -> None:
    await page.get_by_role("log").get_by_text(words).click(button="right")


async def test_on_a_phone_a_long_press_leads_to_forwarding_and_the_toast_to_the_room(alone: Alone):
    phone = {**PHONE, "viewport": {"width": 360, "height": 740}}
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann"), **phone) as visitor:
        ann, ben = await people("ann", "ben")
        here, there = await ann.make_room(), await ann.make_room()
        await ben.join(here)
        await ben.say(here, "lunch at noon")
        await open_as(visitor, ann, here)
        page = visitor.page
        row = page.get_by_role("article").filter(has_text="lunch at noon")
        await (await long_press(visitor, row)).get_by_role("button", name="Forward…").tap()
        dialog = page.get_by_role("dialog", name=f"Forward what {ben.name} said")
        await dialog.get_by_role("button", name=there["name"]).tap()
        box = await dialog.get_by_role("button", name="Forward", exact=True).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
        await dialog.get_by_role("button", name="Forward", exact=True).tap()
        await page.get_by_role("button", name="Go there").tap()
        await expect(page.get_by_role("heading", name=there["name"])).to_be_visible()
        await expect(page.get_by_text(f"Forwarded from {ben.name} in {here['name']}")).to_be_visible()
        (passed,) = await ann.history(there)
        assert passed["content"] == "lunch at noon"
