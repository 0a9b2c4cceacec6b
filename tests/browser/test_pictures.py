"""Pictures and files in a room: of every shape and type, and in a browser that keeps no cookies."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import Alone, alone_in, newcomer, open_as
from tests.files import upload
from tests.people import Person, people_at
from tests.unit.files import samples

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("pictures")) as alone:
        yield alone


def encoded(kind: str, size: tuple[int, int]) -> bytes:
    target = io.BytesIO()
    samples.picture(size).save(target, kind)
    return target.getvalue()


async def show(person: Person, room: dict[str, int], content: bytes, filename: str) -> None:
    """As any client may: what it calls a picture needn't be one that browsers can show."""
    path = (await upload(person, content, filename)).expect(201)["file_path"]
    await person.say(room, filename, message_type="image", file_path=path)


async def test_pictures_of_any_shape_are_seen_and_can_be_opened(alone: Alone):
    """Strips of 1 to 80 keep within the bounds of a picture, and are large enough to be hit."""
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as page:
        ann = await people.one()
        room = await ann.make_room()
        for name, size in {"tall.png": (100, 8000), "wide.png": (8000, 40), "dot.png": (1, 1)}.items():
            await show(ann, room, encoded("PNG", size), name)
        await open_as(page, ann, room)
        for name in ("tall.png", "wide.png", "dot.png"):
            box = await page.page.get_by_role("button", name=f"Open image {name}").bounding_box()
            assert box is not None
            assert 44 <= box["width"] <= 420
            assert 44 <= box["height"] <= 320
        await page.page.get_by_role("button", name="Open image tall.png").click()
        shown = page.page.get_by_role("dialog").get_by_alt_text("tall.png")
        await expect(shown).to_have_js_property("naturalWidth", 100)


async def test_a_picture_that_browsers_can_not_show_is_a_file(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as page:
        ann = await people.one()
        room = await ann.make_room()
        await show(ann, room, encoded("TIFF", (64, 48)), "scan.tiff")
        await show(ann, room, b"\0\0\0\x18ftypheic" + bytes(40), "photo.heic")
        await open_as(page, ann, room)
        for name in ("scan.tiff", "photo.heic"):
            await expect(page.page.get_by_role("link", name=f"Download {name}")).to_be_visible()
        await expect(page.page.get_by_role("button", name="Open image")).to_have_count(0)


async def test_who_keeps_no_cookies_sees_pictures_and_saves_files(alone: Alone, tmp_path: Path):
    async with people_at(alone.server.url) as people, alone.visit(newcomer("ann")) as page:
        ann = await people.one()
        room = await ann.make_room()
        await open_as(page, ann, room)
        await page.arrive()
        await page.page.context.clear_cookies()
        await show(ann, room, encoded("PNG", (900, 700)), "large.png")
        await show(ann, room, b"the plan", "plan.txt")
        small = page.page.get_by_role("log").get_by_alt_text("large.png")
        await expect(small).to_have_js_property("naturalWidth", 640)
        await page.page.get_by_role("button", name="Open image large.png").click()
        shown = page.page.get_by_role("dialog").get_by_alt_text("large.png")
        await expect(shown).to_have_js_property("naturalWidth", 900)
        await page.page.keyboard.press("Escape")
        async with page.page.expect_download() as coming:
            await page.page.get_by_role("link", name="Download plan.txt").click()
        await (await coming.value).save_as(tmp_path / "plan.txt")
        assert (tmp_path / "plan.txt").read_bytes() == b"the plan"
        assert await page.page.context.cookies() == []
