"""An answer that grows with others' words stops growing, and what it left out comes with the next."""

from tests.people import People

TEXT = "字" * 10_000  # 30 KB
BOUND = 600 << 10  # bytes: 512 KB, and what JSON adds


async def test_a_sync_of_many_full_rooms_comes_in_several_answers(people: People):
    ann = await people.one("ann")
    rooms = [await ann.make_room() for _ in range(5)]
    for room in rooms:
        for _ in range(8):
            await ann.say(room, TEXT)
    ear = await ann.connect()
    have = {str(room["id"]): 0 for room in rooms}
    got = dict.fromkeys(have, 0)
    answers = 0
    while have:
        answer = await ear.call("sync", {"rooms": have})
        assert len(str(answer).encode()) < BOUND
        moved = False
        for key, room in answer["rooms"].items():
            got[key] += len(room["messages"])
            moved = moved or room["last_seq"] > have[key]
            have[key] = room["last_seq"]
            if not room["has_more"]:
                del have[key]
        assert moved
        answers += 1
    assert answers > 1
    assert set(got.values()) == {8}


async def test_a_room_has_one_spelling(people: People):
    ann = await people.one("ann")
    ear = await ann.connect()
    lobby = (await ann.lobby())["id"]
    for key in (f"0{lobby}", f"00{lobby}", "00"):
        ack = await ear.call("sync", {"rooms": {key: 0}})
        assert ack["error"]["code"] == "invalid_input"


async def test_a_page_of_long_messages_is_shorter_and_says_so(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    for _ in range(25):
        await ann.say(room, TEXT)
    seqs, before = list[int](), None
    while True:
        query = {"limit": 100} if before is None else {"limit": 100, "before_seq": before}
        answer = await ann.get(f"/api/messages/{room['id']}", params=query)
        page = answer.expect(200)
        assert len(answer.text.encode()) < BOUND
        seqs = [message["seq"] for message in page["messages"]] + seqs
        if not page["has_more"]:
            break
        before = seqs[0]
    assert seqs == list(range(1, 26))


async def test_an_overview_shows_the_beginning_of_a_long_message(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    await ann.say(room, TEXT)
    rooms = (await ann.get("/api/messages/overview")).expect(200)["rooms"]
    (mine,) = (one for one in rooms if one["room_id"] == room["id"])
    assert mine["last_message"]["content"] == TEXT[:500]
