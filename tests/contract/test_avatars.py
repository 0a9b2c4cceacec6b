"""Showing oneself by a picture: what is made of what somebody sends, and who sees it."""

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from tests.contract.test_people import me
from tests.contract.test_room_order import with_members
from tests.files import MB, fetch
from tests.people import People, Person, Reply

AVATAR = "/api/auth/me/avatar"


def picture(width: int, height: int, kind: str = "PNG", **options: Any) -> bytes:
    """Red, with a blue square in the middle."""
    image = Image.new("RGB", (width, height), "red")
    side = min(width, height)
    image.paste("blue", ((width - side) // 2, (height - side) // 2, (width + side) // 2, (height + side) // 2))
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


async def put(person: Person, content: bytes, filename: str = "me.png", content_type: str = "image/png") -> Reply:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("file", io.BytesIO(content), filename=filename, content_type=content_type)
    return await person.request("PUT", AVATAR, data=form)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def is_blue(image: Image.Image, x: int, y: int) -> bool:
    red, _, blue = image.convert("RGB").getpixel((x, y))
    return blue > 200 and red < 60


@pytest.mark.parametrize(
    ("width", "height", "kind"), [(900, 300, "PNG"), (200, 1000, "JPEG"), (40, 60, "GIF"), (2000, 700, "WEBP")]
)
async def test_a_picture_is_made_anew_of_its_middle(people: People, width: int, height: int, kind: str):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()
    user = (await put(ann, picture(width, height, kind))).expect(200)
    path = user["avatar_url"]
    assert path.startswith("/files/avatars/")
    assert (await of_bob.hears("user_updated", id=ann.id))["avatar_url"] == path == (await me(ann))["avatar_url"]
    assert (await ann.say(room, "look"))["avatar_url"] == path
    for query, side in (("", 256), ("?s=64", 64)):
        fetched = await fetch(bob, path + query)
        assert (fetched.status, fetched.headers["Content-Type"]) == (200, "image/webp")
        assert "immutable" in fetched.headers["Cache-Control"]
        image = opened(fetched.content)
        assert image.size == (side, side)
        assert all(is_blue(image, x, y) for x in (1, side // 2, side - 2) for y in (1, side // 2, side - 2))
    again = await fetch(bob, path, Authorization=f"Bearer {bob.token}", If_None_Match=fetched.headers["ETag"])
    assert again.status == 200  # of the small one
    assert (
        await fetch(bob, f"{path}?s=64", Authorization=f"Bearer {bob.token}", If_None_Match=fetched.headers["ETag"])
    ).status == 304


async def test_whoever_is_signed_in_sees_it_by_token_or_cookie_and_nobody_else(people: People):
    ann, eve = await people("ann", "eve")
    await eve.leave((await eve.lobby())["id"])
    path = (await put(ann, picture(10, 10))).expect(200)["avatar_url"]
    assert (await fetch(eve, path)).status == 200
    assert (await fetch(people.newcomer(), path)).status == 401
    assert (await fetch(eve, "/files/avatars/" + "0" * 32)).status == 404
    cookie = (await eve.get("/api/auth/me")).headers["Set-Cookie"].partition(";")[0]
    assert (await fetch(eve, path, Cookie=cookie)).status == 200  # as `<img>` asks


async def test_the_picture_before_is_gone_once_there_is_another_or_none(people: People):
    ann = await people.one("ann")
    first = (await put(ann, picture(10, 10))).expect(200)["avatar_url"]
    second = (await put(ann, picture(10, 10))).expect(200)["avatar_url"]
    assert first != second
    assert (await fetch(ann, first)).status == 404
    assert (await ann.delete(AVATAR)).expect(200)["avatar_url"] is None
    assert (await fetch(ann, second)).status == 404
    assert (await ann.delete(AVATAR)).expect(200)["avatar_url"] is None


async def test_of_a_picture_that_moves_the_first_frame_is_shown_and_what_it_told_is_gone(people: People):
    ann = await people.one("ann")
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("blue", "red", "red")]
    target = io.BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], duration=100)
    shown = await fetch(ann, (await put(ann, target.getvalue())).expect(200)["avatar_url"])
    assert is_blue(opened(shown.content), 128, 128)
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SecretCamera", 6  # turned right to be upright
    image = Image.new("RGB", (100, 100), "blue")
    image.paste("red", (0, 50, 100, 100))
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif)
    shown = await fetch(ann, (await put(ann, target.getvalue())).expect(200)["avatar_url"])
    assert b"SecretCamera" not in shown.content
    assert is_blue(opened(shown.content), 250, 128)
    assert not is_blue(opened(shown.content), 5, 128)


def bomb(width: int, height: int) -> bytes:
    """A few kilobytes that would be gigabytes."""
    target = io.BytesIO()
    Image.new("1", (width, height)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image/svg+xml"),
        (b"<html><script>alert(1)</script></html>", "image/png"),
        (b"GIF89a<script>alert(1)</script>", "image/gif"),
        (picture(20, 20)[:60], "image/png"),
        (bomb(12_000, 12_000), "image/png"),
        (b"BM" + bytes(200), "image/bmp"),
    ],
    ids=["svg", "html", "polyglot", "cut off", "bomb", "another format"],
)
async def test_what_is_no_picture_is_refused_and_nothing_is_kept(people: People, content: bytes, content_type: str):
    ann = await people.one("ann")
    refusal = await put(ann, content, "me.png", content_type)
    assert (refusal.status, refusal.code) == (400, "not_an_image")
    assert (await me(ann))["avatar_url"] is None


async def test_what_is_too_large_or_no_form_is_refused(people: People):
    ann = await people.one("ann")
    refusal = await put(ann, picture(20, 20) + bytes(6 * MB))
    assert (refusal.status, refusal.code) == (413, "too_large")
    assert (await put(ann, b"")).code == "empty_file"
    assert (await ann.put(AVATAR, {})).status == 415
    assert (await people.newcomer().put(AVATAR, {})).status == 401


async def test_pictures_count_as_changes_of_a_profile(people: People):
    ann = await people.one("ann")
    for number in range(29):
        (await ann.patch("/api/auth/me", {"real_name": f"Anna {number}"})).expect(200)
    (await put(ann, picture(10, 10))).expect(200)
    assert (await put(ann, picture(10, 10))).code == "too_many"
