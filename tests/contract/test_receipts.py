"""How far a message came: sent, delivered, seen."""

from tests.people import Payload, People, Person


async def test_the_author_hears_that_a_message_was_delivered_and_then_seen(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    author, reader = await ann.connect(), await bob.connect()
    message = await ann.say(room, "is anybody there?")
    here, mine = {"user_id": bob.id, "seq": message["seq"]}, {"room_id": room["id"], "seq": message["seq"]}

    assert (await reader.call("mark_delivered", mine)) == {"ok": True}
    delivered = await author.hears("receipts_update", lambda r: r["room_id"] == room["id"])
    assert here in delivered["delivered"]
    assert here not in delivered["seen"]

    await reader.call("mark_read", mine)
    seen = await author.hears("receipts_update", lambda r: r["room_id"] == room["id"] and here in r["seen"])
    assert here in seen["delivered"]

    rooms = (await ann.get("/api/messages/overview")).expect(200)["rooms"]
    kept = next(r["receipts"] for r in rooms if r["room_id"] == room["id"])
    assert here in kept["seen"], "it is still there after a reload"


async def test_reading_a_message_says_that_it_was_delivered(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    author, reader = await ann.connect(), await bob.connect()
    message = await ann.say(room, "hello")
    await reader.call("mark_read", {"room_id": room["id"], "seq": message["seq"]})
    update = await author.hears("receipts_update", lambda r: r["room_id"] == room["id"])
    assert {"user_id": bob.id, "seq": message["seq"]} in update["delivered"]


async def test_many_readers_cost_two_updates_at_most(people: People):
    """Every reader of a big room marks every message: all of that to everybody would be N squared."""
    crowd = await people(*(f"reader{number}" for number in range(6)))
    ann = crowd[0]
    room = await ann.make_room()
    for reader in crowd[1:]:
        await reader.join(room)
    author = await ann.connect()
    tabs = [await reader.connect() for reader in crowd[1:]]
    message = await ann.say(room, "read this")
    for tab in tabs:
        await tab.call("mark_read", {"room_id": room["id"], "seq": message["seq"]})
    await author.hears("receipts_update", lambda r: r["room_id"] == room["id"] and len(r["seen"]) == 2)
    await ann.say(room, "the end")
    await author.hears("new_message", lambda m: m["content"] == "the end")
    updates = author.all("receipts_update", room_id=room["id"])
    assert len(updates) <= 2


async def test_only_members_learn_who_has_read_a_message(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    room = await ann.make_room()
    await bob.join(room)
    message = await ann.say(room, "secret")
    tab = await bob.connect()
    await tab.call("mark_read", {"room_id": room["id"], "seq": message["seq"]})
    path = f"/api/messages/{room['id']}/{message['seq']}/readers"
    answer = (await ann.get(path)).expect(200)
    assert bob.name in [reader["username"] for reader in answer["readers"]]
    (await eve.get(path)).expect(403)
    stranger = await eve.connect()
    for event in ("mark_read", "mark_delivered"):
        refusal = await stranger.call(event, {"room_id": room["id"], "seq": 1})
        assert refusal["error"]["code"] == "not_a_member"


async def unread_of(who: Person, room: Payload) -> tuple[int, int | None]:
    """How many messages of a room are unread, and the first of them."""
    rooms = (await who.get("/api/messages/overview")).expect(200)["rooms"]
    found = next(each for each in rooms if each["room_id"] == room["id"])
    return found["unread_count"], found["first_unread_seq"]


async def test_what_i_mark_unread_is_unread_on_all_my_devices_and_others_still_see_that_i_read_it(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    first, second, third = [await ann.say(room, words) for words in ("one", "two", "three")]
    tab, phone = await bob.connect(), await bob.connect()
    assert await unread_of(bob, room) == (3, first["seq"])
    await tab.call("mark_read", {"room_id": room["id"], "seq": third["seq"]})
    await phone.hears("room_read", last_read_seq=third["seq"], is_back=False)
    assert await unread_of(bob, room) == (0, None)

    path = f"/api/rooms/{room['id']}/unread"
    back = (await bob.post(path, {"seq": second["seq"]})).expect(200)
    assert back == {"last_read_seq": second["seq"] - 1}
    for each in (tab, phone):
        await each.hears("room_read", room_id=room["id"], last_read_seq=second["seq"] - 1, is_back=True)
    assert await unread_of(bob, room) == (2, second["seq"])
    assert (await bob.get(f"/api/rooms/{room['id']}")).expect(200)["last_read_seq"] == second["seq"] - 1
    readers = (await ann.get(f"/api/messages/{room['id']}/{third['seq']}/readers")).expect(200)["readers"]
    assert bob.name in [reader["username"] for reader in readers]

    assert (await bob.post(path, {"seq": third["seq"]})).expect(200) == back, "it is unread already"
    await tab.call("mark_read", {"room_id": room["id"], "seq": third["seq"]})
    await phone.hears("room_read", last_read_seq=third["seq"], is_back=False)
    assert await unread_of(bob, room) == (0, None)


async def test_nobody_marks_unread_what_they_may_not_read(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    room, other = await ann.make_room(), await eve.make_room()
    await bob.join(room)
    await ann.say(room, "secret")
    await bob.leave(room["id"])
    for who in (eve, bob):
        assert (await who.post(f"/api/rooms/{room['id']}/unread", {"seq": 1})).expect(403)["error"]["code"] == (
            "not_a_member"
        )
    assert (await eve.post("/api/rooms/999999/unread", {"seq": 1})).code == "room_not_found"
    for body in ({}, {"seq": 0}, {"seq": "one"}):
        assert (await eve.post(f"/api/rooms/{other['id']}/unread", body)).status in {400, 422}


async def test_where_the_past_is_hidden_none_of_it_becomes_unread(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    (await ann.put(f"/api/rooms/{room['id']}", {"history": "since_joining"})).expect(200)
    await ann.say(room, "before")
    await bob.join(room)
    said = await ann.say(room, "after")
    (await bob.post(f"/api/rooms/{room['id']}/unread", {"seq": 1})).expect(200)
    assert await unread_of(bob, room) == (1, said["seq"])


async def prefers(who: Person, **wish: object) -> Payload:
    return (await who.patch("/api/auth/me/preferences", wish)).expect(200)


async def receipts_of(who: Person, room: Payload) -> Payload:
    rooms = (await who.get("/api/messages/overview")).expect(200)["rooms"]
    return next(each["receipts"] for each in rooms if each["room_id"] == room["id"])


async def test_who_hides_how_far_they_read_is_seen_by_nobody_and_sees_it_of_nobody(people: People):
    ann, bob, eve = await people("ann", "bob", "eve")
    room = await ann.make_room()
    for each in (bob, eve):
        await each.join(room)
    before = await ann.say(room, "before")
    author, hidden, reader = await ann.connect(), await bob.connect(), await eve.connect()
    await hidden.call("mark_read", {"room_id": room["id"], "seq": before["seq"]})
    await author.hears("receipts_update", lambda r: bob.id in [each["user_id"] for each in r["seen"]])

    await prefers(bob, show_read_receipts=False)
    message = await ann.say(room, "after")
    path = f"/api/messages/{room['id']}"
    for ear, of in ((hidden, bob), (reader, eve)):
        author.forget(), hidden.forget()
        await ear.call("mark_read", {"room_id": room["id"], "seq": message["seq"]})
        told = await author.hears("receipts_update", lambda r, of=of: of.id in [e["user_id"] for e in r["delivered"]])
        assert {each["user_id"]: each["seq"] for each in told["seen"]}.get(bob.id, 0) == 0
        assert (await hidden.hears("receipts_update"))["seen"] == []
    seqs = {each["user_id"]: each["seq"] for each in (await receipts_of(ann, room))["seen"]}
    assert seqs.get(bob.id, 0) == 0
    assert seqs[eve.id] == message["seq"]
    for part in (f"{message['seq']}/readers", f"{message['id']}/read-by", "0/readers"):
        found = (await ann.get(f"{path}/{part}")).expect(200)
        assert bob.name not in [reader["username"] for reader in found["readers"]]
        assert found["total"] == len(found["readers"])
        assert (await bob.get(f"{path}/{part}")).expect(200) == {"readers": [], "total": 0}
    assert (await receipts_of(bob, room))["seen"] == []
    assert await unread_of(bob, room) == (0, None), "their own marks are kept"
    other = await ann.make_room()
    await ann.say(other, "what they haven't heard")
    await bob.join(other)
    assert {each["user_id"]: each["seq"] for each in (await receipts_of(ann, other))["seen"]}[bob.id] == 0

    await prefers(bob, show_read_receipts=True)
    last = await ann.say(room, "at last")
    await hidden.call("mark_read", {"room_id": room["id"], "seq": last["seq"]})
    here = {"user_id": bob.id, "seq": last["seq"]}
    await author.hears("receipts_update", lambda r: here in r["seen"])
    await hidden.hears("receipts_update", lambda r: here in r["seen"])
    assert here in (await receipts_of(bob, room))["seen"]


async def test_what_i_prefer_is_mine_on_all_my_devices_and_what_is_left_out_stays(people: People):
    ann, bob = await people("ann", "bob")
    phone, other = await ann.connect(), await bob.connect()
    default = {"show_read_receipts": True, "dnd_from": None, "dnd_until": None, "dnd_zone": None}
    assert (await ann.get("/api/auth/me")).expect(200)["preferences"] == default
    night = {"dnd_from": "22:00", "dnd_until": "07:30", "dnd_zone": "Asia/Shanghai"}
    assert await prefers(ann, **night) == default | night
    assert (await phone.hears("preferences_updated"))["preferences"] == default | night
    assert await prefers(ann, show_read_receipts=False) == default | night | {"show_read_receipts": False}
    now = await prefers(ann, dnd_from=None, dnd_until=None, show_read_receipts=None)
    assert now == default | {"dnd_zone": "Asia/Shanghai"}
    assert (await ann.get("/api/auth/me")).expect(200)["preferences"] == now
    await other.catch_up()
    assert not other.all("preferences_updated")
    assert "preferences" not in (await bob.get("/api/rooms/1/members")).text
    for wish in ({"dnd_from": "24:00"}, {"dnd_until": "7:00"}, {"dnd_zone": "Mars/Olympus"}, {"dnd_zone": "../x"}, {}):
        assert (await ann.patch("/api/auth/me/preferences", wish)).code == "invalid_input"


async def test_whoever_came_later_is_not_among_the_readers(people: People):
    ann, bob, cem = await people("ann", "bob", "cem")
    room = await ann.make_room()
    await bob.join(room)
    said = await ann.say(room, "before cem")
    ear = await bob.connect()
    await ear.call("mark_read", {"room_id": room["id"], "seq": said["seq"]})
    await cem.join(room)

    for part in (f"{said['seq']}/readers", f"{said['id']}/read-by"):
        found = (await ann.get(f"/api/messages/{room['id']}/{part}")).expect(200)
        assert [reader["id"] for reader in found["readers"]] == [bob.id]
        assert found["total"] == 1

    later = await ann.say(room, "with cem")
    of_cem = await cem.connect()
    await of_cem.call("mark_read", {"room_id": room["id"], "seq": later["seq"]})
    found = (await ann.get(f"/api/messages/{room['id']}/{later['id']}/read-by")).expect(200)
    assert cem.id in [reader["id"] for reader in found["readers"]]
