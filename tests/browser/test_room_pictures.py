"""How a room is shown by a picture, wherever its row stands."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.alone import PHONE, Alone, alone_in, open_as
from tests.browser.chromium import Visitor
from tests.browser.test_people import picture
from tests.people import Payload, people_at

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("pictures")) as alone:
        yield alone


async def first_pixel(image: Locator) -> list[int]:
    return await image.evaluate(
        """async (image) => {
            await image.decode()
            const context = new OffscreenCanvas(1, 1).getContext('2d')
            context.drawImage(image, 0, 0, 1, 1)
            return [...context.getImageData(0, 0, 1, 1).data]
        }"""
    )


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
async def test_a_picture_is_chosen_cropped_and_seen_wherever_the_room_is_listed(alone: Alone, device: Payload):
    async with (
        people_at(alone.server.url) as people,
        alone.visit("manager", **device) as manager,
        alone.visit("member") as member,
        alone.visit("stranger") as stranger,
    ):
        anna, ben, eve = await people("anna", "ben", "eve")
        room, lobby = await anna.make_room(), await anna.lobby()
        await ben.join(room)
        await open_as(member, ben, room)
        await open_as(stranger, eve, lobby)
        await open_as(manager, anna, room)

        await manager.page.get_by_role("button", name="Room menu").click()
        await manager.page.get_by_role("menuitem", name="Room settings").click()
        settings = manager.page.get_by_role("dialog", name="Room settings")
        await settings.get_by_label("Choose a picture").last.set_input_files(
            {"name": "room.png", "mimeType": "image/png", "buffer": picture()}
        )
        crop = settings.get_by_role("img", name="The part of the picture")
        await crop.focus()
        for _ in range(20):
            await manager.page.keyboard.press("ArrowLeft")  # to its left end, which is blue
        await settings.get_by_label("Enlarge").fill("2")
        await settings.get_by_role("button", name="Use this part").click()
        await expect(settings.locator("img")).to_be_visible()

        header = member.page.get_by_role("main").locator("header img")
        for image in (header, row(member, room), row(stranger, room)):
            await expect(image).to_be_visible()
            red, _, blue, _ = await first_pixel(image)
            assert blue > 200
            assert red < 60
        await member.page.keyboard.press("Control+k")
        await expect(member.page.get_by_role("option", name=room["name"]).locator("img")).to_be_visible()

        await settings.get_by_role("button", name="Remove the picture").click()
        await expect(settings.locator("img")).to_have_count(0)
        for image in (header, row(stranger, room)):
            await expect(image).to_have_count(0)


def row(visitor: Visitor, room: Payload) -> Locator:
    return visitor.page.get_by_role("navigation").get_by_role("listitem").filter(has_text=room["name"]).locator("img")
