"""The packaged program where there is no window: it needs no Python, no environment and no network."""

import io
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import async_playwright

from tests.archives import export
from tests.browser.chromium import FLAGS, Visitor
from tests.index import BEHIND
from tests.lan.network import local_network, why_impossible
from tests.packaged.program import Program, body_of, running, wait_until
from tests.people import people_at
from tests.workspaces import slack

LARGEST = 60_000_000  # bytes of the one file
CHROMIUM = shutil.which("chromium")


def serve(binary: Path, port: int, data: Path) -> Program:
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-discovery", "--data-dir", str(data))
    return Program(binary, *options, HOME=str(data))


def test_the_one_file_is_small_enough_to_hand_around(one_file: Path) -> None:
    assert one_file.stat().st_size < LARGEST


def test_it_tells_version_commit_and_date(one_file: Path) -> None:
    with running(Program(one_file, "--version")) as program:
        assert program.wait() == 0
        assert re.fullmatch(r"LanChat \d+\.\d+\.\d+ \([0-9a-f]{10}, \d{4}-\d\d-\d\d\)\n", program.output())


def test_without_a_display_it_serves_and_ends_cleanly(one_file: Path, port: int, tmp_path: Path) -> None:
    with running(serve(one_file, port, tmp_path / "data")) as program:
        wait_until(lambda: '<div id="root">' in (body_of(port) or ""), "the page")
        assert program.end()[0] == 0
        said = program.output()
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said
    assert (tmp_path / "data" / "lanchat.db").exists()


def test_its_document_of_the_api_describes_every_field(one_file: Path, port: int, tmp_path: Path) -> None:
    with running(serve(one_file, port, tmp_path / "data")) as program:
        wait_until(lambda: body_of(port), "the page")
        schemas = json.loads(body_of(port, "/openapi.json") or "{}")["components"]["schemas"]
        assert program.end()[0] == 0
    fields = {
        f"{name}.{field}": shape for name in schemas for field, shape in schemas[name].get("properties", {}).items()
    }
    assert "Message.seq" in fields
    assert [name for name, shape in fields.items() if not shape.get("description")] == []


async def test_it_searches_exports_and_imports_with_what_it_carries(folder: Path, port: int, tmp_path: Path) -> None:
    """Tables of how characters are read, and libraries that load with their first use: no module of ours names them."""
    data = tmp_path / "data"
    with running(serve(folder, port, data)) as program:
        wait_until(lambda: body_of(port), "the page")
        async with people_at(f"http://127.0.0.1:{port}") as people:
            ann = await people.one()
            room = await ann.make_room()
            await ann.say(room, "數據庫壞了")
            await ann.say(room, "**see** the database at https://example.org/a")
            for query in ("sjk", "数据库坏"):
                found = (await ann.get("/api/search/", params={"q": query, "tz": "Asia/Shanghai"})).expect(200)
                assert [hit["message"]["content"] for hit in found["hits"]] == ["數據庫壞了"]
            with closing(sqlite3.connect(data / "lanchat.db")) as database:
                wait_until(lambda: database.execute(BEHIND).fetchone() == (0,), "the index")
            mistyped = (await ann.get("/api/search/", params={"q": "databse"})).expect(200)
            assert mistyped["suggestion"] == "database"

            page = (await export(ann, room, tz="Asia/Shanghai")).page()
            assert "<strong>see</strong>" in page
            assert 'href="https://example.org/a"' in page
            assert (await export(ann, room, format="json")).json()["room"]["name"] == room["name"]
            file = slack(tmp_path / "slack.zip")
            with running(Program(folder, "import", str(file), "--data-dir", str(data), HOME=str(tmp_path))) as bringing:
                assert bringing.wait() == 0, bringing.output()
                assert "messages: 13 new" in bringing.output()
            rooms = (await ann.get("/api/rooms/")).expect(200)["available_rooms"]
            assert "general" in [each["name"] for each in rooms]
        assert program.end()[0] == 0
        assert "Traceback" not in program.output()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
async def test_somebody_joins_it_from_a_browser(folder: Path, port: int, tmp_path: Path) -> None:
    with running(serve(folder, port, tmp_path / "data")) as program:
        wait_until(lambda: body_of(port), "the page")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = await (await browser.new_context(locale="en-US")).new_page()
            visitor = Visitor(page, f"http://127.0.0.1:{port}", "visitor")
            await visitor.register()
            await visitor.make_room("Workshop")
            await visitor.say("from a browser")
            await visitor.sees("from a browser")
            await shows_pictures_small(visitor)
            await browser.close()
        assert program.end()[0] == 0
        assert "Traceback" not in program.output()
        assert visitor.errors == visitor.foreign == []


def test_its_doctor_examines_and_its_search_ends(folder: Path, tmp_path: Path) -> None:
    """In a network of their own: what they say there is for tests/lan; here, that nothing is missing in the package."""
    if reason := why_impossible():
        pytest.skip(reason)
    with local_network() as network:
        namespace = network.computer("host", "10.77.0.1/24").namespace
        for command in ("doctor", "discover"):
            words = ("netns", "exec", namespace, str(folder), command)
            with running(Program(Path("/usr/sbin/ip"), *words, HOME=str(tmp_path))) as program:
                assert program.wait() in {0, 1}
                assert program.output()
                assert "Traceback" not in program.output()


async def shows_pictures_small(visitor: Visitor) -> None:
    """Which takes Pillow, loaded with the first picture, and what it needs for WebP."""
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).save(picture, "PNG")
    chosen = {"name": "sea.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    await visitor.page.locator("input[type=file]").first.set_input_files([chosen])
    await visitor.page.get_by_role("button", name="Send", exact=True).click()
    shown = await visitor.page.get_by_role("button", name="Open image sea.png").get_by_role("img").element_handle()
    width = await visitor.page.wait_for_function("image => image.complete && image.naturalWidth", arg=shown)
    assert await width.json_value() == 640
