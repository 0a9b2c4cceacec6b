"""Passing on what was said elsewhere."""

import sqlite3
from contextlib import closing

from tests.contract.test_albums import names, uploaded
from tests.contract.test_message_verbs import of
from tests.contract.test_room_order import at
from tests.files import fetch, stored, until_stored
from tests.people import Payload, People, Person, people_at
from tests.server import LanChat


async def forward(person: Person, room: Payload, message: Payload, **beside: object) -> Payload:
    return await person.say(room, "", forward=source(message), **beside)


def source(message: Payload) -> Payload:
    return {"room_id": message["room_id"], "message_id": message["id"]}


async def two_rooms(people: People, password: str | None = None) -> tuple[Payload, Payload, Person, Person, Person]:
    """A room of Ann and Bob, one of Bob and Cem, and these three."""
    ann, bob, cem = await people("ann", "bob", "cem")
    here, there = await ann.make_room(password=password), await bob.make_room()
    await bob.join(here, password)
    await cem.join(there)
    return here, there, ann, bob, cem


async def test_words_are_passed_on_with_who_said_them_where_and_when(people: People):
    here, there, ann, bob, cem = await two_rooms(people)
    of_cem = await cem.connect()
    said = await ann.say(here, "so **it** is")

    passed = await forward(bob, there, said)

    assert (passed["content"], passed["user_id"], passed["message_type"]) == ("so **it** is", bob.id, "text")
    assert passed["forwarded_from"] == {
        "username": ann.name,
        "display_name": None,
        "room_name": here["name"],
        "timestamp": said["timestamp"],
    }
    assert await of_cem.hears("new_message") == passed
    assert (await bob.history(there))[-1] == passed
    assert said["forwarded_from"] is None
    again = await forward(cem, there, passed)
    assert (again["user_id"], again["forwarded_from"]) == (cem.id, passed["forwarded_from"])
    (await ann.patch("/api/auth/me", {"display_name": "Anna B"})).expect(200)
    assert (await bob.history(there))[-1]["forwarded_from"]["display_name"] == "Anna B"


async def test_where_it_was_said_is_told_of_public_rooms_only(people: People):
    here, there, ann, bob, _ = await two_rooms(people, password="secret1")
    passed = await forward(bob, there, await ann.say(here, "between us"))
    assert passed["forwarded_from"]["room_name"] is None
    direct = (await ann.post("/api/direct/", {"user_ids": [bob.id]})).expect(201)
    passed = await forward(bob, there, await ann.say(direct, "between us two"))
    assert passed["forwarded_from"]["room_name"] is None


async def test_files_are_passed_on_without_another_upload_and_go_with_the_last_message(own_server: LanChat):
    async with people_at(own_server.url) as people:
        await pass_files_on(own_server, people)


async def pass_files_on(own_server: LanChat, people: People) -> None:
    here, there, ann, bob, cem = await two_rooms(people)
    paths = await uploaded(ann, "a.txt", "b.txt")
    said = await ann.say(here, "", file_paths=paths)
    files = stored(own_server)

    passed = await forward(bob, there, said)

    assert (names(passed), passed["content"], passed["message_type"]) == (["a.txt", "b.txt"], paths[0], "file")
    assert stored(own_server) == files
    assert [(await fetch(cem, path)).status for path in paths] == [200, 200]
    (await ann.delete(of(said))).expect(200)
    assert stored(own_server) == files
    assert [(await fetch(cem, path)).status for path in paths] == [200, 200]
    assert (await bob.history(there))[-1] == passed
    gone = (await bob.delete(of(passed))).expect(200)
    assert (gone["forwarded_from"], gone["attachments"]) == (None, [])
    await until_stored(own_server, set())
    with closing(sqlite3.connect(own_server.data_dir / "lanchat.db")) as database:
        origins = "SELECT forwarded_at, forwarded_user_id, forwarded_room_id FROM message WHERE id = ?"
        assert database.execute(origins, (gone["id"],)).fetchone() == (None, None, None)


async def test_only_what_one_may_read_is_passed_on(people: People):
    here, there, ann, bob, cem = await two_rooms(people)
    said = await ann.say(here, "inside")
    to = f"/api/messages/{there['id']}"
    refused = await cem.post(to, {"forward": source(said)})
    assert (refused.status, refused.code) == (404, "message_not_found")
    nowhere = await cem.post(to, {"forward": {"room_id": 10**9, "message_id": said["id"]}})
    assert nowhere.body == refused.body
    elsewhere = await bob.post(to, {"forward": {"room_id": there["id"], "message_id": said["id"]}})
    assert elsewhere.code == "message_not_found"
    await bob.leave(here["id"])
    assert (await bob.post(to, {"forward": source(said)})).code == "message_not_found"
    await bob.join(here)
    await forward(bob, there, said)
    outsider = await ann.post(to, {"forward": source(said)})
    assert (outsider.status, outsider.code) == (403, "not_a_member")


async def test_what_was_said_before_ones_time_is_not_passed_on(people: People):
    ann, bob = await people("ann", "bob")
    here, there = await ann.make_room(), await bob.make_room()
    said = await ann.say(here, "before")
    (await ann.put(at(here), {"history": "since_joining"})).expect(200)
    await bob.join(here)
    refused = await bob.post(f"/api/messages/{there['id']}", {"forward": source(said)})
    assert (refused.status, refused.code) == (404, "message_not_found")
    await forward(bob, there, await ann.say(here, "after"))


async def test_nothing_stands_beside_it_and_neither_lines_nor_tombstones_are_passed_on(people: People):
    here, there, ann, bob, _ = await two_rooms(people)
    said = await ann.say(here, "it")
    to = f"/api/messages/{there['id']}"
    for beside in ({"content": "look"}, {"file_path": "/files/" + "0" * 32}, {"file_paths": ["/files/" + "0" * 32]}):
        assert (await bob.post(to, {"forward": source(said), **beside})).status == 400
    (line,) = [each for each in await bob.timeline(here) if each["message_type"] == "system"]
    refused = await bob.post(to, {"forward": source(line)})
    assert (refused.status, refused.code) == (409, "system_message")
    (await ann.delete(of(said))).expect(200)
    refused = await bob.post(to, {"forward": source(said)})
    assert (refused.status, refused.code) == (409, "message_deleted")


async def test_what_is_passed_on_calls_nobody_and_nobody_changes_its_words(people: People):
    here, there, ann, bob, cem = await two_rooms(people)
    said = await ann.say(here, f"@{cem.name} and @all, look")
    passed = await forward(bob, there, said)
    assert (passed["mentions"], passed["mentions_all"]) == ([], False)
    (of_there,) = [
        each
        for each in (await cem.get("/api/messages/overview")).expect(200)["rooms"]
        if each["room_id"] == there["id"]
    ]
    assert (of_there["unread_count"], of_there["mention_count"]) == (1, 0)
    assert (await bob.patch(of(passed), {"content": "never said"})).code == "forbidden"
    (await bob.delete(of(passed))).expect(200)


async def test_passing_on_twice_under_one_client_id_is_once(people: People):
    here, there, ann, bob, _ = await two_rooms(people)
    said = await ann.say(here, "it")
    body = {"forward": source(said), "client_id": "once"}
    first = (await bob.post(f"/api/messages/{there['id']}", body)).expect(201)
    (await ann.delete(of(said))).expect(200)
    assert (await bob.post(f"/api/messages/{there['id']}", body)).expect(200) == first
