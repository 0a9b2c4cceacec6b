"""The first administrator: by the code that the host shows, at the host only."""

import re
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.people import PASSWORD, PATIENCE, People, Person, people_at
from tests.server import LanChat

CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def greeting(server: LanChat) -> str:
    deadline = time.monotonic() + PATIENCE
    while "Ctrl+C" not in "".join(server.output):
        assert time.monotonic() < deadline, server.report()
        time.sleep(0.01)  # a pipe tells nobody that its last line has come
    return "".join(server.output)


def code_of(server: LanChat) -> str:
    found = CODE.search(greeting(server))
    assert found is not None, server.report()
    return found[0]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[LanChat]:
    """A host without an administrator, with limits."""
    with LanChat(tmp_path / "data").start() as running:
        yield running


@pytest.fixture
async def visitors(fresh: LanChat) -> AsyncIterator[People]:
    async with people_at(fresh.url) as people:
        yield people


def restart(server: LanChat) -> None:
    server.stop()
    server.output.clear()
    server.start()


async def claim(person: Person, code: str, **headers: str) -> tuple[int, str]:
    answer = await person.post("/api/admin/claim", {"code": code}, headers=headers)
    return answer.status, "" if answer.status == 200 else answer.code


async def test_whoever_has_the_code_becomes_the_administrator_once(fresh: LanChat, visitors: People) -> None:
    ann, bob = await visitors("ann", "bob")
    code = code_of(fresh)

    assert await claim(ann, "AAAA-AAAA") == (403, "wrong_claim_code")
    assert await claim(ann, code.lower().replace("-", " ")) == (200, "")

    assert (await ann.get("/api/auth/me")).expect(200)["is_admin"] is True
    assert await claim(bob, code) == (409, "already_claimed")
    assert (await bob.get("/api/auth/me")).expect(200)["is_admin"] is False
    assert code not in fresh.log


async def test_being_the_first_to_register_makes_nobody_an_administrator(visitors: People) -> None:
    ann = await visitors.one("ann")
    assert (await ann.get("/api/auth/me")).expect(200)["is_admin"] is False


async def test_another_start_is_another_code_and_none_after_the_claim(fresh: LanChat, visitors: People) -> None:
    ann = await visitors.one("ann")
    first = code_of(fresh)
    restart(fresh)
    second = visitors.newcomer()  # the same user, without the connection of before
    second.token = ann.token
    assert code_of(fresh) != first
    assert await claim(second, first) == (403, "wrong_claim_code")
    assert (await claim(second, code_of(fresh)))[0] == 200
    restart(fresh)
    assert not CODE.search(greeting(fresh))
    third = visitors.newcomer()
    third.token = ann.token
    assert await claim(third, first) == (409, "already_claimed")


async def test_a_proxy_at_the_host_does_not_bring_its_guests_to_the_host(fresh: LanChat, visitors: People) -> None:
    ann = await visitors.one("ann")
    for header in ({"X-Forwarded-For": "192.168.1.9"}, {"Forwarded": "for=192.168.1.9"}):
        assert await claim(ann, code_of(fresh), **header) == (403, "only_at_the_host")


async def test_who_guesses_is_stopped(fresh: LanChat, visitors: People) -> None:
    ann = await visitors.one("ann")
    guesses = [await claim(ann, f"AAAA-AAA{digit}") for digit in "23456789ABCD"]
    assert guesses == [(403, "wrong_claim_code")] * 10 + [(429, "too_many")] * 2
    assert await claim(ann, code_of(fresh)) == (429, "too_many")


async def test_a_stranger_cannot_claim(fresh: LanChat, visitors: People) -> None:
    assert (await claim(visitors.newcomer(), code_of(fresh)))[0] == 401


async def test_who_may_claim_is_told_at_the_host_and_until_it_is_done(fresh: LanChat, visitors: People) -> None:
    ann, bob = await visitors("ann", "bob")
    asked = "/api/admin/claim"
    assert (await ann.get(asked)).expect(200) == {"can_claim": True}
    by_proxy = await ann.get(asked, headers={"X-Forwarded-For": "192.168.1.9"})
    assert by_proxy.expect(200) == {"can_claim": False}
    assert (await visitors.newcomer().get(asked)).status == 401
    assert await claim(ann, code_of(fresh)) == (200, "")
    for person in (ann, bob):
        assert (await person.get(asked)).expect(200) == {"can_claim": False}


async def test_a_guest_needs_an_account_to_claim(fresh: LanChat, visitors: People) -> None:
    guest = visitors.newcomer()
    guest.token = (await guest.post("/api/auth/guest", {"username": guest.name})).expect(201)["access_token"]
    assert await claim(guest, code_of(fresh)) == (403, "account_needed")
    assert (await guest.get("/api/auth/me")).expect(200)["is_admin"] is False
    (await guest.post("/api/auth/upgrade", {"password": PASSWORD, "password2": PASSWORD})).expect(200)
    assert await claim(guest, code_of(fresh)) == (200, "")
