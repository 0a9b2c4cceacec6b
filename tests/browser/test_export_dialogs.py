"""Asking for an export on the page, and what the browser saves."""

import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from random import randbytes

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, choose, open_as
from tests.browser.chromium import Visitor
from tests.files import share
from tests.people import Payload, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("exports")) as alone:
        yield alone


async def saved(visitor: Visitor, folder: Path) -> zipfile.ZipFile:
    """What the browser saved after the button."""
    dialog = visitor.page.get_by_role("dialog").last
    async with visitor.page.expect_download() as downloading:
        await dialog.get_by_role("button", name="Save", exact=True).click()
    download = await downloading.value
    assert download.suggested_filename.endswith(".zip")
    target = folder / "saved.zip"
    await download.save_as(target)
    await expect(dialog.get_by_role("status")).to_contain_text("It is being saved")
    return zipfile.ZipFile(target)


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_a_member_takes_a_room_with_them(alone: Alone, device: Payload, tmp_path: Path):
    async with people_at(alone.server.url) as people, alone.visit("member", **device) as member:
        anna, ben = await people("anna", "ben")
        room = await anna.make_room()
        await ben.join(room)
        await anna.say(room, "worth keeping")
        await share(anna, room, b"a file", "plan.txt")
        await open_as(member, ben, room)
        await member.page.get_by_role("button", name="Room menu").click()
        await member.page.get_by_role("menuitem", name="Export…").click()
        dialog = member.page.get_by_role("dialog")
        await expect(dialog).to_contain_text("3 messages and 1 file, about")
        await member.screenshot(tmp_path, "export-dialog")
        with await saved(member, tmp_path) as archive:
            assert "worth keeping" in archive.read("index.html").decode()
        await member.page.get_by_text("Data for programs").click()
        with await saved(member, tmp_path) as archive:
            assert "room.json" in archive.namelist()
        await member.screenshot(tmp_path, "export-saving")


async def test_everybody_takes_with_them_what_is_theirs(alone: Alone, tmp_path: Path):
    async with people_at(alone.server.url) as people, alone.visit("owner") as owner:
        anna = await people.one("anna")
        room = await anna.make_room()
        await anna.say(room, "mine and nobody else's")
        await open_as(owner, anna, room)
        await choose(owner, "Download everything that is mine")
        await owner.screenshot(tmp_path, "export-mine")
        with await saved(owner, tmp_path) as archive:
            assert "mine and nobody else&#x27;s" in archive.read("index.html").decode()


async def test_a_refusal_is_told_where_it_was_asked(alone: Alone):
    async with people_at(alone.server.url) as people, alone.visit("owner") as owner:
        anna = await people.one("anna")
        room = await anna.make_room()
        await share(anna, room, randbytes(12 << 20), "large.bin")
        await open_as(owner, anna, room)
        under_way = await anna.http.get(
            f"{anna.url}/api/rooms/{room['id']}/export", headers={"Authorization": f"Bearer {anna.token}"}
        )
        await owner.page.get_by_role("button", name="Room menu").click()
        await owner.page.get_by_role("menuitem", name="Room settings").click()
        await owner.page.get_by_role("tab", name="Export").click()
        await owner.page.get_by_role("button", name="Save", exact=True).click()
        await expect(owner.page.get_by_role("alert")).to_contain_text("is being made already")
        under_way.close()
