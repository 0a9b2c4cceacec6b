from pathlib import Path

import pytest

from lanchat.discovery.addresses import classify
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourite, Favourites
from lanchat.discovery.hosts import Host, describe, in_order, within_reach
from lanchat.discovery.search import merge
from lanchat.run.hosting import neighbours
from tests.unit.discovery.adapters import adapters

OWN = classify(
    adapters([("eth0", [("192.168.1.42", 24), ("2a02:8106:21:6d00::42", 64)]), ("docker0", [("172.17.0.1", 16)])])
)


@pytest.mark.parametrize(
    ("ips", "expected"),
    [
        (["10.0.0.9", "192.168.1.5"], ("192.168.1.5", "10.0.0.9")),
        (["fd00::5", "192.168.1.5"], ("192.168.1.5", "fd00::5")),
        (["2a02:8106:21:6d00::5"], ("2a02:8106:21:6d00::5",)),
        (["8.8.8.8", "2600::1"], ()),
        (["127.0.0.1", "::1", "0.0.0.0", "224.0.0.251", "fe80::1"], ()),
    ],
)
def test_only_addresses_inside_the_building_are_followed(ips: list[str], expected: tuple[str, ...]) -> None:
    assert within_reach(ips, OWN) == expected


@pytest.fixture
def favourites(tmp_path: Path) -> Favourites:
    kept = Favourites(tmp_path / "hosts.json")
    kept.remember(Favourite(id="office", name="Office", fingerprint="aa" * 32, port=8000))
    return kept


def host(favourites: Favourites, host_id: str, name: str, fingerprint: str = "", host_name: str = "") -> Host:
    said = Announcement(id=host_id, name=name, version="1", port=8000, fingerprint=fingerprint)
    return describe(said, ("192.168.1.5", "fd00::5"), favourites, found_by="mdns", host_name=host_name)


def test_known_hosts_come_first_and_an_impostor_is_marked(favourites: Favourites) -> None:
    hosts = [
        host(favourites, "z", "Zoo"),
        host(favourites, "office", "Office", "bb" * 32),
        host(favourites, "a", "attic"),
        host(favourites, "office", "Office", "aa" * 32),
    ]
    ordered = in_order(hosts)
    assert [(one.name, one.trust) for one in ordered] == [
        ("Office", "known"),
        ("Office", "changed"),
        ("attic", "new"),
        ("Zoo", "new"),
    ]


def test_a_host_is_reached_by_name_first(favourites: Favourites) -> None:
    found = host(favourites, "a", "Attic", host_name="lanchat.local")
    assert found.urls == ["http://lanchat.local:8000", "http://192.168.1.5:8000", "http://[fd00::5]:8000"]
    assert found.as_json()["urls"] == found.urls


@pytest.mark.parametrize(
    "target",
    ["evil.example", "x@evil.example/.local", "a b.local", ".local", "local", "a.local:80/#.local", "a.local\n"],
)
def test_a_name_that_leads_elsewhere_or_nowhere_is_not_followed(favourites: Favourites, target: str) -> None:
    assert host(favourites, "a", "Attic", host_name=target).urls == ["http://192.168.1.5:8000", "http://[fd00::5]:8000"]


def test_a_host_s_page_doubts_whoever_has_its_name(favourites: Favourites) -> None:
    hosts = [
        host(favourites, "own", "Attic"),
        host(favourites, "twin", "ATTIC"),
        host(favourites, "evil", "Att\u0456c\u3164", "cc" * 32),
        host(favourites, "office", "Office", "bb" * 32),
        host(favourites, "z", "Zoo"),
    ]
    shown = [(one.name, one.is_doubtful) for one in neighbours(hosts, "own", "Attic")]
    assert shown == [("ATTIC", True), ("Att\u0456c\u3164", True), ("Office", True), ("Zoo", False)]


def test_one_host_found_twice_is_listed_once_and_two_keys_are_two_hosts(favourites: Favourites) -> None:
    announced = host(favourites, "a", "Attic", "cc" * 32, host_name="lanchat.local")
    answered = host(favourites, "a", "Attic", "cc" * 32)
    impostor = host(favourites, "a", "Attic", "dd" * 32)
    assert merge([announced], [answered, impostor]) == [announced, impostor]
