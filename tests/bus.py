"""A D-Bus of a test's own, with services on it that pretend to be the system's."""

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface

PATIENCE = 60.0  # s, on a busy machine


class Bus(NamedTuple):
    """`loop` is the services': their signals are sent from there."""

    address: str
    loop: asyncio.AbstractEventLoop


@contextmanager
def private_bus(name: str, path: str, service: ServiceInterface) -> Iterator[Bus]:
    """`service` answers under this name and path, on a thread of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    connection: Any = None

    async def begin() -> None:
        nonlocal connection
        connection = await MessageBus(bus_address=address, negotiate_unix_fd=True).connect()
        connection.export(path, service)
        await connection.request_name(name)

    async def end() -> None:
        connection.disconnect()
        await connection.wait_for_disconnect()

    try:
        asyncio.run_coroutine_threadsafe(begin(), loop).result(PATIENCE)
        yield Bus(address, loop)
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()
        daemon.terminate()
        daemon.wait(PATIENCE)
        daemon.stdout.close()
