import re
import shutil

import pytest
from playwright.async_api import async_playwright

from tests.people import People
from tests.server import LanChat

PAGES = {"/docs": "/api/auth/login", "/redoc": "Download OpenAPI"}
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.parametrize("path", [*PAGES, *(f"{path}/" for path in PAGES)])
async def test_the_pages_of_the_api_need_no_login_and_no_inline_script(people: People, path: str) -> None:
    answer = await people.newcomer().get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    assert scripts
    assert not any(scripts)


@pytest.mark.parametrize("path", PAGES)
async def test_whatever_a_page_of_the_api_names_is_served_here(people: People, path: str) -> None:
    person = people.newcomer()
    named = re.findall(r'(?:src|href)="([^"]+)"', (await person.get(path)).text)
    assert len(named) >= 4
    for name in named:
        assert name.startswith("/")
        assert (await person.get(name)).status == 200, name


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
@pytest.mark.parametrize(("path", "words"), PAGES.items())
async def test_a_page_of_the_api_shows_it_and_asks_nobody_else(server: LanChat, path: str, words: str) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(server.url + path)
        await page.get_by_text(words).first.wait_for()
        await page.wait_for_load_state("networkidle")
        await browser.close()
    assert f"{server.url}/openapi.json" in asked
    assert [url for url in asked if not url.startswith((server.url, f"blob:{server.url}", "data:"))] == []
    assert complaints == []
