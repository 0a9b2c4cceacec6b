"""Signing in on a further device by a code that the first one shows."""

import asyncio
import sqlite3

from tests.people import PASSWORD, People, Person, Reply
from tests.server import LanChat

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"
PAST = "2020-01-01T00:00:00.000000Z"


async def code_of(person: Person) -> str:
    given = (await person.post("/api/auth/device-code")).expect(200)
    assert given["path"] == f"/device#{given['code']}"
    assert given["lasts"] == 300
    return given["code"]


async def bring(phone: Person, code: str, **headers: str) -> Reply:
    return await phone.post("/api/auth/device", {"code": code}, headers=headers)


async def is_refused(phone: Person, code: str, why: str = "device_code_unknown") -> bool:
    answer = await bring(phone, code)
    return answer.status >= 400 and answer.code == why


async def test_a_code_signs_another_device_in_and_the_first_hears_of_it(people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")
    ear = await ann.connect()
    code = await code_of(ann)

    answer = await bring(phone, code.lower().replace("-", " "), **{"User-Agent": FIREFOX})

    login = answer.expect(200)
    assert (login["user"]["id"], login["user"]["username"]) == (ann.id, ann.name)
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    told = await ear.hears("device_signed_in")
    assert told == {"device": "Firefox, Android", "address": phone.address}
    phone.token = login["access_token"]
    assert (await phone.get("/api/auth/me")).expect(200)["id"] == ann.id
    sessions = (await ann.get("/api/auth/sessions")).expect(200)["sessions"]
    assert [s["user_agent"] for s in sessions if not s["is_current"]] == ["Firefox, Android"]
    (await phone.post("/api/auth/logout")).expect(200)
    assert (await ann.get("/api/auth/me")).status == 200


async def test_a_code_tells_whose_it_is_and_stays_as_good_as_it_was(people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")
    code = await code_of(ann)
    for _ in range(2):
        told = (await phone.post("/api/auth/device/read", {"code": code.lower()})).expect(200)
        assert told == {"username": ann.name, "is_guest": False}
    (await bring(phone, code)).expect(200)
    refused = await phone.post("/api/auth/device/read", {"code": code})
    assert (refused.status, refused.code) == (403, "device_code_unknown")


async def test_whoever_asks_whose_a_code_is_is_stopped_like_one_who_tries_them(people: People):
    ann, eve = await people.one("ann"), people.newcomer("eve")
    code = await code_of(ann)
    for number in range(10):
        assert (await eve.post("/api/auth/device/read", {"code": f"AAAA-AAA{number}"})).status == 403
    assert (await eve.post("/api/auth/device/read", {"code": code})).code == "too_many"
    assert await is_refused(eve, code, "too_many")


async def test_a_code_that_has_ended_tells_nobody_whose_it_was(server: LanChat, people: People):
    ann, phone, lost = await people.one("ann"), people.newcomer("phone"), people.newcomer("lost")
    lost.token = await ann.log_in()
    code = await code_of(lost)
    (await lost.post("/api/auth/logout")).expect(200)
    assert (await phone.post("/api/auth/device/read", {"code": code})).code == "device_code_unknown"
    code = await code_of(ann)
    database = sqlite3.connect(server.database, timeout=10)
    with database:
        database.execute("UPDATE device_code SET expires_at = ? WHERE user_id = ?", (PAST, ann.id))
    database.close()
    assert (await phone.post("/api/auth/device/read", {"code": code})).code == "device_code_expired"


async def test_of_many_who_bring_a_code_at_once_one_gets_in(people: People):
    ann = await people.one("ann")
    code = await code_of(ann)
    phones = [people.newcomer("phone") for _ in range(12)]
    answers = await asyncio.gather(*(bring(phone, code) for phone in phones))
    assert sorted(answer.status for answer in answers) == [200] + [403] * 11
    assert {answer.code for answer in answers if answer.status == 403} == {"device_code_unknown"}


async def test_a_newer_code_ends_the_one_before_and_so_does_its_owner(people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")
    first = await code_of(ann)
    second = await code_of(ann)
    assert await is_refused(phone, first)
    (await ann.delete("/api/auth/device-code")).expect(200)
    assert await is_refused(phone, second)
    (await ann.delete("/api/auth/device-code")).expect(200)


async def test_a_code_ends_after_five_minutes(server: LanChat, people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")
    code = await code_of(ann)
    database = sqlite3.connect(server.database, timeout=10)
    with database:
        database.execute("UPDATE device_code SET expires_at = ? WHERE user_id = ?", (PAST, ann.id))
    database.close()
    assert await is_refused(phone, code, "device_code_expired")


async def test_a_code_ends_with_the_session_that_gave_it_out(people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")
    lost = people.newcomer("lost")
    lost.token = await ann.log_in()
    code = await code_of(lost)
    (await ann.delete("/api/auth/sessions")).expect(200)
    assert await is_refused(phone, code)

    lost.token = await ann.log_in()
    code = await code_of(lost)
    change = {"current_password": PASSWORD, "password": "another battery", "password2": "another battery"}
    (await ann.put("/api/auth/password", change)).expect(200)
    assert await is_refused(phone, code)


async def test_signing_the_others_out_ends_the_code_on_one_s_own_screen(people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")
    code = await code_of(ann)
    (await ann.delete("/api/auth/sessions")).expect(200)
    assert await is_refused(phone, code)

    code = await code_of(ann)
    change = {"current_password": PASSWORD, "password": "another battery", "password2": "another battery"}
    (await ann.put("/api/auth/password", change)).expect(200)
    assert await is_refused(phone, code)


async def test_a_guest_moves_to_another_device(people: People):
    tablet, phone = people.newcomer("gil"), people.newcomer("phone")
    body = (await tablet.post("/api/auth/guest", {"username": tablet.name})).expect(201)
    tablet.token = body["access_token"]
    login = (await bring(phone, await code_of(tablet))).expect(200)
    assert (login["user"]["id"], login["user"]["is_guest"]) == (body["id"], True)


async def test_whoever_tries_codes_is_stopped(people: People):
    ann, eve = await people.one("ann"), people.newcomer("eve")
    code = await code_of(ann)
    for number in range(10):
        assert await is_refused(eve, f"AAAA-AAA{number}")
    assert await is_refused(eve, code, "too_many")
    assert (await bring(people.newcomer("phone"), code)).status == 200


async def test_a_page_that_missed_the_news_finds_out_that_its_code_was_used(people: People):
    ann, phone = await people.one("ann"), people.newcomer("phone")

    async def is_open() -> bool:
        return (await ann.get("/api/auth/device-code")).expect(200)["is_open"]

    assert not await is_open()
    code = await code_of(ann)
    assert await is_open()
    (await bring(phone, code)).expect(200)
    assert not await is_open()


async def test_a_stranger_is_given_no_code(people: People):
    for method in ("GET", "POST", "DELETE"):
        assert (await people.newcomer().request(method, "/api/auth/device-code")).status == 401


async def test_neither_database_nor_log_tells_the_code(server: LanChat, people: People):
    code = await code_of(await people.one("ann"))
    for kept in (server.log.encode(), *(path.read_bytes() for path in server.data_dir.glob("lanchat.db*"))):
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept
