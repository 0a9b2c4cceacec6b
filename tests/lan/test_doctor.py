"""Twelve faults, each named rightly on the computer where it shows; and ten healthy networks, where none is."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.lan.avahi import Avahi
from tests.lan.network import Computer, Network, wait_for
from tests.lan.peers import Peer, doctor, host

pytestmark = pytest.mark.side_by_side

HOST_IP = "192.168.77.1"


def pair(lan: Network) -> tuple[Computer, Computer]:
    return lan.computer("h", f"{HOST_IP}/24", "fd77::1/64"), lan.computer("g", "192.168.77.2/24", "fd77::2/64")


def codes(visit: Peer) -> list[str]:
    """What the doctor found; his sentences must be whole."""
    findings = visit.wait(lambda said: "findings" in said, 25)["findings"]
    for finding in findings:
        for sentence in (finding["trouble"], finding["cure"]):
            assert sentence[-1] in ".。", finding
            assert "{" not in sentence, finding
    return [finding["code"] for finding in findings]


def test_the_port_is_taken(lan: Network) -> None:
    computer, _ = pair(lan)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    computer.start(sys.executable, "-m", "http.server", "8000", **quiet)
    wait_for(lambda: not computer.python("import socket; socket.create_connection(('127.0.0.1', 8000), 1)"), 10)
    assert codes(doctor(computer)) == ["port_taken"]


def test_the_host_listens_to_itself_only(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer, listen="127.0.0.1")
    at_home, abroad = doctor(computer), doctor(guest, HOST_IP)
    assert codes(at_home) == ["loopback_only"]
    assert codes(abroad) == ["nothing_listens"]


def test_the_firewall_is_closed(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    computer.close_port(8000)
    assert codes(doctor(guest, HOST_IP)) == ["firewall_closed"]


def test_there_is_no_network(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    for one in (computer, guest):
        one.unplug()
    at_home, abroad = doctor(computer), doctor(guest, HOST_IP)
    assert codes(at_home) == ["no_network"]
    assert codes(abroad) == ["no_network"]


def add_vpn(computer: Computer, *routes: str) -> None:
    computer.add_interface("tun0", "10.8.0.2/24")
    for route in routes:
        computer.ip(f"route add {route} dev tun0")


def test_the_vpn_takes_the_route(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    for one in (computer, guest):
        add_vpn(one, "192.168.77.0/25", "192.168.77.128/25", "fd77::/65", "fd77:0:0:0:8000::/65")
    at_home, abroad = doctor(computer), doctor(guest, HOST_IP)
    assert "vpn_takes_route" in codes(at_home)
    assert codes(abroad) == ["vpn_takes_route"]


def test_the_access_point_keeps_its_guests_apart(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    for one in (computer, guest):
        one.separate()
    assert codes(doctor(guest, HOST_IP)) == ["client_isolation"]


def test_guests_who_are_kept_apart_reach_the_host_all_the_same_but_not_each_other(lan: Network) -> None:
    computer, guest = pair(lan)
    other = lan.computer("o", "192.168.77.3/24")
    for one in (guest, other):
        one.isolate()
    host(computer)
    host(other, id="id-o")
    to_the_host, to_each_other = doctor(guest, HOST_IP), doctor(guest, "192.168.77.3")
    assert codes(to_the_host) == []
    assert codes(to_each_other) == ["host_silent"]


@pytest.mark.parametrize("has_router", [False, True])
def test_the_guest_is_in_another_subnet(lan: Network, has_router: bool) -> None:
    computer, guest = lan.computer("h", "192.168.78.1/24"), lan.computer("g", "192.168.77.2/24")
    host(computer, announces=False)
    if has_router:
        lan.computer("r", "192.168.77.254/24")
        guest.ip("route add default via 192.168.77.254")
    assert codes(doctor(guest, "192.168.78.1")) == ["wrong_subnet"]


def test_multicast_is_blocked(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    for one in (computer, guest):
        one.block_multicast()
    assert codes(doctor(guest, HOST_IP)) == ["mdns_blocked"]


def test_another_host_has_the_name(lan: Network, needs_avahi: None) -> None:
    computer, guest = pair(lan)
    Avahi(guest, "lanchat")
    host(computer)
    assert codes(doctor(computer)) == ["name_taken"]


def test_the_clock_is_wrong(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer, clock_ahead=-3600)
    host(guest, id="id-b")
    at_home, abroad = doctor(guest), doctor(guest, HOST_IP)
    assert codes(abroad) == ["clock_wrong"]
    assert "clock_wrong" in codes(at_home)


def test_the_certificate_is_stale(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer, certificate_age=500)
    at_home, abroad = doctor(computer), doctor(guest, HOST_IP)
    assert codes(at_home) == ["certificate_stale"]
    assert codes(abroad) == ["certificate_stale"]


def test_the_certificate_is_for_a_former_address(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    computer.add("192.168.77.9/24")
    assert codes(doctor(guest, "192.168.77.9")) == ["certificate_stale"]


def test_the_disk_is_nearly_full(lan: Network) -> None:
    computer, _ = pair(lan)
    host(computer)
    folder = computer.folder / "small"
    folder.mkdir()
    mount = f"mount -t tmpfs -o size=8m none {folder} && exec {sys.executable} -m tests.lan.peer doctor {folder}"
    assert '"code": "disk_nearly_full"' in computer.run("unshare", "--mount", "sh", "-c", mount)


def test_nobody_is_there(lan: Network) -> None:
    computer, guest = pair(lan)
    refused, silent = doctor(guest, HOST_IP), doctor(guest, "192.168.77.99")
    assert codes(doctor(computer)) == ["not_running"]
    assert codes(refused) == ["nothing_listens"]
    assert codes(silent) == ["host_silent"]


def plain(lan: Network) -> str:
    pair(lan)
    return HOST_IP


def ipv4_only(lan: Network) -> str:
    lan.computer("h", f"{HOST_IP}/24")
    lan.computer("g", "192.168.77.2/24")
    return "lanchat.local"


def ipv6_only(lan: Network) -> str:
    lan.computer("h", "fd77::1/64")
    lan.computer("g", "fd77::2/64")
    return "fd77::1"


def wide_network(lan: Network) -> str:
    lan.computer("h", "10.1.2.3/8")
    lan.computer("g", "10.200.0.9/8")
    return "10.1.2.3"


def containers_beside(lan: Network) -> str:
    for computer in pair(lan):
        computer.add_interface("docker0", "172.17.0.1/16")
    return HOST_IP


def vpn_beside(lan: Network) -> str:
    for computer in pair(lan):
        add_vpn(computer, "default")
    return HOST_IP


def two_networks(lan: Network) -> str:
    computer, _ = pair(lan)
    computer.add_interface("wlan0", "192.168.5.1/24")
    return HOST_IP


def named(lan: Network) -> str:
    pair(lan)
    return "lanchat.local"


HEALTHY = (plain, ipv4_only, ipv6_only, wide_network, containers_beside, vpn_beside, two_networks, named)


@pytest.mark.parametrize("build", HEALTHY, ids=lambda build: build.__name__)
def test_a_healthy_network_gets_no_finding(lan: Network, build: Callable[[Network], str]) -> None:
    place = build(lan)
    computer, guest = lan.computers[:2]
    host(computer)
    at_home, abroad = doctor(computer), doctor(guest, place)
    assert (codes(at_home), codes(abroad)) == ([], [])


@pytest.mark.parametrize("manner", [{"announces": False}, {"has_https": False}, {"clock_ahead": 60}], ids=str)
def test_a_host_as_its_owner_wants_it_gets_no_finding(lan: Network, manner: dict[str, object]) -> None:
    computer, guest = pair(lan)
    host(computer, **manner)
    at_home, abroad = doctor(computer), doctor(guest, HOST_IP)
    assert (codes(at_home), codes(abroad)) == ([], [])


def test_two_hosts_in_one_network_are_no_trouble(lan: Network) -> None:
    computer, guest = pair(lan)
    host(computer)
    neighbour = lan.computer("n", "192.168.77.3/24")
    host(neighbour, id="id-n")
    at_home, abroad = doctor(computer), doctor(guest, "192.168.77.3")
    assert (codes(at_home), codes(abroad)) == ([], [])


def test_two_computers_on_one_cable_get_a_note_but_no_problem(lan: Network) -> None:
    computer, guest = lan.computer("h", "169.254.10.1/16"), lan.computer("g", "169.254.10.2/16")
    host(computer)
    at_home, abroad = doctor(computer), doctor(guest, "169.254.10.1")
    assert codes(at_home) == ["no_dhcp"]
    assert not at_home.said[-1]["findings"][0]["is_problem"]
    assert codes(abroad) == []
