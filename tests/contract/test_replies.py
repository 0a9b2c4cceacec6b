"""The contract's section on replies: what they quote, the chains that they make, and how chains are counted."""

from tests.contract.test_message_verbs import of
from tests.contract.test_room_order import at, with_members
from tests.people import Payload, People, Person


async def reply(person: Person, message: Payload, content: str) -> Payload:
    return await person.say({"id": message["room_id"]}, content, reply_to_id=message["id"])


async def test_a_reply_quotes_what_it_answers_and_counts_at_the_first_of_its_chain(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_ann = await ann.connect()
    first = await ann.say(room, "x" * 300)
    assert (first["reply_to"], first["thread_id"], first["reply_count"]) == (None, None, 0)

    second = await reply(bob, first, "an answer")
    third = await reply(ann, second, "and one to it")

    assert (second["reply_to_id"], second["thread_id"]) == (first["id"], first["id"])
    assert second["reply_to"] == {
        "id": first["id"],
        "seq": first["seq"],
        "user_id": ann.id,
        "username": ann.name,
        "display_name": None,
        "content": "x" * 200,
        "message_type": "text",
        "is_deleted": False,
        "attachment": None,
    }
    assert (third["reply_to"]["id"], third["thread_id"]) == (second["id"], first["id"])
    assert await of_ann.hears("new_message", id=second["id"]) == second
    counted = await of_ann.hears("message_updated", id=first["id"], reply_count=2)
    assert [each["changed_seq"] for each in (first, second, third, counted)] == [
        first["seq"],
        second["seq"],
        third["seq"],
        third["seq"] + 1,
    ]
    assert second["seq"] + 2 == third["seq"]  # the first message's change stands between them
    assert await bob.history(room) == [counted, second, third]


async def test_a_chain_is_read_from_any_of_its_messages_page_by_page(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    first = await ann.say(room, "first")
    replies = [await reply(bob, first, str(number)) for number in range(3)]
    await ann.say(room, "something else")
    whole = (await bob.get(of(first, "thread"))).expect(200)
    assert (whole["root"]["id"], whole["messages"], whole["next_cursor"]) == (first["id"], replies, None)
    assert (await ann.get(of(replies[1], "thread"))).expect(200) == whole
    page = (await ann.get(of(first, "thread"), params={"limit": 2})).expect(200)
    rest = (await ann.get(of(first, "thread"), params={"limit": 2, "cursor": page["next_cursor"]})).expect(200)
    assert (page["messages"] + rest["messages"], rest["next_cursor"]) == (replies, None)
    stranger = await people.one("eve")
    assert (await stranger.get(of(first, "thread"))).code == "not_a_member"


async def test_a_recall_counts_one_less_and_empties_the_quotes_of_it(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_ann = await ann.connect()
    first = await ann.say(room, "first")
    second = await reply(bob, first, "hasty")
    third = await reply(ann, second, "third")

    await of_ann.catch_up()
    of_ann.forget()
    gone = (await bob.delete(of(second))).expect(200)

    assert (gone["reply_to"], gone["thread_id"]) == (None, first["id"])
    assert (await of_ann.hears("message_updated", id=first["id"], reply_count=1))["changed_seq"] > gone["changed_seq"]
    quote = (await ann.get(of(third))).expect(200)["reply_to"]
    assert (quote["content"], quote["is_deleted"]) == ("", True)
    answer = await ann.post(f"/api/messages/{room['id']}", {"content": "late", "reply_to_id": second["id"]})
    assert (answer.status, answer.code) == (409, "message_deleted")
    synced = (await of_ann.call("sync", {"rooms": {str(room["id"]): third["seq"]}}))["rooms"][str(room["id"])]
    assert {each["id"] for each in synced["messages"]} == {first["id"], second["id"]}


async def test_a_quote_is_what_it_quotes_now(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    first = await ann.say(room, "first")
    second = await reply(bob, first, "second")
    (await ann.patch(of(first), {"content": "first, put right"})).expect(200)
    assert (await bob.get(of(second))).expect(200)["reply_to"]["content"] == "first, put right"


async def test_what_stands_elsewhere_or_was_said_by_nobody_is_not_answered(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    other = await ann.make_room()
    elsewhere = await ann.say(other, "elsewhere")
    of_bob = await bob.connect()
    (line, *_) = await ann.timeline(room)
    for message_id, status, code in (
        (elsewhere["id"], 400, "reply_elsewhere"),
        (10**12, 400, "reply_elsewhere"),
        (line["id"], 409, "system_message"),
        (0, 400, "invalid_input"),
        ("1", 400, "invalid_input"),
    ):
        draft = {"content": "so", "reply_to_id": message_id}
        for answer in (
            await ann.post(f"/api/messages/{room['id']}", draft),
            await ann.post("/api/messages/", {"room_id": room["id"], **draft}),
        ):
            assert (answer.status, answer.code) == (status, code), message_id
        ack = await of_bob.call("send_message", {"room_id": room["id"], **draft})
        assert ack["error"]["code"] == code
    assert [each["content"] for each in await ann.history(room)] == []


async def test_a_reply_sent_again_counts_once(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    first = await ann.say(room, "first")
    draft = {"content": "once", "reply_to_id": first["id"], "client_id": "one"}
    answers = [await bob.post(f"/api/messages/{room['id']}", draft) for _ in range(3)]
    assert [answer.status for answer in answers] == [201, 200, 200]
    assert len({answer.body["id"] for answer in answers}) == 1
    assert (await ann.get(of(first))).expect(200)["reply_count"] == 1


async def test_where_newcomers_are_not_shown_the_past_quotes_have_no_words(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    before = await ann.say(room, "a secret of before")
    (await ann.put(at(room), {"history": "since_joining"})).expect(200)
    await bob.join(room)
    of_bob = await bob.connect()
    answer = await reply(ann, before, "as I said")
    assert (answer["reply_to"]["id"], answer["reply_to"]["content"]) == (before["id"], "")
    assert (await of_bob.hears("new_message", id=answer["id"]))["reply_to"]["content"] == ""
    await of_bob.catch_up()
    assert of_bob.all("message_updated") == []
    assert (await bob.get(of(answer, "thread"))).code == "message_not_found"
    refused = await bob.post(f"/api/messages/{room['id']}", {"content": "what?", "reply_to_id": before["id"]})
    assert refused.code == "reply_elsewhere"
