"""How people show themselves to each other on the page: their names, pictures, status and cards."""

import io
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import expect

from tests.browser.alone import PHONE, Alone, alone_in, newcomer
from tests.browser.chromium import PASSWORD, Visitor

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("alone")) as alone:
        yield alone


def picture() -> bytes:
    image = Image.new("RGB", (600, 300), "red")
    image.paste("blue", (0, 0, 300, 300))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


async def change_profile(visitor: Visitor) -> None:
    await visitor.page.get_by_title("Your profile").click()


async def test_a_new_name_picture_and_status_are_seen_at_once_and_on_the_card(alone: Alone):
    ann, ben = newcomer("ann"), newcomer("ben")
    async with alone.visit(ann) as desk, alone.visit(ben, **PHONE) as phone:
        await desk.register()
        await desk.open_room("Lobby")
        await desk.say("good morning")
        await phone.register()
        await phone.open_room("Lobby")
        row = phone.page.get_by_role("article").filter(has_text="good morning")
        await expect(row.get_by_role("button", name=ann)).to_be_visible()

        await change_profile(desk)
        dialog = desk.page.get_by_role("dialog", name="Your profile")
        await dialog.get_by_label("Choose a picture").last.set_input_files(
            {"name": "me.png", "mimeType": "image/png", "buffer": picture()}
        )
        crop = dialog.get_by_role("img", name="The part of the picture")
        box = await crop.bounding_box()
        assert box is not None
        await desk.page.mouse.move(box["x"] + 20, box["y"] + 100)
        await desk.page.mouse.down()
        await desk.page.mouse.move(box["x"] + 220, box["y"] + 100, steps=4)  # to its left end, which is blue
        await desk.page.mouse.up()
        await dialog.get_by_label("Enlarge").fill("2")
        await dialog.get_by_role("button", name="Use this part").click()
        await expect(row.locator("img")).to_be_visible()
        shown = await row.locator("img").evaluate(
            """async (image) => {
                await image.decode()
                const canvas = new OffscreenCanvas(1, 1)
                const context = canvas.getContext('2d')
                context.drawImage(image, 0, 0, 1, 1)
                return [...context.getImageData(0, 0, 1, 1).data]
            }"""
        )
        assert shown[2] > 200
        assert shown[0] < 60

        await dialog.get_by_label("Display name").fill("Anna 张三")
        await dialog.get_by_label("About you").fill("I make lunch.\nOn Fridays.")
        await dialog.get_by_role("radio", name="🍽️").check(force=True)
        await dialog.get_by_label("What you are doing").fill("cooking")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_be_hidden()
        name = row.get_by_role("button", name="Anna 张三")
        await expect(name).to_be_visible()
        await expect(row.get_by_role("img", name="cooking")).to_be_visible()

        await name.tap()
        card = phone.page.get_by_role("dialog", name="Profile of Anna 张三")
        for words in (ann, "Online", "cooking", "I make lunch.", "# Lobby"):
            await expect(card.get_by_text(words, exact=False).first).to_be_visible()
        await phone.page.keyboard.press("Escape")
        await expect(card).to_be_hidden()

        await phone.composer.fill("thanks")
        await phone.page.get_by_role("button", name="Send").click()  # where Enter breaks the line
        await expect(desk.page.get_by_role("article").filter(has_text="thanks")).to_be_visible()
        await desk.page.get_by_role("article").filter(has_text="thanks").get_by_role("button", name=ben).click()
        beside = desk.page.get_by_role("dialog", name=f"Profile of {ben}")
        await expect(beside.get_by_text("Online")).to_be_visible()
        await desk.page.keyboard.press("Escape")
        await expect(beside).to_be_hidden()


async def test_anothers_name_is_refused_where_it_is_typed(alone: Alone):
    ann, ben = newcomer("ann"), newcomer("ben")
    async with alone.visit(ann) as desk, alone.visit(ben, **PHONE) as phone:
        await desk.register()
        await phone.register()
        await change_profile(phone)
        dialog = phone.page.get_by_role("dialog", name="Your profile")
        await dialog.get_by_label("Display name").fill(ann.upper())
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_text("somebody else's")).to_be_visible()
        await dialog.get_by_label("Display name").fill("LanChat")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_text("this name is reserved")).to_be_visible()
        await dialog.locator("summary").click()
        await dialog.get_by_label("New user name").fill(f"{ben}x")
        await dialog.get_by_label("Your password").fill(PASSWORD)
        await dialog.get_by_role("button", name="Change the user name").click()
        await expect(phone.page.get_by_text(f"You are {ben}x now")).to_be_visible()
