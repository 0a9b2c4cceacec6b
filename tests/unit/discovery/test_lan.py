import pytest

from lanchat.discovery.addresses import all_addresses
from lanchat.discovery.lan import addresses_of, is_for_others


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_a_server_on_loopback_is_for_nobody_else(host: str) -> None:
    assert not is_for_others(host)


@pytest.mark.parametrize("host", [None, "0.0.0.0", "::", "192.168.1.5", "fd00::5", "fe80::1%eth0"])
def test_any_other_server_is_for_others(host: str | None) -> None:
    assert is_for_others(host)


def test_a_server_answers_where_it_is_bound() -> None:
    everything = all_addresses()
    assert addresses_of(None) == addresses_of("::") == everything
    assert addresses_of("0.0.0.0") == [address for address in everything if address.version == 4]
    assert [address.ip for address in addresses_of("127.0.0.1")] == ["127.0.0.1"]
    assert addresses_of("192.168.99.99") == []
