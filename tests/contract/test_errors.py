"""The one shape of an error over REST: every status, in both languages."""

import asyncio
import io
import json

import pytest

from tests.people import PASSWORD, People, Person, Reply


def check_shape(answer: Reply, status: int, code: str) -> None:
    body = answer.expect(status)
    assert answer.headers["Content-Type"] == "application/json"
    assert set(body) == {"error", "detail"}
    assert set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["code"] == code
    assert body["detail"] == body["error"]["message"]
    assert body["detail"]
    assert not body["detail"].startswith("errors.")
    assert isinstance(body["error"]["details"], dict)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_401_and_403_and_404_and_409(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room(password="secret")
    nobody = people.newcomer()

    check_shape(await nobody.get("/api/rooms/"), 401, "not_authenticated")
    check_shape(await bob.get(f"/api/rooms/{room['id']}"), 403, "not_a_member")
    check_shape(await bob.get("/api/rooms/999999"), 404, "room_not_found")
    check_shape(await bob.post("/api/rooms/", {"name": room["name"]}), 409, "room_name_taken")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/rooms/x/y/z", "/api/auth/register/more"])
async def test_an_unknown_path_of_the_api_is_a_404_whatever_the_method(people: People, path: str, method: str):
    check_shape(await people.newcomer().request(method, path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/api/rooms/", "GET"),
        ("DELETE", "/api/auth/me", "GET"),
        ("GET", "/api/auth/register", "POST"),
        ("PUT", "/api/messages/1/", "POST"),
        ("GET", "/api/upload/", "POST"),
        ("GET", "/api/upload", "POST"),
        ("PATCH", "/api/rooms", "GET"),
        ("PUT", "/api/messages/1", "POST"),
        ("GET", "/api/rooms/1/join", "POST"),
        ("GET", "/api/rooms/1/join/", "POST"),
    ],
)
async def test_a_known_path_with_another_method_is_a_405(people: People, method: str, path: str, allowed: str):
    ann = await people.one("ann")
    answer = await ann.request(method, path)
    check_shape(answer, 405, "method_not_allowed")
    assert allowed in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "invalid_input"),
        (b"\xff\xfe", "invalid_input"),
        (b"[]", "invalid_input"),
        (b'"text"', "invalid_input"),
        (b"null", "invalid_input"),
        (b'{"name": NaN}', "invalid_input"),
        (b'{"name": "\\ud800"}', "invalid_input"),
        (b'{"name":' + b"[" * 7_000 + b"]" * 7_000 + b"}", "invalid_input"),
        (b'{"name": 1e999}', "invalid_input"),
        (b"", "invalid_input"),
    ],
)
async def test_a_malformed_body_is_a_400(people: People, body: bytes, code: str):
    ann = await people.one("ann")
    answer = await ann.post("/api/rooms/", data=body, headers={"Content-Type": "application/json"})
    check_shape(answer, 400, code)
    assert answer.body["error"]["details"]["fields"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "nonsense"])
async def test_json_of_another_type_is_a_415(people: People, content_type: str):
    ann = await people.one("ann")
    answer = await ann.post("/api/rooms/", data=b'{"name": "x"}', headers={"Content-Type": content_type})
    check_shape(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("chunked", [True, False])
async def test_an_oversize_body_is_a_413_that_arrives(people: People, chunked: bool):
    ann = await people.one("ann")
    body = json.dumps({"name": "x" * (3 << 20)}).encode()

    async def pieces():
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    answer = await ann.post(
        "/api/rooms/", data=pieces() if chunked else io.BytesIO(body), headers={"Content-Type": "application/json"}
    )
    check_shape(answer, 413, "too_large")
    assert answer.body["error"]["details"]["limit"] == 16 << 10


async def test_too_many_registrations_from_an_address_are_a_429(people: People):
    person = people.newcomer()
    bad = {"username": "x", "password": PASSWORD, "password2": PASSWORD}
    assert (await person.post("/api/auth/register", bad)).status == 400  # what isn't tried isn't counted
    form = {**bad, "username": "same_name_again"}
    answers = [await person.post("/api/auth/register", form) for _ in range(61)]
    assert [answer.status for answer in answers[1:60]] == [409] * 59
    check_too_many(answers[60])


async def test_failed_log_ins_are_limited_by_account_even_when_sent_at_once(people: People):
    ann, mallory = await people("ann", "mallory")
    guesses = await guess(mallory, "/api/auth/login", 25, lambda n: {"username": ann.name, "password": f"guess {n}"})
    assert guesses.count(401) <= 10
    assert set(guesses) == {401, 429}
    assert (await ann.post("/api/auth/login", data={"username": ann.name, "password": PASSWORD})).status == 200


async def test_failed_log_ins_are_limited_by_address_even_when_sent_at_once(people: People):
    mallory = people.newcomer()
    guesses = await guess(mallory, "/api/auth/login", 35, lambda n: {"username": f"account_{n}", "password": "12345"})
    assert guesses.count(401) <= 20
    assert set(guesses) == {401, 429}


async def test_successful_log_ins_are_no_guesses(people: People):
    ann = await people.one("ann")
    for _ in range(12):
        await ann.log_in()


async def test_wrong_room_passwords_are_limited_even_when_sent_at_once(people: People):
    ann, bob, mallory = await people("ann", "bob", "mallory")
    room = await ann.make_room(password="secret")
    door = f"/api/rooms/{room['id']}/join"
    answers = await asyncio.gather(*(mallory.post(door, {"password": f"guess {n}"}) for n in range(25)))
    statuses = [answer.status for answer in answers]
    assert statuses.count(403) <= 10
    assert set(statuses) == {403, 429}
    # Two of one person wait for their turn at most; what was never looked at doesn't count.
    one_by_one = [(await mallory.post(door, {"password": f"guess {n}"})).status for n in range(11)]
    assert statuses.count(403) + one_by_one.count(403) == 10
    check_too_many(await mallory.post(door, {"password": "secret"}))
    await bob.join(room, "secret")
    assert (await ann.post(door)).status == 200  # members are never asked again


async def test_messages_are_limited_per_user(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    answers = [await ann.post(f"/api/messages/{room['id']}", {"content": str(n)}) for n in range(61)]
    assert [answer.status for answer in answers[:60]] == [201] * 60
    check_too_many(answers[60])
    ear = await ann.connect()
    refused = await ear.call("send_message", {"room_id": room["id"], "content": "by another way"})
    assert refused["error"]["code"] == "too_many"


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("zh-CN", "没有"),
        ("zh-TW,zh;q=0.9,en;q=0.1", "没有"),
        ("en-GB,en;q=0.5", "nothing here"),
        ("fr, en;q=0.2, zh;q=0.1", "nothing here"),
        ("fr", "没有"),
        (";;;=,q=x", "没有"),
    ],
)
async def test_an_error_speaks_the_reader_s_language(people: People, header: str, sentence: str):
    answer = await people.newcomer().get("/api/nothing", headers={"Accept-Language": header})
    assert sentence in answer.expect(404)["detail"]


async def guess(person: Person, path: str, count: int, form) -> list[int]:
    answers = await asyncio.gather(*(person.post(path, data=form(number)) for number in range(count)))
    return [answer.status for answer in answers]


def check_too_many(answer: Reply) -> None:
    check_shape(answer, 429, "too_many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.body["error"]["details"]["retry_after"] == int(answer.headers["Retry-After"])
