"""How far a message came: sent, delivered, seen."""

from tests.people import People


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
