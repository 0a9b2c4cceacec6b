from dataclasses import replace
from string import Formatter
from typing import Any

import pytest

from lanchat.core.base.i18n import LANGUAGES, sentences
from lanchat.diagnosis.findings import CODES, Finding
from lanchat.diagnosis.guest_side import GuestFacts, Target, diagnose_guest
from lanchat.diagnosis.host_side import HostFacts, diagnose_host
from lanchat.discovery.addresses import Address, classify
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.host_query import HostInfo
from tests.unit.discovery import adapters as recorded
from tests.unit.discovery.adapters import Row, adapters

LAPTOP = classify(adapters(recorded.LINUX_LAPTOP))
WELL = HostFacts(
    addresses=LAPTOP,
    outside={"192.168.1.42": "open", "10.20.0.7": "open"},
    routes={"192.168.1.42": "192.168.1.42", "10.20.0.7": "10.20.0.7"},
)
SAID = HostInfo(Announcement("id-a", "Anna", "1", 8000), clock_ahead=1.0, is_announcing=True)
JOINED = GuestFacts(addresses=LAPTOP, target=Target("192.168.1.5", 8000), info=SAID, source="192.168.1.42")
MUTE = replace(JOINED, outcome="silent", info=None)


def addresses(*rows: Row) -> list[Address]:
    return classify(adapters(list(rows)))


def host_codes(**changes: Any) -> list[str]:
    return [finding.code for finding in diagnose_host(replace(WELL, **changes))]


def guest_codes(facts: GuestFacts) -> list[str]:
    return [finding.code for finding in diagnose_guest(facts)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_a_trouble_and_a_cure(code: str, language: str) -> None:
    for part in ("trouble", "cure"):
        assert sentences(language)[f"doctor.{code}.{part}"].strip()


@pytest.mark.parametrize("code", CODES)
def test_both_languages_ask_for_the_same_details(code: str) -> None:
    def gaps(language: str) -> set[str | None]:
        text = "".join(sentences(language)[f"doctor.{code}.{part}"] for part in ("trouble", "cure"))
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert gaps("en") == gaps("zh-CN")


def test_a_healthy_host_gets_no_finding() -> None:
    assert host_codes() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"is_lanchat": False}, "port_taken"),
        ({"loopback": "refused", "outside": {}, "can_bind": False}, "port_taken"),
        ({"loopback": "refused", "outside": {}}, "not_running"),
        ({"outside": {"192.168.1.42": "refused"}}, "loopback_only"),
        ({"outside": {"192.168.1.42": "silent"}}, "firewall_closed"),
        ({"addresses": [], "outside": {}}, "no_network"),
        ({"addresses": addresses(("tun0", [("10.8.0.2", 24)]), ("docker0", [("172.17.0.1", 16)]))}, "no_network"),
        ({"addresses": addresses(("eth0", [("169.254.1.2", 16)]))}, "no_dhcp"),
        ({"routes": {"192.168.1.42": "10.64.12.9", "10.20.0.7": "10.64.12.9"}}, "vpn_takes_route"),
        ({"is_mdns_open": False}, "mdns_blocked"),
        ({"unheard": ("Office",)}, "mdns_blocked"),
        ({"name_owners": ("192.168.1.7",)}, "name_taken"),
        ({"clock_behind_install": 86400 * 400.0}, "clock_wrong"),
        ({"clock_ahead_of_others": -600.0}, "clock_wrong"),
        ({"certificate": "certificate has expired"}, "certificate_stale"),
        ({"free_bytes": 100, "reserve_bytes": 500 << 20}, "disk_nearly_full"),
    ],
)
def test_a_fault_of_the_host_is_named(changes: dict[str, Any], expected: str) -> None:
    assert host_codes(**changes) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"outside": {"192.168.1.42": "open", "10.20.0.7": "silent"}},
        {"routes": {"192.168.1.42": "192.168.1.42", "10.20.0.7": "10.64.12.9"}},
        {"clock_behind_install": 3600.0},
        {"clock_ahead_of_others": 60.0},
        {"loopback": "refused", "outside": {"192.168.1.42": "open"}},
    ],
)
def test_what_hinders_nobody_is_not_mentioned(changes: dict[str, Any]) -> None:
    assert host_codes(**changes) == []


def test_a_guest_who_is_in_gets_no_finding() -> None:
    assert guest_codes(JOINED) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(MUTE, addresses=[]), "no_network"),
        (replace(MUTE, source="10.64.12.9"), "vpn_takes_route"),
        (replace(MUTE, outcome="refused"), "nothing_listens"),
        (replace(MUTE, target=Target("192.168.7.5", 8000)), "wrong_subnet"),
        (replace(MUTE, is_neighbour_known=False), "client_isolation"),
        (replace(MUTE, is_neighbour_known=False, is_announced=False), "host_silent"),
        (MUTE, "firewall_closed"),
        (replace(MUTE, outcome="unreachable"), "firewall_closed"),
        (replace(JOINED, info=None), "other_program"),
        (replace(JOINED, is_announced=False), "mdns_blocked"),
        (replace(JOINED, info=replace(SAID, clock_ahead=-500.0)), "clock_wrong"),
        (replace(JOINED, certificate="IP address mismatch"), "certificate_stale"),
        (replace(JOINED, strangers=("192.168.1.9",)), "name_taken"),
    ],
)
def test_what_keeps_a_guest_out_is_named(facts: GuestFacts, expected: str) -> None:
    assert guest_codes(facts) == [expected]


@pytest.mark.parametrize(
    "facts",
    [
        replace(JOINED, is_announced=False, info=replace(SAID, is_announcing=False)),
        replace(JOINED, is_announced=False, info=replace(SAID, is_announcing=None)),
        replace(JOINED, info=replace(SAID, clock_ahead=None)),
        replace(JOINED, source="10.64.12.9"),
        replace(JOINED, target=Target("192.168.7.5", 8000)),
    ],
)
def test_a_guest_who_gets_through_is_not_alarmed(facts: GuestFacts) -> None:
    assert guest_codes(facts) == []


def test_a_finding_speaks_both_languages_and_json() -> None:
    finding = Finding("firewall_closed", {"address": "192.168.1.5", "port": 8000})
    assert "8000" in finding.trouble("en")
    assert "8000" in finding.cure("zh-CN")
    assert finding.as_json("en")["trouble"] == finding.trouble("en")
    assert finding.is_problem
    assert not Finding("no_dhcp").is_problem
