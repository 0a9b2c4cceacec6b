"""Several files in one message."""

from tests.contract.test_message_verbs import of
from tests.contract.test_room_order import with_members
from tests.files import fetch, stored, until_stored, upload
from tests.index import indexed
from tests.people import Payload, People, Person, people_at
from tests.server import LanChat
from tests.unit.files import samples


async def uploaded(person: Person, *names: str) -> list[str]:
    """Paths; what is called a picture is one."""
    contents = [samples.png() if name.endswith(".png") else name.encode() for name in names]
    answers = [await upload(person, content, name) for content, name in zip(contents, names, strict=True)]
    return [answer.expect(201)["file_path"] for answer in answers]


def names(message: Payload) -> list[str]:
    return [file["filename"] for file in message["attachments"]]


async def test_several_pictures_are_one_message_in_their_order(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    of_bob = await bob.connect()
    paths = await uploaded(ann, "a.png", "b.png", "c.png")

    said = await ann.say(room, "the trip", file_paths=[paths[2], paths[0], paths[1], paths[0]])

    assert (said["content"], said["message_type"]) == ("the trip", "image")
    assert names(said) == ["c.png", "a.png", "b.png"]
    assert said["attachment"] == said["attachments"][0]
    assert await of_bob.hears("new_message") == said
    assert await bob.history(room) == [*(await ann.history(room))[:-1], said]
    assert (await bob.get(of(said))).expect(200) == said
    for path in paths:
        assert (await fetch(bob, path)).status == 200


async def test_what_is_mixed_is_of_files_and_without_words_says_the_first_path(people: People):
    room, (ann,) = await with_members(people, "ann")
    paths = await uploaded(ann, "a.png", "b.txt")
    said = await ann.say(room, "", file_paths=paths)
    assert (said["message_type"], said["content"]) == ("file", paths[0])
    alone = await ann.say(room, "", file_paths=paths[:1])
    assert (alone["message_type"], names(alone)) == ("image", ["a.png"])
    plain = await ann.say(room, "hi")
    assert (plain["attachment"], plain["attachments"]) == (None, [])


async def test_one_to_ten_of_ones_own_and_nothing_beside_them(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    paths = await uploaded(ann, *[f"{number}.txt" for number in range(11)])
    to, room_id = "/api/messages/", room["id"]
    assert (await ann.post(to, {"room_id": room_id, "file_paths": paths})).status == 400
    assert (await ann.post(to, {"room_id": room_id, "file_paths": []})).status == 400
    both = {"room_id": room_id, "file_paths": paths[:2], "file_path": paths[0]}
    assert (await ann.post(to, both)).status == 400
    (of_bob,) = await uploaded(bob, "his.txt")
    assert (await ann.post(to, {"room_id": room_id, "file_paths": [paths[0], of_bob]})).code == "file_not_found"
    ten = {"file_paths": [*paths[:10], paths[0]], "client_id": "ten"}
    said = (await ann.post(f"{to}{room_id}", ten)).expect(201)
    assert len(names(said)) == 10
    assert (await ann.post(f"{to}{room_id}", ten)).expect(200) == said


async def test_a_caption_is_edited_and_the_files_stay(people: People):
    room, (ann,) = await with_members(people, "ann")
    paths = await uploaded(ann, "a.png", "b.png")
    said = await ann.say(room, "one", file_paths=paths)
    edited = (await ann.patch(of(said), {"content": "two"})).expect(200)
    assert (edited["content"], names(edited)) == ("two", ["a.png", "b.png"])
    bare = (await ann.patch(of(said), {"content": " "})).expect(200)
    assert bare["content"] == paths[0]


async def test_a_recall_removes_every_file(own_server: LanChat):
    async with people_at(own_server.url) as people:
        await recall_every_file(own_server, people)


async def recall_every_file(own_server: LanChat, people: People) -> None:
    room, (ann, bob) = await with_members(people, "ann", "bob")
    paths = await uploaded(ann, "a.txt", "b.txt", "c.txt")
    said = await ann.say(room, "see", file_paths=paths)
    assert len(stored(own_server)) == 3
    (other,) = await uploaded(ann, "kept.txt")
    await ann.say(room, "", file_path=other)
    kept = {path for path in stored(own_server) if path.name == other.split("/")[-1]}

    gone = (await ann.delete(of(said))).expect(200)

    assert (gone["attachment"], gone["attachments"], gone["content"]) == (None, [], "")
    await until_stored(own_server, kept)
    for path in paths:
        assert (await fetch(bob, path)).status == 404


async def test_each_file_name_is_found_and_is_gone_after_a_recall(server: LanChat, people: People):
    room, (ann,) = await with_members(people, "ann")
    said = await ann.say(room, "papers", file_paths=await uploaded(ann, "rechnung.pdf", "vertrag.pdf", "plan.png"))

    async def found(**query: str) -> list[int]:
        answer = (await ann.get("/api/search/", params={"room_id": str(room["id"]), **query})).expect(200)
        return [hit["message"]["id"] for hit in answer["hits"]]

    for q in ("rechnung", "vertrag", "plan"):
        assert await found(q=q) == [said["id"]]
    assert await found(has="image") == [said["id"]]
    await indexed(server)
    assert await found(q="vertrag") == [said["id"]]
    (await ann.delete(of(said))).expect(200)
    assert await found(q="vertrag") == []


async def test_an_outsider_reads_none_of_the_files_and_a_leaver_none_any_more(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    eve = (await people("eve"))[0]
    paths = await uploaded(ann, "a.txt", "b.txt")
    await ann.say(room, "", file_paths=paths)
    assert [(await fetch(eve, path)).status for path in paths] == [404, 404]
    assert [(await fetch(bob, path)).status for path in paths] == [200, 200]
    await bob.leave(room["id"])
    assert [(await fetch(bob, path)).status for path in paths] == [404, 404]


async def test_of_files_from_before_ones_time_a_room_that_hides_its_past_shows_none(people: People):
    room, (ann, bob) = await with_members(people, "ann", "bob")
    before = await uploaded(ann, "a.txt", "b.txt")
    await ann.say(room, "", file_paths=before)
    (await ann.put(f"/api/rooms/{room['id']}", {"history": "since_joining"})).expect(200)
    cem = await people.one("cem")
    await cem.join(room)
    after = await uploaded(ann, "c.txt", "d.txt")
    await ann.say(room, "", file_paths=after)
    assert [(await fetch(cem, path)).status for path in (*before, *after)] == [404, 404, 200, 200]
    assert [(await fetch(bob, path)).status for path in (*before, *after)] == [200] * 4
