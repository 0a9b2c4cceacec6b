import json

from tests.people import People, Person

POLLING = "/socket.io/?EIO=4&transport=polling"


async def open_session(person: Person) -> str:
    """The path of a new polling session."""
    opened = await person.get(POLLING)
    path = f"{POLLING}&sid={json.loads(opened.text[1:])['sid']}"
    answer = await person.post(path, data="40" + json.dumps({"token": person.token}))
    assert answer.status == 200
    return path


async def test_a_post_for_an_ended_session_is_refused(people: People) -> None:
    person = await people.one()
    path = await open_session(person)
    assert (await person.post(path, data="1")).status == 200  # the client's goodbye
    assert (await person.post(path, data="2")).status == 400


async def test_a_goodbye_may_be_followed_by_more_in_the_same_post(people: People) -> None:
    person = await people.one()
    path = await open_session(person)
    assert (await person.post(path, data="1\x1e40\x1e1")).status < 500
    assert (await person.get(path)).status == 400


async def test_an_answer_of_the_sockets_is_not_to_be_sniffed(people: People) -> None:
    person = await people.one()
    for path in (POLLING, "/socket.io/?EIO=3", f"{POLLING}&sid=unknown"):
        assert (await person.get(path)).headers["X-Content-Type-Options"] == "nosniff"
