"""Speaks to systemd's login service: it lets the computer sleep later, and tells when it does and when it woke."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Literal

from dbus_fast import BusType, Message, MessageType
from dbus_fast.aio import MessageBus

SERVICE, PATH, INTERFACE = "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
ASLEEP = "PrepareForSleep"  # a signal with true before sleeping, and with false after


async def stay_awake(why: str) -> Callable[[], object]:
    """The computer doesn't fall asleep by itself until the returned function is called. Raises OSError."""
    async with _bus() as bus:
        descriptor = await _inhibit(bus, "idle", why, "block")
    return lambda: os.close(descriptor)


async def follow_sleep(why: str, before: Callable[[], Awaitable[None]], after: Callable[[], Awaitable[None]]) -> None:
    """Until cancelled: `before` each sleep, for which the service waits some seconds, and `after`."""
    turns: asyncio.Queue[bool] = asyncio.Queue()
    async with _bus() as bus:
        bus.add_message_handler(lambda message: _take(message, turns))
        await _listen(bus)
        while True:
            delay = await _inhibit(bus, "sleep", why, "delay")
            try:
                while not await turns.get():
                    pass
                await before()
            finally:
                os.close(delay)
            while await turns.get():
                pass
            await after()


@asynccontextmanager
async def _bus() -> AsyncGenerator[MessageBus]:
    bus = await MessageBus(bus_type=BusType.SYSTEM, negotiate_unix_fd=True).connect()
    try:
        yield bus
    finally:
        bus.disconnect()


async def _listen(bus: MessageBus) -> None:
    rule = f"type='signal',sender='{SERVICE}',interface='{INTERFACE}',member='{ASLEEP}'"
    broker = "org.freedesktop.DBus"
    await _call(bus, Message(broker, "/org/freedesktop/DBus", broker, "AddMatch", signature="s", body=[rule]))


async def _inhibit(bus: MessageBus, what: str, why: str, mode: Literal["block", "delay"]) -> int:
    """A descriptor; what it stands for holds as long as it is open."""
    words = [what, "LanChat", why, mode]
    reply = await _call(bus, Message(SERVICE, PATH, INTERFACE, "Inhibit", signature="ssss", body=words))
    return reply.unix_fds[0]


async def _call(bus: MessageBus, message: Message) -> Message:
    reply = await bus.call(message)
    if reply.message_type is MessageType.ERROR:
        raise OSError(f"{message.member} is not allowed: {reply.error_name}")
    return reply


def _take(message: Message, turns: asyncio.Queue[bool]) -> None:
    if message.message_type is MessageType.SIGNAL and message.member == ASLEEP and message.interface == INTERFACE:
        turns.put_nowait(bool(message.body[0]))
