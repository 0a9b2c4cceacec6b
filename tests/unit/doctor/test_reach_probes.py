"""What the probes by other devices tell, and who is asked for them."""

import asyncio
from pathlib import Path

import pytest

from lanchat.discovery.addresses import classify
from lanchat.doctor.reach_probes import PROBERS, Prober, Probes, places_of
from lanchat.doctor.service import diagnose_places, networks_of, tally
from tests.unit.discovery.adapters import adapters
from tests.unit.recording import House, house_in

NAME, WIFI, CABLE = "lanchat.local", "192.168.1.42", "10.20.0.7"
URLS = {place: f"http://{place}:8000" for place in (NAME, WIFI, CABLE)}
NETWORKS = networks_of(classify(adapters([("wlan0", [(WIFI, 24)]), ("eth0", [(CABLE, 16)])])))


def prober(*places: str, at: str = "192.168.1.9", is_secure: bool = False) -> Prober:
    return Prober(set(places), {at}, is_secure)


def found(*probers: Prober) -> list[str]:
    places = tally(URLS, list(probers), NETWORKS)
    return [finding.code for finding in diagnose_places(places, 8000, has_probers=bool(probers))]


@pytest.mark.parametrize(
    ("probers", "expected"),
    [
        ([], ["nobody_tried"]),
        ([prober(NAME, WIFI)], []),
        ([prober(NAME, WIFI), prober(NAME, CABLE, at="10.20.3.4")], []),
        ([prober(NAME)], ["address_closed"]),
        ([prober(NAME), prober(NAME, WIFI)], []),
        ([prober(WIFI), prober(NAME, WIFI)], ["name_unknown"]),
        ([prober(NAME, at="10.20.3.4"), prober(NAME, WIFI)], ["address_closed"]),
        ([prober(WIFI, is_secure=True)], []),
        ([prober(NAME, at="fd77::9")], []),
    ],
)
def test_what_should_be_reached_and_is_not_is_named(probers: list[Prober], expected: list[str]) -> None:
    assert found(*probers) == expected


def test_each_place_is_counted_for_those_who_should_reach_it() -> None:
    places = tally(URLS, [prober(NAME, WIFI), prober(WIFI), prober(CABLE, at="10.20.3.4")], NETWORKS)
    assert [(place.name, place.tried, place.reached) for place in places] == [(NAME, 3, 1), (WIFI, 2, 2), (CABLE, 1, 1)]


def go_public(house: House) -> None:
    state = house.chat.host
    state.is_discoverable, state.named_url, state.urls = True, URLS[NAME], (URLS[WIFI],)


async def test_one_device_each_of_a_few_people_is_asked_and_the_asker_s_is_among_them(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        go_public(house)
        people = [await house.person(f"person_{number}") for number in range(PROBERS + 3)]
        for person in people:
            house.connect(person, sid=f"phone of {person.username}")
            house.connect(person, sid=f"laptop of {person.username}")
        probes = Probes(house.chat)
        asking = asyncio.create_task(probes.gather(people[0].id))
        await asyncio.sleep(0)
        asked = {sid: house.delivery.of(sid, "try_addresses") for sid in house.delivery.heard}
        asked = {sid: requests[0] for sid, requests in asked.items() if requests}
        assert len(asked) == PROBERS
        assert len({sid.partition(" of ")[2] for sid in asked}) == PROBERS
        assert any(sid.endswith(people[0].username) for sid in asked)
        for number, request in enumerate(asked.values()):
            assert request["places"] == [NAME, WIFI]
            for place in request["places"]:
                probes.arrived(request["code"], f"{place}:8000", f"192.168.1.{number + 1}", is_secure=False)
        probers = await asyncio.wait_for(asking, 1)  # all have tried: nothing to wait for
        assert [one.places for one in probers] == [{NAME, WIFI}] * PROBERS


async def test_probes_from_this_computer_of_nobody_and_to_nowhere_count_for_nothing(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        go_public(house)
        ann, bob = await house.person("ann"), await house.person("bob")
        sids = house.connect(ann), house.connect(bob)
        probes = Probes(house.chat)
        asking = asyncio.create_task(probes.gather(ann.id))
        await asyncio.sleep(0)
        of_ann, of_bob = (house.delivery.of(sid, "try_addresses")[0]["code"] for sid in sids)
        probes.arrived("made-up", f"{WIFI}:8000", "192.168.1.9", is_secure=False)
        probes.arrived(of_bob, "evil.example", "192.168.1.9", is_secure=False)
        for place in (NAME, WIFI):
            probes.arrived(of_ann, f"{place}:8000", "127.0.0.1", is_secure=False)
            probes.arrived(of_bob, f"{place}:8000", WIFI, is_secure=False)
        assert await asyncio.wait_for(asking, 1) == []
        probes.arrived(of_ann, f"{WIFI}:8000", "192.168.1.9", is_secure=False)  # late, and so nobody's


async def test_a_quiet_host_asks_nobody(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        go_public(house)
        house.chat.host.is_discoverable = False
        sid = house.connect(await house.person("ann"))
        assert places_of(house.chat) == {}
        assert await Probes(house.chat).gather(1) == []
        assert house.delivery.of(sid, "try_addresses") == []
