"""Every part of the interface as it looks, beside how it looked when somebody last looked at it."""

import asyncio
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image, ImageChops
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.chromium import FLAGS

WEB = Path(__file__).parents[2] / "web"
LOOKS = Path(__file__).parent / "looks"
VISIBLE = 12  # of 255, in any of red, green and blue
TILE = 24  # px
TOLERATED = 0.03  # of any one tile: the edges of a few letters
UPDATING = os.environ.get("UPDATE_LOOKS") == "1"

pytestmark = [pytest.mark.timeout(180), pytest.mark.asyncio(loop_scope="module")]

LOOK_OF = {
    "light-en": "theme=light&lang=en",
    "dark-en": "theme=dark&lang=en",
    "light-zh": "theme=light&lang=zh-CN",
    "dark-zh-compact": "theme=dark&lang=zh-CN&density=compact",
    "dialog": "show=dialog&theme=light&lang=en",
    "confirm": "show=confirm&theme=dark&lang=en",
    "tabs": "show=tabs&theme=light&lang=zh-CN",
    "menu": "show=menu&theme=light&lang=en",
    "toast": "show=toast&theme=dark&lang=zh-CN",
    "failed": "show=failed&theme=light&lang=en",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page_of_parts() -> AsyncIterator[str]:
    """The address of the page that only a development server has."""
    if not (WEB / "node_modules").is_dir():
        pytest.skip("the client's libraries aren't installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ("node", "node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", str(port), "--strictPort")
    vite = await asyncio.create_subprocess_exec(*command, cwd=WEB, stdout=asyncio.subprocess.PIPE)
    assert vite.stdout is not None
    try:
        async with asyncio.timeout(60):
            while b"Local" not in await vite.stdout.readline():
                pass
        yield f"http://127.0.0.1:{port}/design"
    finally:
        vite.terminate()
        await vite.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        program = shutil.which("chromium")
        assert program is not None, "Chromium is needed"
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        await browser.close()


def visible_difference(one: Image.Image, other: Image.Image) -> float:
    """Of the tile that differs most, the part that one sees to differ; 1 where they have different sizes."""
    if one.size != other.size:
        return 1
    red, green, blue = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    seen = most.point([0 if value < VISIBLE else 255 for value in range(256)])
    tiles = seen.resize((one.width // TILE, one.height // TILE), Image.Resampling.BOX)
    return _brightest(tiles) / 255


def _brightest(picture: Image.Image) -> int:
    return max(value for value, count in enumerate(picture.histogram()) if count > 0)


async def test_a_picture_with_another_button_is_another():
    page = Image.new("RGB", (400, 300), "#fdfbf6")
    changed = page.copy()
    changed.paste("#e9f1ea", (10, 10, 80, 40))
    assert visible_difference(page, page.copy()) == 0
    assert visible_difference(page, changed) > TOLERATED
    assert visible_difference(page, page.resize((400, 301))) == 1


@pytest.mark.parametrize("name", LOOK_OF)
async def test_it_looks_as_it_did(page_of_parts: str, chromium: Browser, name: str, tmp_path: Path):
    page = await chromium.new_page(viewport={"width": 1100, "height": 1560 if "show" not in LOOK_OF[name] else 700})
    try:
        await page.goto(f"{page_of_parts}?{LOOK_OF[name]}", timeout=60_000)
        await expect(page.get_by_test_id("design")).to_be_attached(timeout=60_000)
        if "show" in LOOK_OF[name]:
            await expect(page.locator("[role=dialog], [role=menu], [role=alert], h1").first).to_be_visible()
        await page.evaluate("document.fonts.ready")
        picture = tmp_path / f"{name}.png"
        await page.screenshot(path=picture, animations="disabled")
    finally:
        await page.close()
    kept = LOOKS / picture.name
    if UPDATING:
        LOOKS.mkdir(exist_ok=True)
        Image.open(picture).convert("RGB").save(kept, optimize=True)
    assert kept.exists(), f"{kept} is missing: look at {picture}, then run with UPDATE_LOOKS=1"
    share = visible_difference(Image.open(picture), Image.open(kept))
    assert share < TOLERATED, f"{share:.0%} of a tile of {picture} look otherwise than in {kept}"


async def test_every_part_is_on_the_page():
    stories = "".join(path.read_text("utf-8") for path in (WEB / "src/ui/stories").glob("*.tsx"))
    parts = {path.stem for path in (WEB / "src/ui").glob("*.tsx")}
    missing = {part for part in parts if not re.search(rf"'\.\./{part}'", stories)}
    assert missing == {"StatusMark"}, "that one shows what somebody signed in has said of themselves"
