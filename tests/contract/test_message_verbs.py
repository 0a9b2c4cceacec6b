"""The contract's section on what is done to messages: taken back, reacted to, pinned, saved, read around."""

import asyncio
from urllib.parse import quote

import pytest

from tests.contract.test_room_order import LATER, at, lines, log, with_members
from tests.files import stored, upload
from tests.people import Payload, People, Person
from tests.server import LanChat

OF_TOMBSTONE = {"is_deleted": True, "content": "", "attachment": None, "reactions": [], "pinned_at": None}


def of(message: Payload, *path: str) -> str:
    return "/".join((f"/api/messages/{message['room_id']}/{message['id']}", *map(quote, path)))


async def test_whoever_takes_their_words_back_leaves_their_place_only(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()
    said = await ann.say(room, "oops")
    (await ann.patch(of(said), {"content": "oops!"})).expect(200)
    (await bob.put(of(said, "reactions", "👍"), {})).expect(200)

    gone = (await ann.delete(of(said))).expect(200)

    assert gone | OF_TOMBSTONE | {"deleted_by": "author"} == gone
    assert gone["seq"] == said["seq"] < gone["changed_seq"]
    assert await of_bob.hears("message_updated", is_deleted=True) == gone
    assert (await ann.delete(of(said))).expect(200) == gone
    assert gone in await bob.history(room)
    assert (await ann.get(of(said, "edits"))).expect(200) == {"edits": []}
    for reply in (
        await ann.patch(of(said), {"content": "again"}),
        await bob.put(of(said, "reactions", "👍"), {}),
        await ann.put(of(said, "pin"), {}),
    ):
        assert (reply.status, reply.code) == (409, "message_deleted")
    synced = (await of_bob.call("sync", {"rooms": {str(room["id"]): said["seq"]}}))["rooms"][str(room["id"])]
    assert synced["messages"][-1] == gone


async def test_only_managers_take_back_what_others_said_and_it_is_written_down(people: People):
    room, (ann, bob, cem) = await with_members(people, "ann", "bob", "cem")
    of_owner, of_bob = await ann.say(room, "mine"), await bob.say(room, "his")
    assert (await cem.delete(of(of_bob))).code == "forbidden"
    (await ann.patch(at(room, "members", cem.id), {"role": "moderator"})).expect(200)
    assert (await cem.delete(of(of_bob))).expect(200)["deleted_by"] == "moderator"
    assert (await cem.delete(of(of_owner))).expect(200)["deleted_by"] == "moderator"
    assert [entry[:3] for entry in await log(ann, room)][:2] == [
        ("message_removed", cem.name, ann.name),
        ("message_removed", cem.name, bob.name),
    ]
    stranger = await people.one("dora")
    assert (await stranger.delete(of(of_bob))).code == "not_a_member"
    other = await ann.make_room()
    elsewhere = {**of_bob, "room_id": other["id"]}
    assert (await ann.delete(of(elsewhere))).code == "message_not_found"
    (line,) = [each for each in await ann.timeline(room) if each["content"] == f"{bob.name} joined."]
    assert (await ann.delete(of(line))).code == "system_message"


async def test_a_muted_member_still_takes_back_what_they_said(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = await bob.say(room, "hasty")
    (await ann.patch(at(room, "members", bob.id), {"muted_until": LATER})).expect(200)
    assert (await bob.put(of(said, "reactions", "👍"), {})).code == "muted"
    assert (await bob.delete(of(said))).status == 200


async def test_nothing_of_it_is_left_on_the_disk(people: People, server: LanChat):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    first, second = "a secret that nobody ever said before", "its later wording, as secret"
    said = await ann.say(room, first)
    (await ann.patch(of(said), {"content": second})).expect(200)
    (await bob.put(of(said, "reactions", "👍"), {})).expect(200)
    file = (await upload(ann, b"the file that was recalled", "secret.txt")).expect(201)
    sent = await ann.say(room, "with a file", file_path=file["file_path"])
    assert (await bob.get(file["file_path"])).status == 200
    for message in (said, sent):
        (await ann.delete(of(message))).expect(200)
    assert (await bob.get(of(said, "reactions"))).expect(200)["reactions"] == []
    assert (await bob.get(file["file_path"])).status == 404
    assert (await ann.get(file["file_path"])).status == 404
    assert file["file_path"].split("/")[-1] not in {path.name for path in stored(server)}
    async with asyncio.timeout(60):
        while _holds(server, first, second, "with a file"):  # noqa: ASYNC110, the journal is emptied after a pause
            await asyncio.sleep(0.2)


def _holds(server: LanChat, *words: str) -> bool:
    files = [path for path in server.data_dir.glob("lanchat.db*") if path.suffix != ".lock"]
    content = b"".join(path.read_bytes() for path in files)
    return any(word.encode() in content for word in words)


async def test_a_file_that_stands_in_another_message_stays(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    file = (await upload(ann, b"twice", "twice.txt")).expect(201)
    messages = [await ann.say(room, text, file_path=file["file_path"]) for text in ("one", "two")]
    (await ann.delete(of(messages[0]))).expect(200)
    assert (await bob.get(file["file_path"])).status == 200


async def test_reactions_are_counted_in_order_of_first_use(people: People):
    room, (ann, bob, cem) = await with_members(people, "ann", "bob", "cem")
    of_cem = await cem.connect()
    said = await ann.say(room, "done")
    heart = "❤"  # spelled loosely
    for person, emoji in ((bob, "👍"), (ann, heart), (cem, "👍"), (cem, "👍")):
        message = (await person.put(of(said, "reactions", emoji), {})).expect(200)

    expected = [
        {"emoji": "👍", "user_ids": [bob.id, cem.id], "count": 2},
        {"emoji": "❤️", "user_ids": [ann.id], "count": 1},
    ]
    assert message["reactions"] == expected
    assert message["changed_seq"] == said["seq"] + 3  # the fourth changed nothing
    assert (await of_cem.hears("message_updated", changed_seq=message["changed_seq"]))["reactions"] == expected
    listed = (await bob.get(of(said, "reactions"))).expect(200)["reactions"]
    assert [(each["emoji"], [user["id"] for user in each["users"]]) for each in listed] == [
        ("👍", [bob.id, cem.id]),
        ("❤️", [ann.id]),
    ]
    (await bob.delete(of(said, "reactions", "👍"))).expect(200)
    (await bob.delete(of(said, "reactions", "👍"))).expect(200)
    left = (await ann.delete(of(said, "reactions", "❤️"))).expect(200)["reactions"]
    assert left == [{"emoji": "👍", "user_ids": [cem.id], "count": 1}]


@pytest.mark.parametrize("emoji", ["a", "1", "👍👍", "👍 ", ":+1:", "<b>", "👍" * 50])
async def test_what_is_no_emoji_is_refused(people: People, emoji: str):
    ann = await people.one("ann")
    said = await ann.say(await ann.make_room(), "done")
    reply = await ann.put(of(said, "reactions", emoji), {})
    assert (reply.status, reply.code) == (400, "invalid_emoji")


async def test_a_message_bears_twenty_kinds_and_where_managers_post_others_react(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = await ann.say(room, "well?")
    (await ann.put(at(room), {"posting": "managers"})).expect(200)
    for number in range(20):
        (await bob.put(of(said, "reactions", chr(0x1F600 + number)), {})).expect(200)
    reply = await bob.put(of(said, "reactions", "👍"), {})
    assert (reply.status, reply.code) == (409, "too_many_reactions")
    (await ann.put(of(said, "reactions", chr(0x1F600)), {})).expect(200)


async def test_managers_pin_for_everybody(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    first, second = await ann.say(room, "one"), await bob.say(room, "two")
    assert (await bob.put(of(first, "pin"), {})).code == "forbidden"
    assert (await ann.put(of(first, "pin"), {})).expect(200)["pinned_at"]
    again = (await ann.put(of(first, "pin"), {})).expect(200)
    pinned = (await ann.put(of(second, "pin"), {})).expect(200)
    pins = (await bob.get(at(room, "pins"))).expect(200)
    assert (pins["messages"], pins["next_cursor"]) == ([pinned, again], None)
    page = (await bob.get(at(room, "pins"), params={"limit": 1})).expect(200)
    rest = (await bob.get(at(room, "pins"), params={"limit": 1, "cursor": page["next_cursor"]})).expect(200)
    assert (page["messages"], rest["messages"], rest["next_cursor"]) == ([pinned], [again], None)
    assert [code for code, *_ in await lines(bob, room)].count("message_pinned") == 2
    assert (await ann.delete(of(second, "pin"))).expect(200)["pinned_at"] is None
    assert (await (await people.one("eve")).get(at(room, "pins"))).code == "not_a_member"


async def test_what_one_saves_is_one_s_own_and_follows_what_one_may_read(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = [await ann.say(room, text) for text in ("one", "two")]

    def saved(message: Payload) -> str:
        return f"/api/saved/{message['id']}"

    for message in said:
        assert (await bob.put(saved(message), {})).expect(200)["message"] == message
    (await bob.put(saved(said[0]), {})).expect(200)
    assert [each["message"] for each in (await bob.get("/api/saved/")).expect(200)["saved"]] == said[::-1]
    assert (await ann.get("/api/saved")).expect(200) == {"saved": [], "next_cursor": None}
    stranger = await people.one("eve")
    for reply in (await stranger.put(saved(said[0]), {}), await bob.put("/api/saved/999999999", {})):
        assert (reply.status, reply.code) == (404, "message_not_found")
    (await bob.delete(saved(said[0]))).expect(200)
    await bob.leave(room["id"])
    assert [each["message"] for each in (await bob.get("/api/saved/")).expect(200)["saved"]] == [None]


async def test_a_page_around_a_place_has_both_sides(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    said = [await ann.say(room, str(number)) for number in range(9)]

    async def around(person: Person, seq: int, limit: int) -> tuple[list[int], bool, bool]:
        query = {"around_seq": seq, "limit": limit}
        page = (await person.get(f"/api/messages/{room['id']}", params=query)).expect(200)
        return [each["seq"] for each in page["messages"]], page["has_more"], page["has_newer"]

    middle = said[4]["seq"]
    assert await around(ann, middle, 4) == ([middle - 1, middle, middle + 1, middle + 2], True, True)
    assert await around(ann, said[0]["seq"], 4) == ([1, 2, 3], False, True)
    assert await around(ann, said[-1]["seq"], 4) == ([8, 9], True, False)
    reply = await ann.get(f"/api/messages/{room['id']}", params={"around_seq": 1, "before_seq": 3})
    assert reply.status == 400


async def test_who_read_a_message_is_asked_by_its_id_too(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = await ann.say(room, "read this")
    of_bob = await bob.connect()
    assert (await ann.get(of(said, "read-by"))).expect(200)["total"] == 0
    await of_bob.call("mark_read", {"room_id": room["id"], "seq": said["seq"]})
    readers = (await ann.get(of(said, "read-by"))).expect(200)
    assert ([each["id"] for each in readers["readers"]], readers["total"]) == ([bob.id], 1)
