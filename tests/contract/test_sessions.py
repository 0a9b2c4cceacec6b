"""My devices, changing the password, and how soon an ended session is over."""

import asyncio
import sqlite3

import pytest

from tests.people import PASSWORD, Ear, People, Person
from tests.server import LanChat

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
SOON = 1.0  # s in which a revocation reaches sockets
NEW = "another battery"


async def sessions_of(person: Person) -> list[dict[str, object]]:
    return (await person.get("/api/auth/sessions")).expect(200)["sessions"]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def change(**fields: str) -> dict[str, str]:
    return {"current_password": PASSWORD, "password": NEW, "password2": NEW, **fields}


async def is_shown_out(ear: Ear, reason: str, within: float = SOON) -> None:
    async with asyncio.timeout(within * 3):  # the machine may be busy
        assert (await ear.hears("session_revoked"))["reason"] == reason
        await ear.until_gone()


async def test_my_devices_are_listed_by_name(people: People) -> None:
    ann, bob = await people("ann", "bob")
    login = {"username": ann.name, "password": PASSWORD}
    (await ann.post("/api/auth/login", data=login, headers={"User-Agent": FIREFOX})).expect(200)
    await bob.log_in()

    mine, other = await sessions_of(ann)

    assert mine["is_current"] is True
    assert other["is_current"] is False
    assert other["user_agent"] == "Firefox, Linux"
    assert other["address"] == ann.address
    assert {"id", "created_at", "last_used_at"} <= set(other)
    assert "token" not in str(mine)
    assert "secret" not in str(mine)


async def test_a_use_is_seen_as_the_last_one(people: People) -> None:
    ann = await people.one("ann")
    other = await ann.log_in()
    before = next(s for s in await sessions_of(ann) if not s["is_current"])
    (await ann.get("/api/auth/me", headers=bearer(other))).expect(200)
    after = next(s for s in await sessions_of(ann) if not s["is_current"])
    assert after["id"] == before["id"]
    assert str(after["last_used_at"]) > str(before["last_used_at"])


async def test_one_of_my_devices_can_be_signed_out(people: People) -> None:
    ann = await people.one("ann")
    other = await ann.log_in()
    mine, others = await ann.connect(), await ann.connect(token=other)
    session = next(s for s in await sessions_of(ann) if not s["is_current"])

    (await ann.delete(f"/api/auth/sessions/{session['id']}")).expect(200)

    await is_shown_out(others, "ended_elsewhere")
    assert (await ann.get("/api/auth/me", headers=bearer(other))).status == 401
    await mine.catch_up()
    assert len(await sessions_of(ann)) == 1
    gone = await ann.delete(f"/api/auth/sessions/{session['id']}")
    assert gone.expect(404)["error"]["code"] == "session_not_found"


async def test_nobody_signs_out_the_devices_of_others(people: People) -> None:
    ann, mallory = await people("ann", "mallory")
    ear = await ann.connect()
    (session,) = await sessions_of(ann)
    answer = await mallory.delete(f"/api/auth/sessions/{session['id']}")
    assert answer.expect(404)["error"]["code"] == "session_not_found"
    (await mallory.delete("/api/auth/sessions")).expect(200)
    await ear.catch_up()
    assert (await ann.get("/api/auth/me")).status == 200


async def test_all_other_devices_can_be_signed_out(people: People) -> None:
    ann = await people.one("ann")
    others = [await ann.log_in() for _ in range(3)]
    ears = [await ann.connect(token=token) for token in others]
    mine = await ann.connect()

    (await ann.delete("/api/auth/sessions")).expect(200)

    for ear in ears:
        await is_shown_out(ear, "ended_elsewhere")
    for token in others:
        assert (await ann.get("/api/auth/me", headers=bearer(token))).status == 401
    await mine.catch_up()


async def test_a_new_password_ends_all_other_sessions(people: People) -> None:
    ann = await people.one("ann")
    other = await ann.log_in()
    mine, others = await ann.connect(), await ann.connect(token=other)

    (await ann.put("/api/auth/password", change())).expect(200)

    await is_shown_out(others, "password_changed")
    assert (await ann.get("/api/auth/me", headers=bearer(other))).status == 401
    await mine.catch_up()
    assert (await ann.get("/api/auth/me")).status == 200
    old = await ann.post("/api/auth/login", data={"username": ann.name, "password": PASSWORD})
    assert old.status == 401
    (await ann.post("/api/auth/login", data={"username": ann.name, "password": NEW})).expect(200)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"current_password": "wrong!"}, 403, "wrong_password"),
        ({"password2": "something else"}, 400, "invalid_input"),
        ({"password": "short", "password2": "short"}, 400, "invalid_input"),
        ({"current_password": ""}, 400, "invalid_input"),
    ],
)
async def test_a_password_change_that_cannot_be_changes_nothing(
    people: People, fields: dict[str, str], status: int, code: str
) -> None:
    ann = await people.one("ann")
    other = await ann.log_in()
    answer = await ann.put("/api/auth/password", change(**fields))
    assert answer.expect(status)["error"]["code"] == code
    assert NEW not in answer.text
    assert (await ann.get("/api/auth/me", headers=bearer(other))).status == 200
    await ann.log_in()


async def test_guessing_the_present_password_is_limited_like_logging_in(people: People) -> None:
    ann = await people.one("ann")
    guesses = [await ann.put("/api/auth/password", change(current_password=f"guess {n}")) for n in range(12)]
    statuses = [answer.status for answer in guesses]
    assert statuses == [403] * 10 + [429] * 2
    assert "Retry-After" in guesses[-1].headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/auth/sessions"),
        ("DELETE", "/api/auth/sessions"),
        ("DELETE", "/api/auth/sessions/1"),
        ("PUT", "/api/auth/password"),
    ],
)
async def test_a_stranger_learns_and_changes_nothing(people: People, method: str, path: str) -> None:
    assert (await people.newcomer().request(method, path)).status == 401


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE session SET revoked_at = '2020-01-01T00:00:00.000000Z' WHERE user_id = ?", "ended_by_host"),
        ("UPDATE account SET disabled_until = '9999' WHERE id = ?", "ended_by_host"),
    ],
)
async def test_what_another_program_ends_is_over_within_a_second(
    server: LanChat, people: People, sql: str, reason: str
) -> None:
    ann, bob = await people("ann", "bob")
    hers, his = await ann.connect(), await bob.connect()
    database = sqlite3.connect(server.database, timeout=10)
    with database:
        database.execute(sql, (ann.id,))
    database.close()
    await is_shown_out(hers, reason)
    assert (await ann.get("/api/auth/me")).status == 401
    await his.catch_up()
