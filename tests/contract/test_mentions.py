"""The contract's section on mentions: whom "@" names, that edits and recalls follow, and who may call everybody."""

import pytest

from tests.contract.test_message_verbs import of
from tests.contract.test_room_order import with_members
from tests.people import Payload, People, Person


async def called(people: People, name: str, room: Payload) -> Person:
    """A member of that very name."""
    person = people.newcomer()
    person.name = name
    await person.register()
    await person.join(room)
    return person


async def test_a_message_mentions_members_by_name_and_keeps_it_wherever_it_is_read(people: People):
    room, (ann, bob, cat) = await with_members(people, "ann", "bob", "cat")
    of_bob = await bob.connect()
    said = await ann.say(room, f"@{cat.name} and (@{bob.name.upper()}): @{cat.name}!")
    assert (said["mentions"], said["mentions_all"]) == ([cat.id, bob.id], False)
    assert await of_bob.hears("new_message", id=said["id"]) == said
    assert await bob.history(room) == [said]
    ack = await of_bob.call("send_message", {"room_id": room["id"], "content": f"＠{ann.name}"})
    assert ack["message"]["mentions"] == [ann.id]
    synced = (await of_bob.call("sync", {"rooms": {str(room["id"]): said["seq"]}}))["rooms"][str(room["id"])]
    assert [each["mentions"] for each in synced["messages"]] == [[ann.id]]


@pytest.mark.parametrize(
    "words",
    [
        "mail{at}",
        "a_{at}",
        "x/{at}",
        "{at}s",
        "{at}_",
        "`{at}`",
        "``a ` {at}``",
        "```\n{at}\n```",
        "~~~\n{at}",
        "@ {at}",
    ],
)
async def test_what_is_no_word_of_its_own_and_what_is_code_mentions_nobody(people: People, words: str):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = await ann.say(room, words.replace("@ {at}", f"@ {bob.name}").replace("{at}", f"@{bob.name}"))
    assert said["mentions"] == []


@pytest.mark.parametrize(
    "words", ["你好{at}", "{at}你好", "*{at}*", "`a` {at} `b`", "\\`{at} `", "```\n```\n{at}", "“{at}”"]
)
async def test_words_end_where_their_script_ends_them(people: People, words: str):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    said = await ann.say(room, words.replace("{at}", f"@{bob.name}"))
    assert said["mentions"] == [bob.id]


async def test_the_longest_name_is_meant_and_only_members_are(people: People):
    room, (ann, short) = await with_members(people, "ann", "mo")
    longer, outside = await called(people, f"{short.name}_x", room), await people.one("eve")
    said = await ann.say(room, f"@{longer.name} @{short.name}, @{outside.name} @nobody @")
    assert said["mentions"] == [longer.id, short.id]


async def test_a_chinese_name_is_found_in_the_midst_of_a_sentence(people: People):
    room, (ann,) = await with_members(people, "ann")
    name = "小明" + str(ann.id).translate(DIGITS)
    ming, mingming = [await called(people, each, room) for each in (name, f"{name}明")]
    said = await ann.say(room, f"请@{ming.name}看一下，还有@{mingming.name}也来")
    assert said["mentions"] == [ming.id, mingming.id]


DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


async def mentions_of(person: Person, room: Payload) -> int:
    """How many are counted for somebody."""
    rooms = (await person.get("/api/messages/overview")).expect(200)["rooms"]
    return next(each["mention_count"] for each in rooms if each["room_id"] == room["id"])


async def test_an_edit_mentions_whom_the_new_words_name_and_a_recall_nobody(people: People):
    room, (ann, bob, cat) = await with_members(people, "ann", "bob", "cat")
    said = await ann.say(room, f"@{bob.name} @all")
    assert (said["mentions"], said["mentions_all"]) == ([bob.id], True)
    edited = (await ann.patch(of(said), {"content": f"@{cat.name}"})).expect(200)
    assert (edited["mentions"], edited["mentions_all"]) == ([cat.id], False)
    assert await mentions_of(cat, room) == 1
    gone = (await ann.delete(of(said))).expect(200)
    assert await mentions_of(cat, room) == 0
    assert (gone["mentions"], gone["mentions_all"]) == ([], False)
    assert await ann.history(room) == [gone]


async def test_everybody_is_called_by_those_who_manage_a_room_and_in_a_small_one_by_all(people: People):
    room, (owner, member) = await with_members(people, "owner", "member")
    assert (await member.say(room, "@所有人 看"))["mentions_all"]
    assert (await member.say(room, "＠ALL"))["mentions_all"]
    assert not (await member.say(room, "@allies"))["mentions_all"]
    others = await people(*["one"] * 19)
    for each in others:
        await each.join(room)
    assert not (await member.say(room, "@all"))["mentions_all"]
    assert (await owner.say(room, "@all"))["mentions_all"]


async def test_repeating_a_message_mentions_once(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    draft: Payload = {"content": f"@{bob.name}", "client_id": "one"}
    first = (await ann.post(f"/api/messages/{room['id']}", draft)).expect(201)
    again = (await ann.post(f"/api/messages/{room['id']}", draft)).expect(200)
    assert first == again
    assert first["mentions"] == [bob.id]


async def test_people_are_mentioned_by_the_name_that_they_show_too(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    name = f"Bobby {bob.id} Tables"
    (await bob.patch("/api/auth/me", {"display_name": name})).expect(200)
    assert (await ann.say(room, f"hey @{name.upper()}, look"))["mentions"] == [bob.id]
    assert (await ann.say(room, f"and @{bob.name}"))["mentions"] == [bob.id]
    assert (await ann.say(room, "@Bobby"))["mentions"] == []
