"""An exported room, opened from a folder by a browser that runs no script."""

import shutil
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.archives import export
from tests.browser.chromium import FLAGS, PATIENCE
from tests.files import share, upload
from tests.patience import patience
from tests.people import People, Person

WIDTHS = {"wide": 1100, "phone": 360}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is needed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        await browser.close()


def picture(size: tuple[int, int], colour: str) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


async def a_lively_room(people: People) -> tuple[Person, dict[str, Any]]:
    ann, ben = await people("安娜", "ben")
    (await ben.patch("/api/auth/me", {"display_name": f"Ben & <b>{ben.name}"})).expect(200)
    room = await ann.make_room(f"Workshop <工坊> {ann.name}")
    (await ann.put(f"/api/rooms/{room['id']}", {"description": "Where we plan the fair 🎪"})).expect(200)
    await ben.join(room)
    first = await ann.say(room, "**Tomorrow** at _nine_, see https://example.org/plan?a=1&b=2\n\n- chairs\n- tables")
    edited = await ben.say(room, "I bring teh cake")
    (await ben.patch(f"/api/messages/{room['id']}/{edited['id']}", {"content": "I bring the cake 🎂"})).expect(200)
    reply = await ben.say(room, "明天九点，我带椅子。", reply_to_id=first["id"])
    for emoji in ("%F0%9F%91%8D", "%F0%9F%8E%89"):
        (await ann.put(f"/api/messages/{room['id']}/{reply['id']}/reactions/{emoji}", {})).expect(200)
    await ann.say(room, "مرحبا، كيف الحال؟ 👩‍👩‍👧‍👦 שלום")
    await ann.say(
        room, "```python\nprint('<script>alert(1)</script>')\n```\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    await ann.say(room, "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='too'\">")
    await share(ben, room, picture((800, 500), "teal"), "the hall.png")
    captioned = (await upload(ben, picture((300, 600), "peru"), "plan 图.png")).expect(201)["file_path"]
    await ben.say(room, "The plan", file_path=captioned, message_type="image")
    trip = [
        (picture((900, 600), colour), f"{colour}.png") for colour in ("teal", "indianred", "goldenrod", "slateblue")
    ]
    paths = [(await upload(ann, *each)).expect(201)["file_path"] for each in trip]
    album = await ann.say(room, "Our trip", file_paths=paths)
    other = await ben.make_room(f"Kitchen {ben.name}")
    said = await ben.say(other, "The oven is **free** at ten, take the [list](https://example.org/list) along")
    for message, place in ((said, other), (album, room)):
        await ben.say(room, "", forward={"room_id": place["id"], "message_id": message["id"]})
    await share(ann, room, b"a,b\n1,2\n", "../../lists #1?.csv")
    slides = [(await upload(ben, b"x" * 2000, name)).expect(201)["file_path"] for name in ("one.pdf", "talk.mp3")]
    await ben.say(room, "Both for the talk", file_paths=slides)
    gone = await ben.say(room, "not for you")
    (await ben.delete(f"/api/messages/{room['id']}/{gone['id']}")).expect(200)
    (await ann.put(f"/api/messages/{room['id']}/{first['id']}/pin", {})).expect(200)
    return ann, room


async def test_a_room_opens_from_a_folder_without_script_or_network(people: People, browser: Browser, tmp_path: Path):
    ann, room = await a_lively_room(people)
    folder = tmp_path / "unpacked"
    (await export(ann, room, language="en")).zip.extractall(folder)
    page = await opened(browser, folder, tmp_path)
    await expect(page).to_have_title(room["name"])
    assert await page.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    assert await page.locator("img").count() == 2 + 2 * 4
    first, last = [await page.locator(".album img").nth(place).bounding_box() for place in (0, 3)]
    assert first is not None
    assert last is not None
    assert first["height"] == last["height"] == 160, "an album is a wall of equals"
    await expect(page.get_by_text("recalled a message")).to_be_visible()
    await expect(page.get_by_text("changed the description")).to_be_visible()
    await page.locator("a.quote").first.click()
    assert "#m" in page.url
    await expect(page.locator("article:target")).to_contain_text("Tomorrow")
    await expect(page.locator("a.quote").first).to_contain_text("Tomorrow at nine, see")
    arabic = page.get_by_text("مرحبا")
    assert await arabic.evaluate("(one) => getComputedStyle(one.closest('[dir=auto]')).direction") == "rtl"
    assert (await page.locator("a.file").first.get_attribute("href") or "").startswith("files/")
    assert (folder / "files").is_dir()


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("zh-CN", "light")])
async def test_it_fits_a_phone_and_is_dark_where_the_reader_is(
    people: People, browser: Browser, tmp_path: Path, language: str, scheme: str
):
    ann, room = await a_lively_room(people)
    folder = tmp_path / "unpacked"
    (await export(ann, room, language=language, tz="Asia/Shanghai")).zip.extractall(folder)
    page = await opened(browser, folder, tmp_path, scheme=scheme, width=WIDTHS["phone"])
    assert await page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(33, 31, 27)" if scheme == "dark" else "rgb(253, 251, 246)")
    assert await page.locator("html").get_attribute("lang") == language


async def test_all_that_is_mine_opens_from_a_folder(people: People, browser: Browser, tmp_path: Path):
    ann, room = await a_lively_room(people)
    (await ann.patch("/api/auth/me", {"bio": "Tea & <i>cake</i>"})).expect(200)
    said = next(each for each in await ann.history(room) if each["user_id"] != ann.id)
    (await ann.put(f"/api/saved/{said['id']}", {})).expect(200)
    folder = tmp_path / "unpacked"
    (await export(ann, language="en")).zip.extractall(folder)
    page = await opened(browser, folder, tmp_path, name="mine")
    for words in ("Tea & <i>cake</i>", "I bring the cake", "lists #1?.csv"):
        await expect(page.get_by_text(words).first).to_be_visible()


async def opened(
    browser: Browser,
    folder: Path,
    pictures: Path,
    *,
    scheme: Any = "light",
    width: int = WIDTHS["wide"],
    name: str = "",
) -> Page:
    context = await browser.new_context(
        java_script_enabled=False, color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True
    )
    page = await context.new_page()
    page.set_default_timeout(patience(PATIENCE))
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("request", lambda request: request.url.startswith("file:") or troubles.append(request.url))
    await page.goto((folder / "index.html").as_uri())
    await page.screenshot(path=pictures / f"export {name or 'room'} {scheme} {width}.png", full_page=True)
    assert troubles == []
    return page
