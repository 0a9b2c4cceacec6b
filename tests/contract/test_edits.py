"""Editing a message: who may, what everybody hears, and what it said before."""

from typing import Any

import pytest

from tests.contract.test_access import make_outsider
from tests.files import upload
from tests.people import People, Person, Reply

Room = dict[str, Any]


async def edit(who: Person, message: Room, content: object) -> Reply:
    path = f"/api/messages/{message['room_id']}/{message['id']}"
    return await who.request("PATCH", path, json={"content": content})


async def edits_of(who: Person, message: Room) -> Reply:
    return await who.get(f"/api/messages/{message['room_id']}/{message['id']}/edits")


async def test_an_edit_reaches_the_room_and_whoever_missed_it(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    message = await ann.say(room, "helo", client_id="one")
    last = await bob.say(room, "hm?")
    ear = await bob.connect()

    edited = (await edit(ann, message, "hello")).expect(200)

    changed = {"content": "hello", "edited_at": edited["edited_at"], "changed_seq": last["seq"] + 1}
    assert edited == {**message, **changed}
    assert edited["edited_at"] > message["timestamp"]
    assert await ear.hears("message_updated") == edited
    synced = (await ear.call("sync", {"rooms": {str(room["id"]): last["seq"]}}))["rooms"][str(room["id"])]
    assert synced == {"messages": [edited], "last_seq": edited["changed_seq"], "has_more": False}
    assert (await bob.get(f"/api/messages/{room['id']}/{message['id']}")).expect(200) == edited
    assert (await bob.say(room, "ah"))["seq"] == edited["changed_seq"] + 1


async def test_former_versions_are_for_the_author_and_for_managers(people: People):
    owner, ann, bob = await people("owner", "ann", "bob")
    room = await owner.make_room()
    await ann.join(room)
    await bob.join(room)
    message = await ann.say(room, "one")
    assert (await edits_of(ann, message)).expect(200) == {"edits": []}
    second = (await edit(ann, message, "two")).expect(200)
    (await edit(ann, message, "three")).expect(200)
    former = {
        "edits": [
            {"content": "one", "edited_at": message["timestamp"]},
            {"content": "two", "edited_at": second["edited_at"]},
        ]
    }
    assert (await edits_of(ann, message)).expect(200) == former
    assert (await edits_of(owner, message)).expect(200) == former
    refused = await edits_of(bob, message)
    assert (refused.status, refused.code) == (403, "forbidden")


async def test_an_edit_that_changes_nothing_is_no_change(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    message = await ann.say(room, "same")
    ear = await ann.connect()
    assert (await edit(ann, message, "same")).expect(200) == message
    await ear.catch_up()
    assert ear.all("message_updated") == []
    assert (await edits_of(ann, message)).expect(200) == {"edits": []}


async def test_nobody_edits_another_s_message_not_even_the_owner(people: People):
    owner, ann = await people("owner", "ann")
    room = await owner.make_room()
    await ann.join(room)
    message = await ann.say(room, "mine")
    refused = await edit(owner, message, "yours")
    assert (refused.status, refused.code) == (403, "forbidden")
    assert await ann.history(room) == [message]


@pytest.mark.parametrize("relation", ["stranger", "removed", "elsewhere"])
async def test_an_outsider_neither_edits_nor_reads(people: People, relation: str):
    ann = await people.one("ann")
    room = await ann.make_room()
    message = await ann.say(room, "among us")
    outsider = await make_outsider(people, room, relation)
    one = await outsider.get(f"/api/messages/{room['id']}/{message['id']}")
    for answer in (await edit(outsider, message, "mine"), await edits_of(outsider, message), one):
        assert (answer.status, answer.code) == (403, "not_a_member")
        assert "among us" not in answer.text


async def test_whoever_left_edits_no_more_what_they_said(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    message = await bob.say(room, "before I go")
    await bob.leave(room["id"])
    refused = await edit(bob, message, "after")
    assert (refused.status, refused.code) == (403, "not_a_member")


async def test_a_message_of_another_room_is_not_found(people: People):
    ann = await people.one("ann")
    room, other = await ann.make_room(), await ann.make_room()
    message = {**await ann.say(room, "here"), "room_id": other["id"]}
    one = await ann.get(f"/api/messages/{other['id']}/{message['id']}")
    for answer in (await edit(ann, message, "there"), await edits_of(ann, message), one):
        assert (answer.status, answer.code) == (404, "message_not_found")


async def test_words_are_needed_unless_there_is_a_file(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    refused = await edit(ann, await ann.say(room, "something"), "  ")
    assert (refused.status, refused.code) == (400, "empty_message")
    for content in (None, 7, "x" * 10_001):
        assert (await edit(ann, await ann.say(room, "something"), content)).code == "invalid_input"


async def test_a_caption_is_edited_and_its_file_stays(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    path = (await upload(ann, b"minutes")).expect(201)["file_path"]
    message = await ann.say(room, "caption", message_type="file", file_path=path)
    edited = (await edit(ann, message, "better caption")).expect(200)
    assert (edited["content"], edited["attachment"]) == ("better caption", message["attachment"])
    assert (await edit(ann, message, "")).expect(200)["content"] == path
