"""Owns the packets of one client that need a task: handled one after the other, as the library's own reader does it."""

import asyncio
from collections import deque

from engineio import packet as eio_packet
from engineio.async_socket import AsyncSocket
from engineio.exceptions import UnknownPacketError

MAX_WAITING = 64  # packets, before we stop reading from the client


class Inbox:
    """A packet stays in its place while it is handled, so that whatever follows it queues up behind it."""

    def __init__(self, socket: AsyncSocket, transport: asyncio.Transport) -> None:
        self._socket = socket
        self._transport = transport
        self._packets: deque[str | bytes] = deque()

    def put(self, packet: str | bytes) -> None:
        self._packets.append(packet)
        if len(self._packets) == MAX_WAITING:
            self._transport.pause_reading()

    async def empty(self) -> bool:
        """False if the session is over: the client closed it, or sent what is no packet."""
        while self._packets:
            if not await self._handle(self._packets[0]):
                return False
            self._packets.popleft()
            if len(self._packets) == MAX_WAITING - 1:
                self._transport.resume_reading()
        return True

    async def _handle(self, packet: str | bytes) -> bool:
        try:
            await self._socket.receive(eio_packet.Packet(encoded_packet=packet))
        except UnknownPacketError:
            return True
        except ValueError:
            return False
        return not self._socket.closed
