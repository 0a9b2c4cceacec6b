"""Fixtures that many tests share: a running LanChat, and people who use it."""

import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.people import People, people_at
from tests.server import LanChat

if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    # Run by nohup we stay, but hand that on to nobody: what we start is hung up on, too.
    signal.signal(signal.SIGHUP, lambda *_: None)


# How long one example takes says more about the machine than about us.
hypothesis.settings.register_profile("lanchat", deadline=None)
hypothesis.settings.load_profile("lanchat")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    """One LanChat for all tests that don't stop it; it must end well, and must never have failed inside."""
    with LanChat(tmp_path_factory.mktemp("lanchat")).start() as running:
        yield running
        running.end_well()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[LanChat]:
    """A LanChat of this test's own, to be stopped, killed and started again; without limits."""
    with LanChat(tmp_path / "data", "--limits", "off").start() as running:
        yield running


@pytest.fixture
async def people(server: LanChat) -> AsyncIterator[People]:
    async with people_at(server.url) as people:
        yield people


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the server's last words beside a failure."""
    report = yield
    for running in getattr(item, "funcargs", {}).values():
        if report.failed and isinstance(running, LanChat):
            report.sections.append(("LanChat", running.report()))
    return report


WITH_THE_WHOLE_MACHINE = ("browser", "lan", "packaged", "reliability")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a busy machine can spoil by itself gets a second try; both are shown in the summary."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in WITH_THE_WHOLE_MACHINE:
            item.add_marker(pytest.mark.flaky(reruns=1))
    if hasattr(config, "workerinput"):  # this is one of several processes
        from tests.two_processes import in_order

        items[:] = in_order(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from tests.two_processes import TwoProcesses

    return TwoProcesses(config, log)
