"""The contract's section on messages over REST, and what was decided about paging."""

import asyncio

import pytest

from tests.people import People


async def test_a_message_posted_to_a_room_comes_back_from_its_history(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    said = await ann.say(room, "hello 你好 👋\n<b>")
    assert await bob.history(room) == [said]
    assert said["content"] == "hello 你好 👋\n<b>"
    assert (said["user_id"], said["username"], said["room_id"]) == (ann.id, ann.name, room["id"])


@pytest.mark.parametrize("path", ["/api/messages/", "/api/messages"])
async def test_a_message_may_name_its_room_in_the_body(people: People, path: str):
    ann = await people.one("ann")
    room = await ann.make_room()
    said = (await ann.post(path, {"room_id": room["id"], "content": "here"})).expect(201)
    assert await ann.history(room) == [said]


@pytest.mark.parametrize("by", ["rest", "socket"])
async def test_a_repeated_client_id_is_the_same_message(people: People, by: str):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    first = await ann.say(room, "once", client_id="same-1")

    if by == "rest":
        again = (await ann.post(f"/api/messages/{room['id']}", {"content": "twice", "client_id": "same-1"})).expect(200)
    else:
        draft = {"room_id": room["id"], "content": "twice", "client_id": "same-1"}
        again = (await ear.call("send_message", draft))["message"]

    assert again == first
    assert await ann.history(room) == [first]
    await ear.catch_up()
    assert len(ear.all("new_message", room_id=room["id"])) == 1


async def test_client_ids_of_two_people_are_apart(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    await ann.say(room, "mine", client_id="x")
    await bob.say(room, "mine too", client_id="x")
    assert [message["content"] for message in await ann.history(room)] == ["mine", "mine too"]


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 10_001},
        {"content": None},
        {"content": 5},
        {"content": {"a": 1}},
        {"content": ["x"]},
        {"content": "nul\0"},
        {"content": "x", "message_type": "system"},
        {"content": "x", "message_type": "video"},
        {"content": "x", "client_id": ""},
        {"content": "x", "client_id": "x" * 65},
        {"content": "x", "client_id": "no spaces"},
        {"content": "x", "client_id": "newline\n"},
        {"content": "x", "client_id": 7},
        {"content": "x", "file_path": 7},
    ],
)
async def test_a_message_that_cannot_be_is_a_400(people: People, body: dict[str, object]):
    ann = await people.one("ann")
    room = await ann.make_room()
    assert (await ann.post(f"/api/messages/{room['id']}", body)).expect(400)["error"]["code"] == "invalid_input"
    assert (await ann.post("/api/messages/", {"room_id": room["id"], **body})).status == 400
    assert await ann.history(room) == []


