from collections.abc import Iterator

import pytest

from tests.lan import avahi, network
from tests.lan.side_by_side import MARK, SideBySide, is_marked

_running = pytest.StashKey[SideBySide]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}: mostly waits, in a network of its own")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not is_marked(pyfuncitem):
        return None
    session = pyfuncitem.session
    session.stash.setdefault(_running, SideBySide(session.items)).call(pyfuncitem)
    return True


def pytest_sessionfinish(session: pytest.Session) -> None:
    if running := session.stash.get(_running, None):
        running.leave()


@pytest.fixture(scope="session")
def is_possible() -> None:
    if reason := network.why_impossible():
        pytest.skip(reason)


@pytest.fixture
def lan(is_possible: None, request: pytest.FixtureRequest) -> Iterator[network.Network | None]:
    """A network of the test's own; made elsewhere for tests that run side by side."""
    if is_marked(request.node):
        yield None
        return
    with network.local_network() as made:
        yield made


@pytest.fixture
def needs_avahi() -> None:
    if not avahi.is_installed():
        pytest.skip("needs avahi-daemon, avahi-utils and dbus")
