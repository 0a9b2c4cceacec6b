"""Hosts announce themselves, and are found, by LanChat and by Avahi."""

import signal
import time
from typing import Any

import pytest

from tests.lan.avahi import Avahi
from tests.lan.network import Network, wait_for
from tests.lan.peers import Peer, advertiser, host, looker, searcher

pytestmark = pytest.mark.side_by_side

CHAT = "_lanchat._tcp"
WEB = "_http._tcp"


def names(said: dict[str, Any]) -> list[str]:
    return [found["host_name"] for found in said.get("hosts", [])]


def has_addresses(*addresses: str, identity: str = "id-a") -> Any:
    def is_it(said: dict[str, Any]) -> bool:
        return any(
            found["id"] == identity and sorted(found["addresses"]) == sorted(addresses)
            for found in said.get("hosts", [])
        )

    return is_it


def test_a_host_is_found_within_three_seconds_by_lanchat_and_by_avahi(lan: Network, needs_avahi: None) -> None:
    anna, guest, other = (lan.computer(name, f"192.168.77.{n}/24", f"fd77::{n}/64") for n, name in enumerate("agb", 1))
    looking, avahi = looker(other), Avahi(guest, "guest")
    hosting = advertiser(anna, name="三年二班 3.2")
    started = hosting.wait(lambda said: "started" in said, 10)["at"]

    found = looking.wait(has_addresses("192.168.77.1", "fd77::1"), 5)
    assert found["at"] - started <= 3
    assert found["hosts"][0] | {"rooms": 0} == {
        "id": "id-a",
        "name": "三年二班 3.2",
        "version": "1",
        "host_name": "lanchat.local",
        "addresses": ["192.168.77.1", "fd77::1"],
        "port": 8000,
        "https_port": 8443,
        "fingerprint": "",
        "rooms": 0,
        "online": 0,
        "trust": "new",
        "found_by": "mdns",
        "urls": ["http://lanchat.local:8000", "http://192.168.77.1:8000", "http://[fd77::1]:8000"],
    }

    for type_ in (CHAT, WEB):
        seen = wait_for(lambda type_=type_: avahi.browse(type_), 3 - (time.monotonic() - started), type_)
        assert {row["interface"] for row in seen} == {"eth0"}
        assert {(row["host"], row["port"]) for row in seen} == {("lanchat.local", "8000")}
    assert avahi.resolve("lanchat.local", "-4") == "192.168.77.1"
    assert avahi.resolve("lanchat.local", "-6") == "fd77::1"


def test_new_counts_and_a_new_name_reach_everybody(lan: Network, needs_avahi: None) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    looking, avahi, hosting = looker(guest), Avahi(guest, "guest"), advertiser(anna)
    looking.wait(has_addresses("192.168.77.1"), 10)

    hosting.tell(online=27, rooms=4)
    looking.wait(lambda said: [(one["rooms"], one["online"]) for one in said.get("hosts", [])] == [(4, 27)], 10)
    assert '"online=27"' in avahi.browse(CHAT)[0]["txt"]

    hosting.tell(name="Anna at home")
    renamed = looking.wait(lambda said: [one["name"] for one in said.get("hosts", [])] == ["Anna at home"], 12)
    assert names(renamed) == ["lanchat.local"]


def test_a_host_that_ends_is_gone_from_every_list_at_once(lan: Network, needs_avahi: None) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    looking, avahi, hosting = looker(guest), Avahi(guest, "guest"), advertiser(anna)
    looking.wait(has_addresses("192.168.77.1"), 10)
    wait_for(lambda: avahi.browse(CHAT), 5)

    ended = time.monotonic()
    assert hosting.end() == 0
    gone = looking.wait(lambda said: said.get("hosts") == [] and said["at"] > ended, 3)
    assert gone["at"] - ended <= 1
    wait_for(lambda: not avahi.browse(CHAT), 3, "avahi still lists it")


def test_a_new_address_is_announced_within_five_seconds_and_the_old_one_forgotten(
    lan: Network, needs_avahi: None
) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24", f"fd77::{n}/64") for n, name in enumerate("ag", 1))
    looking, avahi, hosting = looker(guest), Avahi(guest, "guest"), advertiser(anna)
    looking.wait(has_addresses("192.168.77.1", "fd77::1"), 10)

    changed = time.monotonic()
    anna.drop("192.168.77.1/24")
    anna.add("192.168.77.9/24")
    looking.wait(lambda said: any("192.168.77.9" in one["addresses"] for one in said.get("hosts", [])), 5)
    looking.wait(lambda said: has_addresses("192.168.77.9", "fd77::1")(said) and said["at"] > changed, 9)
    assert avahi.resolve("lanchat.local", "-4") == "192.168.77.9"
    removed = [said for said in looking.said if said.get("hosts") == [] and said["at"] > changed]
    assert removed == [], "it flickered out of the list"
    assert [said["host_name"] for said in hosting.said if "host_name" in said] == ["lanchat.local"]


