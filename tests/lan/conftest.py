from collections.abc import Iterator

import pytest

from tests.lan import avahi, network


@pytest.fixture(scope="session")
def is_possible() -> None:
    if reason := network.why_impossible():
        pytest.skip(reason)


@pytest.fixture
def lan(is_possible: None) -> Iterator[network.Network]:
    with network.local_network() as made:
        yield made


@pytest.fixture
def needs_avahi() -> None:
    if not avahi.is_installed():
        pytest.skip("needs avahi-daemon, avahi-utils and dbus")
