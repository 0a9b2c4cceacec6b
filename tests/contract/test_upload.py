"""`POST /api/upload/`: what comes back, and which forms are taken."""

import aiohttp
import pytest

from tests.files import DELIMITER, FORM, MB, fetch, insist_on_file, part, stored, until_stored, upload
from tests.people import People, Person
from tests.server import LanChat
from tests.unit.files import samples


async def post_form(person: Person, *parts: bytes, end: bytes = f"--{DELIMITER}--\r\n".encode()):
    headers = {"Content-Type": FORM}
    return await person.post("/api/upload/", data=b"".join(parts) + end, headers=headers)


async def test_a_file_comes_back_described(people: People):
    ann = await people.one()
    answer = await upload(ann, b"hello", "notes.txt")
    assert answer.status == 201
    assert answer.body == {
        "filename": "notes.txt",
        "file_path": answer.body["file_path"],
        "file_size": 5,
        "content_type": "text/plain",
        "width": None,
        "height": None,
        "thumbnail_path": None,
    }
    assert (await fetch(ann, answer.body["file_path"])).content == b"hello"


async def test_the_path_works_without_its_slash(people: People):
    ann = await people.one()
    form = aiohttp.FormData()
    form.add_field("file", b"hello", filename="notes.txt")
    assert (await ann.post("/api/upload", data=form)).status == 201


async def test_a_file_is_stored_under_a_name_that_nobody_guesses(server: LanChat, people: People):
    answer = await upload(await people.one(), b"hello", "../../notes.txt")
    name = answer.body["file_path"].removeprefix("/files/")
    assert len(bytes.fromhex(name)) * 8 == 128
    path = server.data_dir / "uploads" / name[:2] / name
    assert path.read_bytes() == b"hello"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_an_upload_needs_a_login(server: LanChat, people: People):
    before = stored(server)
    answer = await insist_on_file(server, people.newcomer(), *[bytes(MB)] * 3)
    assert (answer.status, answer.code) == (401, "not_authenticated")
    assert stored(server) == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.jpeg(samples.SIDEWAYS), ("image/jpeg", 48, 64)),
        (samples.png(), ("image/png", 64, 48)),
        (samples.gif(), ("image/gif", 64, 48)),
        (samples.webp(), ("image/webp", 64, 48)),
    ],
)
async def test_an_image_is_known_by_its_content(people: People, content: bytes, expected: tuple[str, int, int]):
    ann = await people.one()
    answer = await upload(ann, content, "archive.zip", "application/zip")
    assert (answer.body["content_type"], answer.body["width"], answer.body["height"]) == expected
    stored = (await fetch(ann, answer.body["file_path"])).content
    assert samples.SECRET not in stored
    assert len(stored) == answer.body["file_size"]


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", samples.png()[:60], b"\xff\xd8\xff" + bytes(40)])
async def test_what_only_claims_to_be_an_image_is_none(people: People, content: bytes):
    answer = await upload(await people.one(), content, "photo.jpg", "image/jpeg")
    assert (answer.status, answer.body["content_type"]) == (201, "application/octet-stream")
    assert answer.body["width"] is None


@pytest.mark.parametrize(
    "damage", [(16, bytes(4)), (25, b"c"), (29, bytes(4))], ids=["no width", "no colours", "no sum"]
)
async def test_of_a_damaged_picture_nothing_is_left_beside_it(
    server: LanChat, people: People, damage: tuple[int, bytes]
):
    at, wrong = damage
    content = samples.png()
    file = (await upload(await people.one(), content[:at] + wrong + content[at + len(wrong) :], "photo.png")).expect(
        201
    )
    assert file["width"] is None
    assert not list((server.data_dir / "uploads" / "incoming").glob("*"))


async def test_a_decompression_bomb_is_a_file_and_no_picture(people: People):
    """Nobody's browser unpacks it unasked, and nobody is told that their huge drawing can't be sent."""
    file = (await upload(await people.one(), samples.huge_png(), "small.png")).expect(201)
    assert (file["width"], file["height"], file["thumbnail_path"]) == (None, None, None)


async def test_names_are_made_harmless(people: People):
    ann = await people.one()
    for claimed, shown in {"../x/报告.txt": "报告.txt", "invoice\u202egnp.exe": "invoicegnp.exe"}.items():
        assert (await post_form(ann, part(claimed, b"x"))).body["filename"] == shown
    long = (await post_form(ann, part("长" * 200 + ".pdf", b"x"))).body["filename"]
    assert len(long.encode()) <= 255
    assert long.endswith("长.pdf")


BROKEN = {
    "no file": [part("a.txt", b"x", name="other")],
    "a field without a file name": [
        f'--{DELIMITER}\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n'.encode()
    ],
    "two files": [part("a.txt", b"x"), part("b.txt", b"y")],
    "a part without a name": [f"--{DELIMITER}\r\nContent-Type: text/plain\r\n\r\nx\r\n".encode()],
    "no parts": [b"hello"],
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN)
async def test_a_form_without_exactly_one_file_is_refused(server: LanChat, people: People, parts: list[bytes]):
    before = stored(server)
    answer = await post_form(await people.one(), *parts)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert answer.body["error"]["details"]["fields"]
    await until_stored(server, before)


async def test_a_form_that_never_ends_is_refused(server: LanChat, people: People):
    before = stored(server)
    answer = await post_form(await people.one(), part("a.txt", b"x"), end=b"")
    assert (answer.status, answer.code) == (400, "invalid_input")
    await until_stored(server, before)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_only_a_form_is_taken(people: People, kind: str):
    answer = await (await people.one()).post("/api/upload/", data=b"{}", headers={"Content-Type": kind})
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


async def test_other_fields_are_let_be(people: People):
    note = f'--{DELIMITER}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhi\r\n'.encode()
    answer = await post_form(await people.one(), note, part("a.txt", b"x"), note)
    assert answer.status == 201
    assert answer.body["file_size"] == 1