def test_a_pulled_cable_put_back_is_announced_within_five_seconds(lan: Network, needs_avahi: None) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    looking, hosting = looker(guest), advertiser(anna)
    looking.wait(has_addresses("192.168.77.1"), 10)

    anna.unplug()
    anna.drop("192.168.77.1/24")
    anna.add("192.168.77.8/24")
    hosting.wait(lambda said: said.get("addresses") == [], 5)
    anna.plug()
    looking.wait(has_addresses("192.168.77.8"), 8)
    late = Avahi(guest, "guest")
    assert late.resolve("lanchat.local", "-4") == "192.168.77.8"
    assert [said["host_name"] for said in hosting.said if "host_name" in said] == ["lanchat.local"]


def test_a_network_that_comes_after_the_start_is_used(lan: Network) -> None:
    anna, guest = lan.computer("a"), lan.computer("g", "192.168.77.2/24")
    looking, hosting = looker(guest), advertiser(anna)
    hosting.wait(lambda said: "started" in said, 10)
    appeared = time.monotonic()
    anna.add("192.168.77.1/24")
    found = looking.wait(has_addresses("192.168.77.1"), 8)
    assert found["at"] - appeared <= 5


def test_a_computer_that_slept_announces_itself_where_it_wakes(lan: Network) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    looking, hosting = looker(guest), advertiser(anna)
    looking.wait(has_addresses("192.168.77.1"), 10)
    hosting.signal(signal.SIGSTOP)
    anna.drop("192.168.77.1/24")
    anna.add("192.168.77.7/24")
    time.sleep(11)  # nothing else tells sleep from a busy moment
    woke = time.monotonic()
    hosting.signal(signal.SIGCONT)
    found = looking.wait(lambda said: any("192.168.77.7" in one["addresses"] for one in said.get("hosts", [])), 5)
    assert found["at"] >= woke


def test_a_network_of_ipv6_alone_will_do(lan: Network, needs_avahi: None) -> None:
    anna, guest, other = (lan.computer(name, f"fd77::{n}/64") for n, name in enumerate("agb", 1))
    avahi, looking = Avahi(guest, "guest"), looker(other)
    advertiser(anna)
    looking.wait(has_addresses("fd77::1"), 10)
    assert avahi.resolve("lanchat.local", "-6") == "fd77::1"


def test_a_bridge_of_containers_hears_nothing_and_is_not_announced(lan: Network, needs_avahi: None) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    container = lan.computer("c", "172.17.0.2/16")
    anna.ip("link add docker0 type bridge")
    anna.add("172.17.0.1/16", "docker0")
    anna.ip("link set docker0 up")
    container.move_cable_to(anna, "docker0")
    looking, inside = looker(guest), Avahi(container, "container")
    assert "ConnectionRefused" in container.python("import socket; socket.create_connection(('172.17.0.1', 9), 2)")
    advertiser(anna)
    looking.wait(has_addresses("192.168.77.1"), 10)
    assert inside.browse(CHAT) == []


def test_where_multicast_is_blocked_a_host_is_found_by_asking_the_neighbours(lan: Network) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    for computer in (anna, guest):
        computer.block_multicast()
    host(anna, announces=False)
    found = searcher(guest, 2).wait(lambda said: "hosts" in said, 20)
    assert [(one["id"], one["addresses"], one["found_by"]) for one in found["hosts"]] == [
        ("id-a", ["192.168.77.1"], "probe")
    ]


def test_the_first_screen_asks_the_neighbours_where_nobody_is_heard(lan: Network) -> None:
    guest = lan.computer("g", "192.168.77.2/24")
    screen = Peer(guest, "look_out", str(guest.folder / "favourites.json"))
    screen.wait(lambda said: said.get("hosts") == [], 10)
    anna = lan.computer("a", "192.168.78.1/24")
    host(anna, announces=False)
    guest.add("192.168.78.2/24")  # its network comes later
    screen.wait(lambda said: names_and_ways(said) == [("id-a", "probe")], 20)


def names_and_ways(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [(found["id"], found["found_by"]) for found in said.get("hosts", [])]


def test_a_host_that_is_not_for_others_says_nothing_at_all(lan: Network, needs_avahi: None) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    avahi = Avahi(guest, "guest")
    host(anna, listen="127.0.0.1")
    host(anna, announces=False, port=8001, has_https=False)
    sockets = ("ss", "--udp", "--all", "--numeric")
    assert ":5353" in guest.run(*sockets)
    assert ":5353" not in anna.run(*sockets)
    assert avahi.browse(CHAT) == []


def test_a_host_bound_to_one_address_announces_that_one(lan: Network) -> None:
    anna, guest = lan.computer("a", "192.168.77.1/24", "10.5.0.1/24"), lan.computer("g", "192.168.77.2/24")
    looking = looker(guest)
    host(anna, listen="192.168.77.1")
    looking.wait(has_addresses("192.168.77.1"), 10)
