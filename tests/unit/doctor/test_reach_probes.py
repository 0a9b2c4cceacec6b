"""What the calls of other devices tell, and who is asked for them."""

import asyncio
from pathlib import Path

import pytest

from lanchat.discovery.addresses import classify
from lanchat.doctor.reach_probes import CALLERS, Caller, Calls, places_of
from lanchat.doctor.service import diagnose_places, networks_of, tally
from tests.unit.discovery.adapters import adapters
from tests.unit.recording import House, house_in

NAME, WIFI, CABLE = "lanchat.local", "192.168.1.42", "10.20.0.7"
URLS = {place: f"http://{place}:8000" for place in (NAME, WIFI, CABLE)}
NETWORKS = networks_of(classify(adapters([("wlan0", [(WIFI, 24)]), ("eth0", [(CABLE, 16)])])))


def caller(*places: str, at: str = "192.168.1.9", is_secure: bool = False) -> Caller:
    return Caller(set(places), {at}, is_secure)


def found(*callers: Caller) -> list[str]:
    places = tally(URLS, list(callers), NETWORKS)
    return [finding.code for finding in diagnose_places(places, 8000, has_callers=bool(callers))]


@pytest.mark.parametrize(
    ("callers", "expected"),
    [
        ([], ["nobody_tried"]),
        ([caller(NAME, WIFI)], []),
        ([caller(NAME, WIFI), caller(NAME, CABLE, at="10.20.3.4")], []),
        ([caller(NAME)], ["address_closed"]),
        ([caller(NAME), caller(NAME, WIFI)], []),
        ([caller(WIFI), caller(NAME, WIFI)], ["name_unknown"]),
        ([caller(NAME, at="10.20.3.4"), caller(NAME, WIFI)], ["address_closed"]),
        ([caller(WIFI, is_secure=True)], []),
        ([caller(NAME, at="fd77::9")], []),
    ],
)
def test_what_should_be_reached_and_is_not_is_named(callers: list[Caller], expected: list[str]) -> None:
    assert found(*callers) == expected


def test_each_place_is_counted_for_those_who_should_reach_it() -> None:
    places = tally(URLS, [caller(NAME, WIFI), caller(WIFI), caller(CABLE, at="10.20.3.4")], NETWORKS)
    assert [(place.name, place.tried, place.reached) for place in places] == [(NAME, 3, 1), (WIFI, 2, 2), (CABLE, 1, 1)]


def go_public(house: House) -> None:
    state = house.chat.host
    state.is_discoverable, state.named_url, state.urls = True, URLS[NAME], (URLS[WIFI],)


async def test_one_device_each_of_a_few_people_is_asked_and_the_asker_s_is_among_them(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        go_public(house)
        people = [await house.person(f"person_{number}") for number in range(CALLERS + 3)]
        for person in people:
            house.connect(person, sid=f"phone of {person.username}")
            house.connect(person, sid=f"laptop of {person.username}")
        calls = Calls(house.chat)
        asking = asyncio.create_task(calls.gather(people[0].id))
        await asyncio.sleep(0)
        asked = {sid: house.delivery.of(sid, "try_addresses") for sid in house.delivery.heard}
        asked = {sid: requests[0] for sid, requests in asked.items() if requests}
        assert len(asked) == CALLERS
        assert len({sid.partition(" of ")[2] for sid in asked}) == CALLERS
        assert any(sid.endswith(people[0].username) for sid in asked)
        for number, request in enumerate(asked.values()):
            assert request["places"] == [NAME, WIFI]
            for place in request["places"]:
                calls.arrived(request["code"], f"{place}:8000", f"192.168.1.{number + 1}", is_secure=False)
        callers = await asyncio.wait_for(asking, 1)  # all have called: nothing to wait for
        assert [one.places for one in callers] == [{NAME, WIFI}] * CALLERS


async def test_calls_from_this_computer_of_nobody_and_to_nowhere_count_for_nothing(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        go_public(house)
        ann, bob = await house.person("ann"), await house.person("bob")
        sids = house.connect(ann), house.connect(bob)
        calls = Calls(house.chat)
        asking = asyncio.create_task(calls.gather(ann.id))
        await asyncio.sleep(0)
        of_ann, of_bob = (house.delivery.of(sid, "try_addresses")[0]["code"] for sid in sids)
        calls.arrived("made-up", f"{WIFI}:8000", "192.168.1.9", is_secure=False)
        calls.arrived(of_bob, "evil.example", "192.168.1.9", is_secure=False)
        for place in (NAME, WIFI):
            calls.arrived(of_ann, f"{place}:8000", "127.0.0.1", is_secure=False)
            calls.arrived(of_bob, f"{place}:8000", WIFI, is_secure=False)
        assert await asyncio.wait_for(asking, 1) == []
        calls.arrived(of_ann, f"{WIFI}:8000", "192.168.1.9", is_secure=False)  # late, and so nobody's


async def test_a_quiet_host_asks_nobody(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        go_public(house)
        house.chat.host.is_discoverable = False
        sid = house.connect(await house.person("ann"))
        assert places_of(house.chat) == {}
        assert await Calls(house.chat).gather(1) == []
        assert house.delivery.of(sid, "try_addresses") == []
