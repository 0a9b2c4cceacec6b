"""Who comes and goes is told in few words, however many do so at once."""

import asyncio

import pytest

from lanchat.accounts.schemas.incoming import Guest
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.chat import Hello
from lanchat.presence import service as presence
from lanchat.presence.board import STORM
from tests.unit.recording import House

CROWD = 3 * STORM
PATIENCE = 20.0  # s
LISTS = 4  # at most, where there is one as a rule


async def guest(house: House, name: str) -> RegisteredPayload:
    return (await join_as_guest(house.chat, Guest(username=name), Device("127.0.0.1", "test")))[0]


async def come(house: House, person: RegisteredPayload, *, wants_ids: bool) -> str:
    sid = f"socket of {person.username}"
    await presence.come_online(house.chat, sid, Hello(person.access_token, "en", wants_ids))
    return sid


def online_lists(house: House, sid: str) -> list[int]:
    """How many were said to be online, each time."""
    users = [len(update["online_users"]) for update in house.delivery.of(sid, "online_users_update")]
    return users + [len(update["online_ids"]) for update in house.delivery.of(sid, "online_ids_update")]


async def until_seen(house: House, sid: str, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while count not in online_lists(house, sid):  # noqa: ASYNC110, what was recorded tells nothing
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("wants_ids", [True, False], ids=["ours", "contract"])
async def test_a_crowd_is_told_by_a_list_or_two(house: House, wants_ids: bool) -> None:
    names = [f"guest_{number}" for number in range(CROWD)]
    watcher, *crowd = [await guest(house, name) for name in ["watcher", *names]]
    watching = await come(house, watcher, wants_ids=wants_ids)
    await until_seen(house, watching, 1)
    house.delivery.heard.clear()
    for person in crowd:
        await come(house, person, wants_ids=wants_ids)
    await until_seen(house, watching, CROWD + 1)
    assert len(online_lists(house, watching)) <= LISTS
    assert len(house.delivery.of(watching, "user_status_update")) <= STORM


async def test_one_who_comes_is_named(house: House) -> None:
    watcher, bob = [await guest(house, name) for name in ("watcher", "bob")]
    watching = await come(house, watcher, wants_ids=False)
    await until_seen(house, watching, 1)
    house.delivery.heard.clear()
    await come(house, bob, wants_ids=False)
    await until_seen(house, watching, 2)
    (status,) = house.delivery.of(watching, "user_status_update")
    assert (status["user_id"], status["username"], status["is_online"]) == (bob.id, "bob", True)
