"""The doctor asked from the page: who may, what he says, and how often."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from tests.people import ENGLISH, People, people_at
from tests.server import LanChat

BEHIND = {"X-Forwarded-For": "192.168.1.9"}  # a proxy at the host asks for others


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    """A host for its own computer only. It is shared with no other test: its limits count for all together."""
    with LanChat(tmp_path_factory.mktemp("quiet")).start() as running:
        yield running
        assert running.stop() == 0, running.report()


@pytest.fixture
async def people(quiet: LanChat) -> AsyncIterator[People]:
    async with people_at(quiet.url) as people:
        yield people


async def test_only_at_the_host_and_for_administrators(people: People) -> None:
    ann, nobody = await people.one("ann"), people.newcomer()
    assert (await nobody.post("/api/doctor")).status == 401
    assert (await ann.post("/api/doctor", headers=BEHIND)).expect(403)["error"]["code"] == "forbidden"


async def test_a_host_for_its_own_computer_is_told_so_and_asks_nobody(people: People) -> None:
    ann, bob = await people("ann", "bob")
    ear = await bob.connect()
    in_english, in_chinese = await asyncio.gather(
        ann.post("/api/doctor", headers=ENGLISH), bob.post("/api/doctor", headers={"Accept-Language": "zh-CN"})
    )
    told = in_english.expect(200)
    findings = {finding["code"]: finding for finding in told["findings"]}
    # This computer may be in a network or in none; either way nobody else can join, and nobody can have tried.
    assert findings.keys() & {"loopback_only", "no_network"}
    assert told["places"] == []
    for finding in told["findings"]:
        assert finding.keys() == {"code", "is_problem", "trouble", "cure"}
        assert finding["trouble"].endswith(".")
        assert "{" not in finding["trouble"] + finding["cure"]
    same = in_chinese.expect(200)["findings"]
    assert [finding["code"] for finding in same] == [finding["code"] for finding in told["findings"]]
    assert all(finding["trouble"].endswith("。") for finding in same)
    await ear.catch_up()
    assert ear.all("try_addresses") == []


async def test_who_asks_without_end_is_stopped(people: People) -> None:
    ann = await people.one("ann")
    statuses = [(await ann.post("/api/doctor")).status for _ in range(7)]
    assert statuses[-1] == 429
    assert statuses[0] == 200


async def test_a_call_that_nobody_waits_for_opens_nothing(quiet: LanChat, people: People) -> None:
    person = people.newcomer()
    for origin in (quiet.url, "http://evil.example"):
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await person.http.ws_connect(f"{quiet.url}/reach/made-up", origin=origin)
