import pytest

from lanchat.discovery import addresses
from lanchat.discovery.addresses import Address, classify, is_typable, url, worth_telling
from lanchat.discovery.interfaces import Kind
from tests.unit.discovery import adapters as recorded
from tests.unit.discovery.adapters import Row, adapters


def judge(rows: list[Row], preferred: str | None = None) -> list[Address]:
    return classify(adapters(rows), preferred)


def likely(rows: list[Row], preferred: str | None = None) -> list[str]:
    return [address.ip for address in judge(rows, preferred) if address.is_likely]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (recorded.LINUX_LAPTOP, ["192.168.1.42", "10.20.0.7", "2a02:8106:21:6d00::42"]),
        (recorded.LINUX_SERVER_BRIDGE, ["192.168.0.10"]),
        (recorded.WINDOWS_LAPTOP, ["192.168.31.77"]),
        (recorded.WINDOWS_HOTSPOT, ["192.168.137.1", "10.1.2.3"]),
        (recorded.MACOS_LAPTOP, ["192.168.178.23", "fd00:1234::23"]),
        (recorded.MACOS_SHARING, ["192.168.2.1", "10.0.0.8"]),
        (recorded.MACOS_MOBILE_ONLY, ["2a01:598:a0a0:1::7"]),
    ],
)
def test_guests_are_given_the_addresses_of_the_building_only(rows: list[Row], expected: list[str]) -> None:
    assert likely(rows) == expected


def test_what_is_left_out_says_why() -> None:
    kinds = {address.interface: address.kind for address in judge(recorded.LINUX_LAPTOP)}
    assert kinds["docker0"] == kinds["br-3f1d9b2c7a10"] == kinds["virbr0"] == "virtual"
    assert kinds["wg-mullvad"] == kinds["tailscale0"] == kinds["wwan0"] == "vpn"
    assert kinds["lo"] == "loopback"


def test_a_link_without_neighbours_is_a_vpn_whatever_its_user_called_it() -> None:
    kinds = {address.interface: address.kind for address in judge(recorded.WINDOWS_LAPTOP)}
    assert kinds["Contoso head office"] == "vpn"


def test_an_address_without_dhcp_is_typable_but_comes_after_all_others() -> None:
    typable = [address for address in judge(recorded.WINDOWS_LAPTOP) if is_typable(address)]
    assert [address.ip for address in typable if address.kind == "link_local"] == [
        "169.254.77.3",
        "169.254.10.20",
    ]
    assert typable[-1].kind == "link_local"
    assert not any(address.ip.startswith("fe80") for address in typable)


def test_the_default_route_decides_between_two_networks() -> None:
    assert likely(recorded.LINUX_LAPTOP, preferred="10.20.0.7")[0] == "10.20.0.7"


def test_a_vpn_with_the_default_route_is_still_no_address_for_guests() -> None:
    assert likely(recorded.LINUX_LAPTOP, preferred="10.64.12.9")[0] == "192.168.1.42"


def test_a_virtual_switch_that_took_over_the_network_card_counts_as_the_network() -> None:
    assert likely(recorded.WINDOWS_EXTERNAL_SWITCH) == []
    assert likely(recorded.WINDOWS_EXTERNAL_SWITCH, preferred="192.168.1.30") == ["192.168.1.30"]


def test_the_same_address_on_two_interfaces_is_named_once() -> None:
    assert likely([("eth0", [("192.168.1.5", 24)]), ("wlan0", [("192.168.1.5", 24)])]) == ["192.168.1.5"]


@pytest.mark.parametrize("ip", ["0.0.0.0", "255.255.255.255", "240.0.0.1", "::", "ff02::1"])
def test_addresses_that_nobody_can_have_are_dropped(ip: str) -> None:
    assert judge([("eth0", [(ip, 24)])]) == []


@pytest.mark.parametrize(
    "name",
    [
        "tundra",
        "wgeth",
        "meth0",
        "lobby",
        "enp0s31f6",
        "wlan0",
        "eth0.10",
        "bond0",
        "br0",
    ],
)
def test_a_name_that_merely_begins_like_a_tunnel_is_a_network(name: str) -> None:
    assert judge([(name, [("192.168.1.5", 24)])])[0].kind == "lan"


def test_the_subnet_of_an_address() -> None:
    (address,) = judge([("eth0", [("192.168.5.130", 25)])])
    assert address.network == "192.168.5.128/25"


@pytest.mark.parametrize(
    ("ip", "port", "scheme", "expected"),
    [
        ("192.168.1.5", 8000, "http", "http://192.168.1.5:8000"),
        ("192.168.1.5", 80, "http", "http://192.168.1.5"),
        ("192.168.1.5", 443, "https", "https://192.168.1.5"),
        ("192.168.1.5", 443, "http", "http://192.168.1.5:443"),
        ("fd00::1", 8443, "https", "https://[fd00::1]:8443"),
        ("fe80::1%eth0", 8000, "http", "http://[fe80::1]:8000"),
        ("lanchat.local", 8000, "http", "http://lanchat.local:8000"),
    ],
)
def test_urls(ip: str, port: int, scheme: addresses.Scheme, expected: str) -> None:
    assert url(ip, port, scheme) == expected


def test_this_computer_lists_itself_without_loopback_among_the_usable() -> None:
    everything = addresses.all_addresses()
    assert "127.0.0.1" in [address.ip for address in everything]
    assert all(address.kind != "loopback" for address in addresses.usable_addresses())


def test_others_are_told_what_likely_leads_here_else_what_may() -> None:
    likely, docker = ("lan", True), ("virtual", False)

    def told(*kinds: tuple[Kind, bool]) -> list[str]:
        found = [
            Address(f"10.0.0.{number}", 4, "if0", kind, is_likely, 24, 1)
            for number, (kind, is_likely) in enumerate(kinds)
        ]
        return [address.ip for address in worth_telling(found)]

    assert told(("loopback", False), docker, likely) == ["10.0.0.2"]
    assert told(("loopback", False), docker) == ["10.0.0.1"]
    assert told(("loopback", False)) == []