async def test_ten_thousand_characters_fit_and_nothing_is_trimmed(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    content = " " + "👍" * 9_998 + "\n"
    assert (await ann.say(room, content))["content"] == content


@pytest.mark.parametrize("message_type", ["image", "file"])
async def test_a_file_that_is_not_mine_cannot_be_sent(people: People, message_type: str):
    ann = await people.one("ann")
    room = await ann.make_room()
    for body in ({"content": "/files/" + "0" * 32}, {"content": "look", "file_path": "/etc/passwd"}):
        answer = await ann.post(f"/api/messages/{room['id']}", {**body, "message_type": message_type})
        assert answer.expect(404)["error"]["code"] == "file_not_found"


async def test_a_page_is_the_newest_fifty_oldest_first_and_skip_counts_back(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    for number in range(53):
        await ann.say(room, str(number))

    def numbers(messages: list[dict[str, str]]) -> list[int]:
        return [int(message["content"]) for message in messages]

    first = (await ann.get(f"/api/messages/{room['id']}")).expect(200)
    assert numbers(first["messages"]) == list(range(3, 53))
    assert (first["has_more"], first["last_seq"]) == (True, 53)
    assert numbers(await ann.history(room, skip=50)) == [0, 1, 2]
    assert numbers(await ann.history(room, skip=10, limit=5)) == [38, 39, 40, 41, 42]
    assert numbers(await ann.history(room, limit=100)) == list(range(53))
    assert await ann.history(room, skip=1000) == []

    before = (await ann.get(f"/api/messages/{room['id']}", params={"before_seq": 4})).expect(200)
    assert (numbers(before["messages"]), before["has_more"]) == ([0, 1, 2], False)
    after = (await ann.get(f"/api/messages/{room['id']}", params={"after_seq": 50, "limit": 2})).expect(200)
    assert (numbers(after["messages"]), after["has_more"]) == ([50, 51], True)


@pytest.mark.parametrize(
    "query",
    [
        {"skip": -1},
        {"limit": 0},
        {"limit": 101},
        {"limit": "many"},
        {"skip": str(2**70)},
        {"before_seq": -1},
        {"before_seq": 3, "after_seq": 3},
    ],
)
async def test_a_page_that_cannot_be_is_a_400(people: People, query: dict[str, object]):
    ann = await people.one("ann")
    room = await ann.make_room()
    answer = await ann.get(f"/api/messages/{room['id']}", params=query)
    assert answer.expect(400)["error"]["code"] == "invalid_input"


async def test_the_sequence_has_no_gaps_when_many_send_at_once(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    await asyncio.gather(*(person.say(room, f"{person.name} {n}") for n in range(25) for person in (ann, bob)))
    assert [message["seq"] for message in await ann.timeline(room, limit=100)] == list(range(1, 52))


async def test_the_overview_counts_what_others_said_since_i_read(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    tab, other_tab = await bob.connect(), await bob.connect()
    for number in range(3):
        last = await ann.say(room, str(number))
    await bob.say(room, "my own counts not")

    async def overview() -> tuple[int, str]:
        rooms = (await bob.get("/api/messages/overview")).expect(200)["rooms"]
        return next((r["unread_count"], r["last_message"]["content"]) for r in rooms if r["room_id"] == room["id"])

    assert await overview() == (3, "my own counts not")
    mark = await tab.call("mark_read", {"room_id": room["id"], "seq": last["seq"] - 1})
    assert mark == {"ok": True, "last_read_seq": 3}
    assert (await other_tab.hears("room_read"))["last_read_seq"] == 3
    assert (await overview())[0] == 1
    assert (await tab.call("mark_read", {"room_id": room["id"], "seq": 1}))["last_read_seq"] == 3
    assert (await tab.call("mark_read", {"room_id": room["id"], "seq": 2**40}))["last_read_seq"] == 5
    assert (await overview())[0] == 0
    detail = (await bob.get(f"/api/rooms/{room['id']}")).expect(200)
    assert (detail["last_seq"], detail["last_read_seq"]) == (5, 5)


async def test_what_was_said_before_i_joined_is_no_news(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await ann.say(room, "early")
    await bob.join(room)
    rooms = (await bob.get("/api/messages/overview")).expect(200)["rooms"]
    assert [r["unread_count"] for r in rooms if r["room_id"] == room["id"]] == [0]


async def test_the_overview_says_as_of_which_change_it_tells(people: People):
    ann = await people.one("ann")
    room, silent = await ann.make_room(), await ann.make_room()
    for number in range(3):
        await ann.say(room, str(number))
    rooms = (await ann.get("/api/messages/overview")).expect(200)["rooms"]
    told = {row["room_id"]: row["last_seq"] for row in rooms}
    assert (told[room["id"]], told[silent["id"]]) == (3, 0)


NOTHING_SEEN = [" \n\t　", "\u200b\u200d\u2060", "\u3164\u115f", "\u2800", "\ufe0f"]


@pytest.mark.parametrize(
    "body", [{}, {"content": ""}, *({"content": text} for text in NOTHING_SEEN), {"message_type": "file"}]
)
async def test_an_empty_message_is_refused_by_name_either_way(people: People, body: dict[str, object]):
    ann = await people.one("ann")
    room = await ann.make_room()
    to_room = {"room_id": room["id"], **body}
    for answer in (await ann.post(f"/api/messages/{room['id']}", body), await ann.post("/api/messages/", to_room)):
        assert answer.expect(400)["error"]["code"] == "empty_message"
    ear = await ann.connect()
    ack = await ear.call("send_message", to_room)
    assert (ack["ok"], ack["error"]["code"], ack["error"]["message"]) == (
        False,
        "empty_message",
        "The message is empty.",
    )
    await ear.emit("send_message", to_room)
    await ear.hears_refusal("empty_message")
    assert await ann.history(room) == []
