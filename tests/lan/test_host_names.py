"""Hosts that want the same name end up with one each."""

import re

import pytest

from tests.lan.avahi import Avahi
from tests.lan.network import Network, wait_for
from tests.lan.peers import Peer, advertiser

pytestmark = pytest.mark.side_by_side

CHAT = "_lanchat._tcp"


def test_the_second_host_takes_a_name_of_its_own(lan: Network, needs_avahi: None) -> None:
    anna, bert, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("abg", 1))
    avahi = Avahi(guest, "guest")
    advertiser(anna, "id-a").wait(lambda said: said.get("host_name") == "lanchat.local", 10)
    advertiser(bert, "id-b").wait(lambda said: said.get("host_name") == "lanchat-2.local", 10)
    assert avahi.resolve("lanchat.local") == "192.168.77.1"
    assert avahi.resolve("lanchat-2.local") == "192.168.77.2"
    instances = wait_for(lambda: len({row["name"] for row in avahi.browse(CHAT)}) == 2, 5, "both have the name Anna")
    assert instances


def test_hosts_that_start_in_the_same_moment_end_with_different_names(lan: Network, needs_avahi: None) -> None:
    computers = [lan.computer(f"h{n}", f"192.168.77.{n}/24") for n in (1, 2)]
    avahi = Avahi(lan.computer("g", "192.168.77.3/24"), "guest")
    peers = [advertiser(computer, f"id-{computer.name}") for computer in computers]
    assert_each_has_its_own_name(peers, avahi)


def test_two_networks_with_the_same_names_can_be_joined(lan: Network, needs_avahi: None) -> None:
    computers = [lan.computer(f"h{n}", f"192.168.77.{n}/24") for n in (1, 2)]
    avahi = Avahi(lan.computer("g", "192.168.77.3/24"), "guest")
    # A switch without its uplink: everybody's cable is in, and nobody hears anybody.
    for computer in computers:
        computer.isolate()
    peers = [advertiser(computer, f"id-{computer.name}") for computer in computers]
    for peer in peers:
        peer.wait(lambda said: said.get("host_name") == "lanchat.local", 10)
    for computer in computers:
        computer.isolate(False)
    peers[0].tell(online=1)  # the next thing that anybody says brings it to light
    assert_each_has_its_own_name(peers, avahi)


def assert_each_has_its_own_name(peers: list[Peer], avahi: Avahi) -> None:
    def current() -> list[str]:
        return [next((said["host_name"] for said in reversed(peer.said) if "host_name" in said), "") for peer in peers]

    def is_settled() -> bool:
        resolved = {avahi.resolve(name) for name in current() if name}
        return len(set(current())) == 2 and resolved == {"192.168.77.1", "192.168.77.2"}

    wait_for(is_settled, 20, "both use one name")
    assert all(re.fullmatch(r"lanchat(-\d)?\.local", name) for name in current())
    assert wait_for(lambda: len({row["host"] for row in avahi.browse(CHAT)}) == 2, 10, "both are announced")


def test_a_name_that_another_program_holds_is_left_to_it(lan: Network, needs_avahi: None) -> None:
    anna, guest = (lan.computer(name, f"192.168.77.{n}/24") for n, name in enumerate("ag", 1))
    Avahi(guest, "lanchat")
    assert advertiser(anna, "id-a").wait(lambda said: "host_name" in said, 10)["host_name"] == "lanchat-2.local"
