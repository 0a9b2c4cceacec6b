"""`/api/upload/resumable/`: tus 1.0.0, whatever comes between."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.files import fetch, upload
from tests.lan.network import wait_for
from tests.people import PASSWORD, People, Person, Reply, people_at
from tests.server import LanChat
from tests.unit.files import samples

PATH = "/api/upload/resumable/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
CONTENT = bytes(range(256)) * 40


def said(**metadata: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())


async def begin(person: Person, length: int | None, filename: str = "数据.bin", **headers: str) -> Reply:
    size = {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
    metadata = {"Upload-Metadata": said(filename=filename, filetype="application/octet-stream")}
    return await person.post(PATH, headers={**TUS, **size, **metadata, **headers})


async def begun(person: Person, length: int | None = len(CONTENT), filename: str = "数据.bin") -> str:
    answer = await begin(person, length, filename)
    assert answer.status == 201, answer.text
    return answer.headers["Location"]


async def go_on(person: Person, path: str, offset: int, data: Any, **headers: str) -> Reply:
    return await person.request("PATCH", path, data=data, headers={**PIECE, "Upload-Offset": str(offset), **headers})


async def look(person: Person, path: str) -> Reply:
    return await person.request("HEAD", path, headers=TUS)


async def test_a_file_that_comes_in_pieces_becomes_one_like_any_other(people: People):
    ann = await people.one()
    room = await ann.make_room()
    path = await begun(ann)
    for offset in range(0, len(CONTENT), 4096):
        answer = await go_on(ann, path, offset, CONTENT[offset : offset + 4096])
        assert (answer.status, answer.headers["Tus-Resumable"]) == (204, "1.0.0")
    assert answer.headers["Upload-Offset"] == str(len(CONTENT))
    file = (await ann.get(path)).expect(200)
    assert (file["filename"], file["file_size"]) == ("数据.bin", len(CONTENT))
    assert (await fetch(ann, file["file_path"])).content == CONTENT
    sent = await ann.say(room, "", message_type="file", file_path=file["file_path"])
    assert sent["attachment"] == file


async def test_what_has_arrived_stays_when_the_connection_is_cut(people: People, server: LanChat):
    ann = await people.one()
    path = await begun(ann)

    async def cut_short() -> AsyncIterator[bytes]:
        yield CONTENT[:3000]
        await asyncio.Event().wait()

    sending = asyncio.create_task(go_on(ann, path, 0, cut_short()))
    aside = server.data_dir / "uploads" / "unfinished" / path.removeprefix(PATH)
    async with asyncio.timeout(20):
        while not sending.done() and not aside.stat().st_size:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert int((await look(ann, path)).headers["Upload-Offset"]) == 3000
    # Who looked ended the other request, which nobody but the client had given up.
    assert (await sending).code == "upload_taken_over"
    offset = int((await look(ann, path)).headers["Upload-Offset"])
    assert offset == aside.stat().st_size
    assert (await go_on(ann, path, offset, CONTENT[offset:])).status == 204
    assert (await fetch(ann, (await ann.get(path)).expect(200)["file_path"])).content == CONTENT
    assert not aside.exists()


async def test_a_client_that_hangs_up_goes_on_where_it_was_also_after_a_restart(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one()
        path = await begun(ann)
        aside = own_server.data_dir / "uploads" / "unfinished" / path.removeprefix(PATH)

        async def slowly() -> AsyncIterator[bytes]:
            yield CONTENT[:5000]
            await asyncio.Event().wait()

        sending = asyncio.create_task(go_on(ann, path, 0, slowly()))
        async with asyncio.timeout(20):
            while not aside.exists():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(0)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        own_server.stop()
        own_server.start()
        offset = int((await look(ann, path)).headers["Upload-Offset"])
        assert (await go_on(ann, path, offset, CONTENT[offset:])).status == 204
        assert (await fetch(ann, (await ann.get(path)).expect(200)["file_path"])).content == CONTENT
        # Its answer may have been lost: whoever asks again finds it whole.
        again = await look(ann, path)
        assert again.headers["Upload-Offset"] == again.headers["Upload-Length"] == str(len(CONTENT))


async def test_a_length_may_be_told_at_last(people: People):
    ann = await people.one()
    path = await begun(ann, None)
    assert (await look(ann, path)).headers["Upload-Defer-Length"] == "1"
    assert (await go_on(ann, path, 0, CONTENT[:100])).status == 204
    assert (await ann.get(path)).code == "upload_unfinished"
    answer = await go_on(ann, path, 100, CONTENT[100:], **{"Upload-Length": str(len(CONTENT))})
    assert answer.status == 204
    assert (await ann.get(path)).expect(200)["file_size"] == len(CONTENT)


async def test_no_length_is_less_than_what_has_arrived(people: People):
    """It would count as that much, while all of it lies on the disk."""
    ann = await people.one()
    path = await begun(ann, None)
    assert (await go_on(ann, path, 0, CONTENT)).status == 204
    for length in ("0", "1"):
        answer = await go_on(ann, path, len(CONTENT), b"", **{"Upload-Length": length})
        assert (answer.status, answer.code) == (400, "invalid_input")
    assert (await begin(ann, 5)).status == 201
    empty = await begun(ann, None)
    assert (await go_on(ann, empty, 0, b"", **{"Upload-Length": "0"})).code == "invalid_input"


async def test_a_picture_is_cleaned_and_known_by_its_content(people: People):
    ann = await people.one()
    picture = samples.jpeg(samples.SIDEWAYS)
    path = await begun(ann, len(picture), "holiday.jpg")
    assert (await go_on(ann, path, 0, picture)).status == 204
    file = (await ann.get(path)).expect(200)
    assert (file["content_type"], file["width"], file["height"]) == ("image/jpeg", 48, 64)
    assert samples.SECRET not in (await fetch(ann, file["file_path"])).content
    # It has become smaller by that; who comes back for its offset must find it whole all the same.
    assert (await look(ann, path)).headers["Upload-Offset"] == str(file["file_size"])


async def test_a_wrong_offset_is_told_the_right_one(people: People):
    ann = await people.one()
    path = await begun(ann)
    await go_on(ann, path, 0, CONTENT[:100])
    answer = await go_on(ann, path, 99, b"x")
    assert (answer.status, answer.code, answer.body["error"]["details"]["offset"]) == (409, "wrong_offset", 100)
    assert (await go_on(ann, path, 100, CONTENT[100:] + b"more")).code == "too_large"


async def test_an_upload_is_its_uploaders_alone(people: People):
    ann, mallory = await people.one(), await people.one()
    path = await begun(ann)
    for answer in (
        await mallory.get(path),
        await go_on(mallory, path, 0, CONTENT),
        await mallory.request("DELETE", path, headers=TUS),
    ):
        assert (answer.status, answer.code) == (404, "upload_not_found")
    assert (await look(mallory, path)).status == 404
    stranger = people.newcomer()
    assert (await begin(stranger, 5)).status == 401
    assert (await ann.request("DELETE", path, headers=TUS)).status == 204
    assert (await look(ann, path)).status == 404


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Tus-Resumable": "0.2.2"}, (412, "wrong_tus_version")),
        ({"Upload-Length": "many"}, (400, "invalid_input")),
        ({"Upload-Length": "0"}, (400, "empty_file")),
        ({"Upload-Length": "9" * 15}, (413, "too_large")),
        ({"Upload-Metadata": "filename ä"}, (400, "invalid_input")),
        ({"Upload-Metadata": "filename /w=="}, (400, "invalid_input")),
    ],
)
async def test_what_makes_no_sense_is_refused(people: People, headers: dict[str, str], expected: tuple[int, str]):
    ann = await people.one()
    answer = await begin(ann, 5, **headers)
    assert (answer.status, answer.code) == expected
    if expected[0] == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"


async def test_nobody_keeps_more_unfinished_than_bounds_allow(people: People):
    ann = await people.one()
    paths = [await begun(ann, 5) for _ in range(20)]
    assert (await begin(ann, 5)).code == "too_many_unfinished"
    assert (await go_on(ann, paths[0], 0, b"whole")).status == 204
    assert (await begin(ann, 5)).status == 201
    kind = await ann.request("PATCH", paths[1], data=b"x", headers={**TUS, "Upload-Offset": "0"})
    assert kind.code == "unsupported_media_type"


async def test_what_is_begun_counts_as_what_is_stored(own_server: LanChat):
    own_server.stop()
    (own_server.data_dir / "lanchat.toml").write_text("upload_quota_bytes = 20_000\nguests_quota_bytes = 20_000\n")
    own_server.start()
    async with people_at(own_server.url) as people:
        ann = await people.one()
        await begun(ann, 15_000)
        assert (await begin(ann, 6000)).code == "quota_exceeded"
        path = await begun(ann, 5000)
        assert (await upload(ann, b"x")).code == "quota_exceeded"  # whichever way it comes
        assert (await go_on(ann, path, 0, bytes(5000))).status == 204  # which had counted already


async def test_what_has_lost_its_bytes_keeps_nobody_from_sending(people: People, server: LanChat):
    ann = await people.one()
    paths = [await begun(ann, 5) for _ in range(20)]
    for path in paths:
        (server.data_dir / "uploads" / "unfinished" / path.removeprefix(PATH)).unlink()
    assert (await begin(ann, 5)).status == 201
    assert (await look(ann, paths[0])).status == 404


async def test_nothing_unfinished_outlives_its_account(people: People, server: LanChat):
    ann = await people.one()
    path = await begun(ann)
    await go_on(ann, path, 0, CONTENT[:100])
    aside = server.data_dir / "uploads" / "unfinished" / path.removeprefix(PATH)
    assert aside.exists()
    form = {"password": PASSWORD, "content": "anonymous"}
    assert (await ann.post("/api/auth/me/delete", form)).status < 300
    await asyncio.to_thread(wait_for, lambda: not aside.exists(), 20)
