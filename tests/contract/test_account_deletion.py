"""The contract on deleting one's account: who may, what others see of it, and what is gone from the disk."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.contract.test_direct import direct
from tests.files import stored
from tests.patience import patience
from tests.people import PASSWORD, People, Person
from tests.server import LanChat

DELETE = "/api/auth/me/delete"


async def delete(person: Person, content: str = "anonymous") -> None:
    (await person.post(DELETE, {"password": PASSWORD, "content": content})).expect(200)


async def upload(person: Person, content: bytes) -> str:
    import aiohttp

    form = aiohttp.FormData()
    form.add_field("file", content, filename="notes.txt")
    answer = await person.request("POST", "/api/upload/", data=form)
    return answer.expect(201)["file_path"]


async def guest_of(people: People) -> Person:
    guest = people.newcomer("guest")
    joined = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)
    guest.id, guest.token = joined["id"], joined["access_token"]
    return guest


async def test_what_was_said_stays_under_a_former_member(people: People):
    ann, bob = await people("ann", "bob")
    (
        await ann.patch("/api/auth/me", {"display_name": f"Anna {ann.id}", "bio": "me", "email": f"a{ann.id}@x.y"})
    ).expect(200)
    room = await bob.make_room()
    await ann.join(room)
    said = await ann.say(room, "hello")
    reacted = f"/api/messages/{room['id']}/{said['id']}/reactions/%F0%9F%91%8D"
    (await ann.put(reacted, {})).expect(200)
    answered = await bob.say(room, "yes?", reply_to_id=said["id"])
    ear = await bob.connect()
    old_name, former = ann.name, f"former_{ann.id}"

    await delete(ann)

    seen = await ear.hears("user_updated", id=ann.id)
    assert [seen[name] for name in ("username", "display_name", "bio", "avatar_url", "is_admin")] == [
        former,
        None,
        None,
        None,
        False,
    ]
    assert (await ear.hears("user_left", room_id=room["id"]))["user_id"] == ann.id
    assert await ear.hears("resync", room_id=room["id"]) == {"room_id": room["id"]}
    timeline = {message["id"]: message for message in await bob.timeline(room)}
    shown = timeline[said["id"]]
    assert [shown[name] for name in ("username", "display_name", "content", "is_deleted")] == [
        former,
        None,
        "hello",
        False,
    ]
    assert shown["reactions"][0]["user_ids"] == [ann.id]
    assert timeline[answered["id"]]["reply_to"]["username"] == former
    lines = [message["system"] for message in timeline.values() if message["system"]]
    assert {line["actor_name"] for line in lines if line["actor_id"] == ann.id} == {former}
    assert old_name not in str(timeline)
    assert [m["id"] for m in (await bob.get(f"/api/rooms/{room['id']}/members")).expect(200)["members"]] == [bob.id]
    found = (await bob.get("/api/users/", params={"q": old_name})).expect(200)["users"]
    assert (found, (await bob.get(f"/api/users/{ann.id}")).code) == ([], "user_not_found")
    form = {"username": old_name, "password": PASSWORD, "password2": PASSWORD}
    assert (await people.newcomer().post("/api/auth/register", form)).code == "username_taken"


async def test_all_devices_are_out_within_a_second_and_nobody_comes_in_again(people: People):
    ann, bob = await people("ann", "bob")
    other = (await ann.post("/api/auth/device-code", {})).expect(200)
    ears = [await ann.connect(), await ann.connect()]
    await bob.connect()

    await delete(ann)

    for ear in ears:
        assert (await ear.hears("session_revoked"))["reason"] == "account_deleted"
        await asyncio.wait_for(ear.until_gone(), 5)
    assert (await ann.get("/api/auth/me")).status == 401
    assert (await ann.post(DELETE, {"password": PASSWORD, "content": "anonymous"})).status == 401
    assert (await bob.post("/api/auth/device", {"code": other["code"]})).code == "device_code_unknown"
    for name in (ann.name, f"former_{ann.id}"):
        form = {"username": name, "password": PASSWORD}
        assert (await bob.post("/api/auth/login", data=form)).code == "wrong_credentials"
    assert (await bob.post("/api/direct/", {"user_ids": [ann.id]})).code == "user_not_found"


async def test_with_recall_words_reactions_and_files_are_gone_from_the_disk(people: People, server: LanChat):
    ann, bob = await people("ann", "bob")
    room, pair = await bob.make_room(), await direct(ann, bob)
    await ann.join(room)
    secret = f"zweiundvierzig{ann.id}"
    said = [await ann.say(room, f"{secret} {n}") for n in range(45)]  # more than two portions
    (await ann.patch(f"/api/messages/{room['id']}/{said[0]['id']}", {"content": f"{secret} edited"})).expect(200)
    path = await upload(ann, secret.encode())
    await ann.say(room, "", file_path=path)
    unsent, of_bob = await upload(ann, b"never sent"), await upload(bob, b"mine")
    await ann.say(pair, secret)
    theirs = await bob.say(room, "mine stays")
    (await ann.put(f"/api/messages/{room['id']}/{theirs['id']}/reactions/%F0%9F%91%8D", {})).expect(200)
    (await bob.get("/api/search/", params={"q": secret})).expect(200)
    ear = await bob.connect()

    await delete(ann, "recall")

    await ear.hears("resync", room_id=room["id"])
    await ear.hears("resync", room_id=pair["id"])
    after = {message["id"]: message for message in await bob.timeline(room)}
    assert {after[each["id"]]["deleted_by"] for each in said} == {"author"}
    assert secret not in str(after)
    assert (after[theirs["id"]]["content"], after[theirs["id"]]["reactions"]) == ("mine stays", [])
    assert [message["is_deleted"] for message in await bob.timeline(pair)] == [True]
    assert (await bob.get("/api/search/", params={"q": secret})).expect(200)["hits"] == []
    gone = {path.rsplit("/", 1)[1], unsent.rsplit("/", 1)[1]}
    async with asyncio.timeout(patience(20)):
        while not gone.isdisjoint({file.name for file in stored(server)}):  # noqa: ASYNC110, a disk tells nothing
            await asyncio.sleep(0.01)
    assert of_bob.rsplit("/", 1)[1] in {file.name for file in stored(server)}
    with closing(sqlite3.connect(server.data_dir / "lanchat.db")) as database:
        for table in ("message", "message_edit"):
            found = database.execute(f"SELECT 1 FROM {table} WHERE content LIKE ?", (f"%{secret}%",)).fetchall()
            assert found == []
    # Nothing is missing between: whoever was away is brought all of it by `sync`.
    numbers = sorted(message["changed_seq"] for message in after.values())
    assert len(set(numbers)) == len(numbers)


async def test_what_others_passed_on_stays_theirs_from_a_former_member(people: People):
    ann, bob = await people("ann", "bob")
    room, there = await ann.make_room(), await bob.make_room()
    await bob.join(room)
    path = await upload(ann, b"the plan")
    said = await ann.say(room, "see the plan", file_path=path)
    passed = await bob.say(there, "", forward={"room_id": room["id"], "message_id": said["id"]})
    ear = await bob.connect()

    await delete(ann, "recall")

    await ear.hears("resync", room_id=room["id"])
    assert [message["is_deleted"] for message in await bob.history(room)] == [True]
    (kept,) = await bob.history(there)
    assert (kept["content"], kept["attachments"]) == ("see the plan", passed["attachments"])
    assert kept["forwarded_from"]["username"] == f"former_{ann.id}"
    assert (await bob.get(path)).status == 200


async def test_rooms_pass_to_the_eldest_moderator_else_the_eldest_member_else_they_go(people: People):
    ann, bob, cem, dee = await people("ann", "bob", "cem", "dee")
    led, plain, alone = await ann.make_room(), await ann.make_room(), await ann.make_room()
    notes = (await ann.post("/api/direct/", {"user_ids": []})).expect(201)
    await ann.say(notes, "for me")
    await ann.say(alone, "for me")
    for who in (bob, cem, dee):
        await who.join(led)
        await who.join(plain)
    (await ann.patch(f"/api/rooms/{led['id']}/members/{cem.id}", {"role": "moderator"})).expect(200)
    ears = {who: await who.connect() for who in (bob, cem)}

    await delete(ann)

    assert (await ears[cem].hears("role_changed", room_id=led["id"]))["role"] == "owner"
    assert (await ears[bob].hears("role_changed", room_id=plain["id"]))["role"] == "owner"
    await ears[bob].hears("room_deleted", room_id=alone["id"])
    assert (await bob.get(f"/api/rooms/{alone['id']}")).code == "room_not_found"
    log = (await bob.get(f"/api/rooms/{plain['id']}/log")).expect(200)["entries"]
    assert (log[0]["action"], log[0]["actor"]["username"]) == ("ownership_transferred", f"former_{ann.id}")
    await ears[bob].catch_up()
    assert [told for told in ears[bob].all("room_deleted") if told["room_id"] == notes["id"]] == []


async def test_direct_rooms_stay_for_the_others(people: People):
    ann, bob = await people("ann", "bob")
    room = await direct(ann, bob)
    await ann.say(room, "remember me")
    ear = await bob.connect()
    await delete(ann)
    await ear.hears("resync", room_id=room["id"])
    seen = (await bob.get(f"/api/rooms/{room['id']}")).expect(200)
    assert seen["name"] == f"former_{ann.id}"
    assert {member["id"]: member["is_gone"] for member in seen["members"]} == {ann.id: True, bob.id: False}
    assert [message["content"] for message in await bob.history(room)] == ["remember me"]


async def test_a_guest_needs_no_password_and_their_name_is_free(people: People):
    guest = await guest_of(people)
    (await guest.post(DELETE, {"content": "recall"})).expect(200)
    again = people.newcomer()
    assert (await again.post("/api/auth/guest", {"username": guest.name})).status == 201


async def test_who_may_not(people: People):
    ann, stranger = await people.one("ann"), people.newcomer()
    refused = await ann.post(DELETE, {"password": "wrong", "content": "recall"})
    assert (refused.status, refused.code) == (403, "wrong_password")
    for wrong in ({}, {"password": PASSWORD}, {"password": PASSWORD, "content": "all"}):
        assert (await ann.post(DELETE, wrong)).code == "invalid_input"
    assert (await stranger.post(DELETE, {"password": PASSWORD, "content": "recall"})).status == 401
    assert (await ann.get("/api/auth/me")).status == 200


@pytest.mark.parametrize("name", ["former_1", "Former_7", "FORMER_x", "formеr_3", "f\uff4frmer_4"])
async def test_nobody_calls_themselves_a_former_member(people: People, name: str):
    form = {"username": name, "password": PASSWORD, "password2": PASSWORD}
    refused = await people.newcomer().post("/api/auth/register", form)
    assert (refused.status, refused.code) == (400, "invalid_input")
    ann = await people.one("ann")
    assert (await ann.patch("/api/auth/me", {"display_name": name})).code == "invalid_input"
