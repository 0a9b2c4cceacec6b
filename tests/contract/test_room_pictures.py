"""Showing rooms by pictures: who may, who sees it, and what stays of one that is gone."""

import asyncio
import io
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import aiohttp

from tests.contract.test_avatars import is_blue, opened, picture
from tests.contract.test_room_order import at, log, with_members
from tests.files import MB, fetch
from tests.people import Payload, People, Person, Reply
from tests.server import LanChat


async def put(person: Person, room: Payload, content: bytes | None = None) -> Reply:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("file", io.BytesIO(content or picture(90, 30)), filename="room.png", content_type="image/png")
    return await person.request("PUT", at(room, "picture"), data=form)


async def test_whoever_sees_the_rooms_row_sees_its_picture(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    eve = await people.one("eve")
    of_bob, of_eve = await bob.connect(), await eve.connect()

    shown = (await put(ann, room)).expect(200)

    path = shown["picture_url"]
    assert path.startswith("/files/avatars/")
    for ear in (of_bob, of_eve):
        assert (await ear.hears("room_updated", id=room["id"]))["picture_url"] == path
    listed = (await eve.get("/api/rooms/")).expect(200)["available_rooms"]
    assert next(each for each in listed if each["id"] == room["id"])["picture_url"] == path
    assert (await bob.get(at(room))).expect(200)["picture_url"] == path
    for query, side in (("", 256), ("?s=64", 64)):
        image = opened((await fetch(eve, path + query)).content)
        assert image.size == (side, side)
        assert is_blue(image, side // 2, side // 2)
    assert (await fetch(people.newcomer(), path)).status == 401


async def test_another_or_none_takes_its_place_and_the_log_tells_it(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()
    first = (await put(ann, room)).expect(200)["picture_url"]
    second = (await put(ann, room)).expect(200)["picture_url"]
    assert first != second
    assert (await fetch(bob, first)).status == 404
    for _ in range(2):
        assert (await ann.delete(at(room, "picture"))).expect(200)["picture_url"] is None
    assert (await fetch(bob, second)).status == 404
    for path in (first, second, None):
        assert (await of_bob.hears("room_updated", id=room["id"]))["picture_url"] == path
    assert [action for action, *_ in await log(ann, room)] == ["picture_removed", "picture_changed", "picture_changed"]


async def test_what_is_no_picture_or_too_large_changes_nothing(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    path = (await put(ann, room)).expect(200)["picture_url"]
    assert (await put(ann, room, b"words")).code == "not_an_image"
    assert (await put(ann, room, bytes(6 * MB))).status == 413
    assert (await put(bob, room)).code == "forbidden"
    assert (await ann.get(at(room))).expect(200)["picture_url"] == path
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    (await ann.patch(at(room, "members", bob.id), {"role": "moderator"})).expect(200)
    (await put(bob, room)).expect(200)
    (await ann.patch(at(room, "members", bob.id), {"muted_until": later})).expect(200)
    assert (await put(bob, room)).code == "muted"


async def test_nothing_of_a_deleted_room_is_left_on_the_disk(people: People, server: LanChat):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    words = "what only this room ever heard", "and how it was reworded"
    said = await bob.say(room, words[0])
    (await bob.patch(f"/api/messages/{room['id']}/{said['id']}", {"content": words[1]})).expect(200)
    (await ann.put(f"/api/saved/{said['id']}", {})).expect(200)
    reason = {"reason": "other", "words": "that it said so", "with_context": True}
    (await ann.post(f"/api/messages/{room['id']}/{said['id']}/report", reason)).expect(201)
    path = (await put(ann, room)).expect(200)["picture_url"]

    (await ann.delete(at(room))).expect(200)

    assert (await fetch(bob, path)).status == 404
    async with asyncio.timeout(60):
        while _holds(server, *words, reason["words"]):  # noqa: ASYNC110, the journal is emptied after a pause
            await asyncio.sleep(0.2)
    with closing(sqlite3.connect(server.database)) as database:
        name = path.rpartition("/")[2]
        assert database.execute("SELECT count(*) FROM square WHERE name = ?", (name,)).fetchone() == (0,)


def _holds(server: LanChat, *words: str) -> bool:
    files = [path for path in server.data_dir.glob("lanchat.db*") if path.suffix != ".lock"]
    content = b"".join(path.read_bytes() for path in files)
    return any(word.encode() in content for word in words)
