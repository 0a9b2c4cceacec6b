"""Reads and writes WebSocket frames (RFC 6455) for the server's side, without extensions.

Strict: whatever the RFC forbids a client ends the connection with the close code it names.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import TypeAlias


class Opcode(IntEnum):
    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


NORMAL_CLOSURE = 1000
PROTOCOL_ERROR = 1002
INVALID_DATA = 1007
TOO_BIG = 1009
INTERNAL_ERROR = 1011

_FIN = 0x80
_RSV = 0x70
_MASKED = 0x80
_TEXT = int(Opcode.TEXT)  # to look a member of an enum up costs 0.2 µs, and this one is asked for with each message
_LAST_TEXT = _FIN | _TEXT
_MAX_CONTROL = 125  # bytes
# What may travel in a close frame: RFC 6455 7.4.1 and the registry it opened; 3000 and above are for applications.
_CLOSE_CODES = frozenset({1000, 1001, 1002, 1003, *range(1007, 1015), *range(3000, 5000)})


class ProtocolViolation(Exception):
    def __init__(self, close_code: int, what: str) -> None:
        super().__init__(what)
        self.close_code = close_code


# The opcode and payload of a whole message, or of a control frame; text is valid UTF-8. A fragment that isn't the
# last of its message is a CONTINUATION without payload: it cost something, too, and whoever counts must see it.
Message: TypeAlias = tuple[int, bytes]


def frame(payload: bytes, opcode: Opcode = Opcode.TEXT) -> bytes:
    """One unmasked frame with the end of its message."""
    size = len(payload)
    if size < 126:
        return bytes((_FIN | opcode, size)) + payload
    if size < 1 << 16:
        return bytes((_FIN | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((_FIN | opcode, 127)) + size.to_bytes(8, "big") + payload


def close_frame(code: int) -> bytes:
    return frame(code.to_bytes(2, "big"), Opcode.CLOSE)


class FrameReader:
    """Turns the bytes of one client into messages, however the network cut them."""

    __slots__ = ("_buffer", "_fragments", "_opcode", "_wanted", "max_size")

    def __init__(self, max_size: int) -> None:
        """`max_size` in bytes bounds a message, whole or fragmented, before its payload has arrived."""
        self.max_size = max_size
        self._buffer = bytearray()
        self._wanted = 2  # bytes without which a look at the buffer is pointless
        self._opcode = 0  # of the message whose fragments are arriving, or 0
        self._fragments = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Raises ProtocolViolation after the last good message. Read it to the end before feeding more."""
        if self._buffer:
            # A frame that drips in byte by byte must not be copied at every byte.
            self._buffer += data
            if len(self._buffer) < self._wanted:
                return
            data = bytes(self._buffer)
            self._buffer.clear()
        start, end = 0, len(data)
        while end - start >= 2:
            first, length = data[start], data[start + 1]
            if first != _LAST_TEXT or not length & _MASKED or self._opcode:  # whole text is what a chat is made of
                self._check_head(first, length)
            size, body = self._locate_payload(data, start, length & 0x7F)
            if end < body + size:
                self._wanted = body + size - start
                break
            self._wanted = 2
            payload = _unmask(data[body : body + size], data[body - 4 : body])
            start = body + size
            if first == _LAST_TEXT:
                if not payload.isascii():
                    _check_utf8(payload)
                yield _TEXT, payload
            else:
                yield self._collect(first, payload)
        if start < end:
            self._buffer += data[start:] if start else data

    def _check_head(self, first: int, length: int) -> None:
        opcode = first & 0x0F
        if first & _RSV:
            raise ProtocolViolation(PROTOCOL_ERROR, "a reserved bit is set")
        if not length & _MASKED:
            raise ProtocolViolation(PROTOCOL_ERROR, "not masked")
        if opcode & 0x8:
            if opcode > Opcode.PONG:
                raise ProtocolViolation(PROTOCOL_ERROR, "reserved opcode")
            if not first & _FIN or length & 0x7F > _MAX_CONTROL:
                raise ProtocolViolation(PROTOCOL_ERROR, "control frame fragmented or too long")
        elif opcode == Opcode.CONTINUATION:
            if not self._opcode:
                raise ProtocolViolation(PROTOCOL_ERROR, "nothing to continue")
        elif opcode > Opcode.BINARY:
            raise ProtocolViolation(PROTOCOL_ERROR, "reserved opcode")
        elif self._opcode:
            raise ProtocolViolation(PROTOCOL_ERROR, "a message inside a message")

    def _locate_payload(self, data: bytes, start: int, length: int) -> tuple[int, int]:
        """(size of the payload, where it begins); size 0 beyond the end while the head is incomplete."""
        if length < 126:
            size, body = length, start + 6
        else:
            body = start + (8 if length == 126 else 14)
            if len(data) < body:
                return 0, body
            size = int.from_bytes(data[start + 2 : body - 4], "big")
            if size < 126 or (length == 127 and not 1 << 16 <= size < 1 << 63):
                raise ProtocolViolation(PROTOCOL_ERROR, "length not in its shortest form")
            self._check_size(size)
        return size, body

    def _check_size(self, more: int) -> None:
        if len(self._fragments) + more > self.max_size:
            raise ProtocolViolation(TOO_BIG, "message too big")

    def _collect(self, first: int, payload: bytes) -> Message:
        opcode = first & 0x0F
        if opcode & 0x8:
            if opcode == Opcode.CLOSE:
                _check_close(payload)
            return opcode, payload
        self._check_size(len(payload))
        self._opcode = opcode or self._opcode
        self._fragments += payload
        if not first & _FIN:
            return Opcode.CONTINUATION, b""
        opcode, payload = self._opcode, bytes(self._fragments)
        self._opcode = 0
        self._fragments.clear()
        if opcode == _TEXT:
            _check_utf8(payload)
        return opcode, payload


def _unmask(payload: bytes, mask: bytes) -> bytes:
    """One big exclusive or: about 1 µs for a chat message, in pure Python."""
    size = len(payload)
    repeated = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(repeated, "little")).to_bytes(size, "little")


def _check_close(payload: bytes) -> None:
    if not payload:
        return
    if len(payload) == 1 or int.from_bytes(payload[:2], "big") not in _CLOSE_CODES:
        raise ProtocolViolation(PROTOCOL_ERROR, "no such close code")
    _check_utf8(payload[2:])


def _check_utf8(payload: bytes) -> None:
    try:
        payload.decode()
    except UnicodeDecodeError:
        raise ProtocolViolation(INVALID_DATA, "not UTF-8") from None
