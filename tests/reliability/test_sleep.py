"""The host's computer goes to sleep and wakes: its guests are told before, and are back after."""

# Annotations are D-Bus types here, and names are the specification's.
# ruff: noqa: F821, N802

import asyncio
import os
import queue
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.bus import Bus, private_bus
from tests.people import Person, people_at
from tests.server import PATIENCE, LanChat

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")


class LoginService(ServiceInterface):
    """As systemd's: who wants a sleep delayed gets the end of a pipe, and lets the computer go by closing it."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.login1.Manager")
        self.delays: queue.Queue[int] = queue.Queue()

    @dbus_method()
    def Inhibit(self, what: "s", who: "s", why: "s", mode: "s") -> "h":
        assert (what, who, mode) == ("sleep", "LanChat", "delay")
        ours, theirs = os.pipe()
        self.delays.put(ours)
        asyncio.get_running_loop().call_later(1, os.close, theirs)  # once it has been sent
        return theirs

    @dbus_signal()
    def PrepareForSleep(self, *, is_asleep: bool) -> "b":
        return is_asleep


class Computer:
    def __init__(self, bus: Bus, service: LoginService) -> None:
        self.bus_address = bus.address
        self._loop, self._service = bus.loop, service

    async def delay(self) -> int:
        return await asyncio.to_thread(self._service.delays.get, timeout=PATIENCE)

    def tell(self, *, is_asleep: bool) -> None:
        self._loop.call_soon_threadsafe(lambda: self._service.PrepareForSleep(is_asleep=is_asleep))


@pytest.fixture(scope="module")
def computer() -> Iterator[Computer]:
    service = LoginService()
    with private_bus("org.freedesktop.login1", "/org/freedesktop/login1", service) as bus:
        yield Computer(bus, service)


@pytest.fixture
def host(computer: Computer, tmp_path: Path) -> Iterator[LanChat]:
    running = LanChat(tmp_path, env={"DBUS_SYSTEM_BUS_ADDRESS": computer.bus_address}).start()
    yield running
    running.kill()


@pytest.fixture
async def guest(host: LanChat) -> AsyncIterator[Person]:
    async with people_at(host.url) as people:
        yield await people.one()


async def test_guests_are_told_before_it_sleeps_and_come_back_after(computer: Computer, guest: Person) -> None:
    delay = await computer.delay()
    ear = await guest.connect()
    computer.tell(is_asleep=True)
    assert await ear.hears("server_stopping") == {"restart_expected": True}
    await ear.until_gone()
    assert await asyncio.to_thread(os.read, delay, 1) == b"", "the sleep is let go on"
    os.close(delay)

    between = await guest.connect()
    computer.tell(is_asleep=False)
    await between.until_gone()  # it may have died in the meantime, and nobody would know for a minute
    os.close(await computer.delay())
    ear = await guest.connect()
    await ear.catch_up()
