"""`GET /api/search/`: what is found, in what order, and by whom."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files import upload
from tests.index import indexed
from tests.people import Payload, People, Person, people_at
from tests.server import LanChat
from tests.unit.files import samples


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    with LanChat(tmp_path_factory.mktemp("searched") / "data", "--limits", "off").start() as running:
        yield running
        running.end_well()


@pytest.fixture
async def people(searched: LanChat) -> AsyncIterator[People]:
    async with people_at(searched.url) as people:
        yield people


async def find(person: Person, q: str = "", **asked: Any) -> Payload:
    return (await person.get("/api/search/", params={"q": q, **asked})).expect(200)


async def found(person: Person, q: str = "", **asked: Any) -> list[str]:
    return [hit["message"]["content"] for hit in (await find(person, q, **asked))["hits"]]


WORDS = [
    ("数据库坏了，请修一下", ["数据", "据库", "库", "数据库", "shujuku", "sjk", "shuju", "數據", "shujukuhuai"]),
    (
        "Project kick-off at the Café",
        ["proj", "PROJECT", "cafe", "café", "kick", "off at", '"kick-off"', "-nothere pro"],
    ),
    ("C++ beats C# 😀", ["c++", "c#", "😀", "beats c"]),
    ("重庆的银行", ["chongqing", "cq", "zhongqing", "yinhang", "yinxing"]),
    ("см. Проект №5", ["проек", "ПРОЕКТ", "№5", "no5"]),
]
MISSED = [
    ("数据库坏了，请修一下", ["据数", "数库", "shujukux", '"data"']),
    ("Project kick-off at the Café", ["roject", "afe", '"proj"', "project -kick"]),
]


@pytest.mark.parametrize("is_indexed", [False, True])
async def test_it_is_found_as_people_type_it(searched: LanChat, people: People, is_indexed: bool):
    ann = await people.one()
    room = await ann.make_room()
    for text, _ in WORDS:
        await ann.say(room, text)
    if is_indexed:
        await indexed(searched)
    for text, queries in WORDS:
        for query in queries:
            assert text in await found(ann, query, room_id=room["id"]), query
    for text, queries in MISSED:
        for query in queries:
            assert text not in await found(ann, query, room_id=room["id"]), query


async def test_only_those_who_may_read_it_find_it(searched: LanChat, people: People):
    """Neither strangers, nor who left, nor who came later where the past is hidden; nor is it told that it exists."""
    ann, bob, eve = await people("ann", "bob", "eve")
    room = await ann.make_room(password="let me in")
    await bob.join(room, "let me in")
    await ann.say(room, "the zyxwvut is under the mat")
    await indexed(searched)
    assert len(await found(ann, "zyxwvut")) == len(await found(bob, "zyxwvut")) == 1
    for query in ("zyxwvut", "zyxwvus", "zyxw", "has:link zyxwvut", "-foo zyxwvut"):
        answer = await find(eve, query)
        assert (answer["hits"], answer["suggestion"], answer["next_cursor"]) == ([], None, None)
    assert (await eve.get("/api/search/", params={"q": "zyxwvut", "room_id": room["id"]})).code == "not_a_member"
    assert (await eve.get("/api/search/", params={"q": "zyxwvut", "room_id": 10**6})).code == "room_not_found"
    await bob.leave(room["id"])
    assert await found(bob, "zyxwvut") == []
    (await ann.put(f"/api/rooms/{room['id']}", {"history": "since_joining"})).expect(200)
    await eve.join(room, "let me in")
    assert await found(eve, "zyxwvut", room_id=room["id"]) == []
    await ann.say(room, "the zyxwvut is gone")
    assert await found(eve, "zyxwvut") == ["the zyxwvut is gone"]


async def test_what_was_changed_or_taken_back_is_found_as_it_is_now(searched: LanChat, people: People):
    ann = await people.one()
    room = await ann.make_room()
    said, other = await ann.say(room, "meet at the fountain"), await ann.say(room, "or at the station")
    for _ in range(2):
        (await ann.patch(f"/api/messages/{room['id']}/{said['id']}", {"content": "meet at the bridge"})).expect(200)
        assert await found(ann, "fountain", room_id=room["id"]) == []
        assert await found(ann, "bridge", room_id=room["id"]) == ["meet at the bridge"]
        await indexed(searched)
    (await ann.delete(f"/api/messages/{room['id']}/{other['id']}")).expect(200)
    assert await found(ann, "station", room_id=room["id"]) == []


async def test_filters_stand_among_the_words_or_beside_them(people: People):
    ann, bob = await people("ann", "bob")
    room, other = await ann.make_room("The Workshop 工坊"), await ann.make_room()
    await bob.join(room)
    await ann.say(room, "lathe is free")
    await bob.say(room, "lathe is mine, see https://example.org/lathe")
    await ann.say(other, "lathe elsewhere")
    notes = (await upload(ann, b"x", "lathe 手册.pdf")).expect(201)["file_path"]
    photo = (await upload(ann, samples.png(), "photo.png")).expect(201)["file_path"]
    await ann.say(room, notes, message_type="file", file_path=notes)
    await ann.say(room, "the lathe itself", message_type="image", file_path=photo)
    mine = f'in:"{room["name"]}"'
    assert await found(ann, f"lathe from:{bob.name}") == ["lathe is mine, see https://example.org/lathe"]
    (await bob.patch("/api/auth/me", {"display_name": f"Bob {bob.id} 王"})).expect(200)
    assert len(await found(ann, f'lathe from:"bob {bob.id} 王"')) == 1
    assert await found(ann, "lathe", **{"from": bob.name}) == await found(ann, f"lathe from:{bob.name}")
    assert await found(ann, f"lathe {mine}", sort="newest") == [
        "the lathe itself",
        notes,
        "lathe is mine, see https://example.org/lathe",
        "lathe is free",
    ]
    assert await found(ann, f"shouce {mine}") == [notes]
    assert await found(ann, f"has:file {mine}") == ["the lathe itself", notes]
    assert await found(ann, has="image", room_id=room["id"]) == ["the lathe itself"]
    assert len(await found(ann, f"has:link {mine}")) == 1
    assert await found(ann, f"lathe {mine} before:2020-01-01") == []
    assert len(await found(ann, f"lathe {mine} after:2020-01-01 -free -elsewhere")) == 3
    assert await found(ann, "lathe in:nowhere from:nobody") == []
    await ann.say(room, "note:this has:everything")
    assert await found(ann, "has:everything note:this") == ["note:this has:everything"]
    assert (await find(ann, f"has:file {mine}"))["hits"][1]["room"] == {
        "id": room["id"],
        "name": room["name"],
        "kind": "room",
    }


async def test_files_are_found_by_their_names_alone(searched: LanChat, people: People):
    ann, eve = await people("ann", "eve")
    room = await ann.make_room(password="let me in")
    names = ("数据库 plan.pdf", "other.png", "Plan B.png")
    paths = [(await upload(ann, b"x", name)).expect(201)["file_path"] for name in names]
    await ann.say(room, "the plan of the 数据库")
    album = await ann.say(room, "see the photo", file_paths=paths)
    await ann.say(room, "a plan, too", file_path=paths[1])
    for is_indexed in (False, True):
        for query, files in {"plan": [0, 2], "sjk": [0], "plan b": [0, 2], "photo": []}.items():
            answer = await find(ann, query, names="true", room_id=room["id"])
            found = [(hit["message"]["id"], hit["files"]) for hit in answer["hits"]]
            assert found == ([] if not files else [(album["id"], files)]), (query, is_indexed)
        await indexed(searched)
    [hit] = (await find(ann, "see", room_id=room["id"]))["hits"]
    assert hit["files"] == []
    answer = await find(eve, "plan", names="true")
    assert (answer["hits"], answer["suggestion"]) == ([], None)


async def test_days_begin_where_the_reader_is(people: People):
    ann = await people.one()
    room = await ann.make_room()
    said = await ann.say(room, "good morning")
    day, zones = said["timestamp"][:10], ("Pacific/Kiritimati", "Etc/GMT+12", "UTC")
    seen = [len(await found(ann, f"morning after:{day}", room_id=room["id"], tz=zone)) for zone in zones]
    assert seen[2] == 1
    assert (await ann.get("/api/search/", params={"q": "x", "tz": "Nowhere/Land"})).code == "invalid_input"
    assert await found(ann, f"morning before:{day}", room_id=room["id"]) == []


@pytest.mark.parametrize("query", ["", "   ", "-this", "-this -that", '""', "，。！", "-has:file"])
async def test_nothing_to_look_for_is_refused(people: People, query: str):
    ann = await people.one()
    answer = await ann.get("/api/search/", params={"q": query})
    assert (answer.status, answer.code) == (400, "empty_query")


async def test_all_of_it_is_found_page_by_page(searched: LanChat, people: People):
    ann = await people.one()
    room = await ann.make_room()
    said = [(await ann.say(room, f"apple {number}" if number % 3 else "pear"))["content"] for number in range(40)]
    await indexed(searched)
    for sort in ("newest", "best"):
        seen, cursor = [], {}
        while True:
            answer = await find(ann, "apple", room_id=room["id"], limit=7, sort=sort, **cursor)
            seen += [hit["message"]["content"] for hit in answer["hits"]]
            if answer["next_cursor"] is None:
                break
            cursor = {"cursor": answer["next_cursor"]}
        assert seen == [text for text in reversed(said) if text.startswith("apple")]


async def test_the_best_come_first_if_they_are_asked_for(people: People):
    ann = await people.one()
    room = await ann.make_room()
    for text in ("blue paint", "paint it blueish", "bluebells and paintings", "blue, then more paint"):
        await ann.say(room, text)
    assert (await found(ann, "blue paint", room_id=room["id"], sort="best"))[0] == "blue paint"
    assert (await found(ann, "blue paint", room_id=room["id"]))[0] == "blue, then more paint"


async def test_the_hits_are_marked_as_javascript_counts(people: People):
    ann = await people.one()
    room = await ann.make_room()
    text = "😀 Ünïted 數據庫, united"
    await ann.say(room, text)
    [hit] = (await find(ann, "united", room_id=room["id"]))["hits"]
    assert [marked(text, span) for span in hit["highlights"]] == ["Ünïted", "united"]
    [hit] = (await find(ann, "sjk 😀", room_id=room["id"]))["hits"]
    assert [marked(text, span) for span in hit["highlights"]] == ["😀", "數據庫"]


def marked(text: str, span: list[int]) -> str:
    units = text.encode("utf-16-le")
    return units[2 * span[0] : 2 * span[1]].decode("utf-16-le")


async def test_what_was_meant_is_offered_and_never_mixed_in(searched: LanChat, people: People):
    ann, eve = await people("ann", "eve")
    room = await ann.make_room(password="let me in")
    await ann.say(room, "the database holds 数据")
    await indexed(searched)
    for typed, meant in {"databse": "database", "数居": "数据", "holds databsae": "holds database"}.items():
        answer = await find(ann, typed, room_id=room["id"])
        assert (answer["hits"], answer["suggestion"]) == ([], meant)
        assert len(await found(ann, meant)) >= 1
    assert (await find(eve, "databse"))["suggestion"] is None, "others' words are nobody's suggestion"
    assert (await find(ann, "qqqqqqqq"))["suggestion"] is None


TEXT = st.text(st.sampled_from("ab c数据库é.-😀1\n"), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=12)
@given(texts=st.lists(TEXT, min_size=1, max_size=12), queries=st.lists(TEXT, min_size=1, max_size=8))
def test_the_index_finds_what_a_scan_finds(searched: LanChat, texts: list[str], queries: list[str]):
    async def compare() -> None:
        async with people_at(searched.url) as people:
            ann = await people.one()
            room = await ann.make_room()
            for text in texts:
                await ann.say(room, text)
            scanned = [await answer(ann, query, room) for query in queries]
            await indexed(searched)
            assert [await answer(ann, query, room) for query in queries] == scanned

    asyncio.run(compare())


async def answer(person: Person, query: str, room: Payload) -> tuple[int, Any]:
    """Before the index has them, messages are looked through one by one."""
    reply = await person.get("/api/search/", params={"q": query, "room_id": room["id"], "limit": 100})
    hits = reply.body.get("hits")
    return reply.status, hits and [(hit["message"]["id"], hit["highlights"]) for hit in hits]


async def test_what_was_said_between_two_is_found_under_the_name_of_the_other(people: People):
    ann, bob = await people("ann", "bob")
    room = (await ann.post("/api/direct/", {"user_ids": [bob.id]})).expect(201)
    await ann.say(room, f"unterhaltung{ann.id}")
    for who, other in ((ann, bob), (bob, ann)):
        (hit,) = (await who.get("/api/search/", params={"q": f"unterhaltung{ann.id}"})).expect(200)["hits"]
        assert hit["room"] == {"id": room["id"], "name": other.name, "kind": "direct"}
