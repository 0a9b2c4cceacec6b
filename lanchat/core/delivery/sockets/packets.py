"""Owns the text of Socket.IO packets in the default namespace, below Engine.IO's own type digit."""

import re
from typing import NamedTuple

import orjson

from lanchat.core.base.bounds import Bound

NAMESPACE = "/"
MAX_EVENT = 64 * 1024  # bytes; a larger event is refused, the connection stays
EVENT = Bound("event", f"{MAX_EVENT >> 10} KB", "a socket")
# The server library would run our own connect and disconnect handlers for a client's event of that name.
RESERVED = frozenset({b"connect", b"connect_error", b"disconnect", b"*"})

MAX_NAME = 128  # bytes

_EVENT = re.compile(rb'2(\d{0,15})(?=\["([^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*)")')

_ACK_ID = re.compile(rb"(?:2|5\d{1,9}-)(\d{1,15})\[")
BINARY = (b"5", b"6")  # events and acknowledgements with attachments: nothing of ours has any
_ATTACHMENTS = re.compile(rb"[56](\d{1,9})-")
_CONNECT_ELSEWHERE = re.compile(rb"0(/[^,?]{1,%d})(?:[,?]|\Z)" % MAX_NAME)


class EventHead(NamedTuple):
    """Who is called by an incoming event, and what its acknowledgement will name."""

    name: bytes
    ack_id: int | None
    start: int  # where the JSON array begins


def read_event_head(text: bytes) -> EventHead | None:
    """None unless `text` is an event with a string for a name."""
    match = _EVENT.match(text)
    if match is None:
        return None
    digits, name = match.groups()
    if len(name) > MAX_NAME:
        return None
    return EventHead(name, int(digits) if digits else None, match.end())


def read_ack_id(text: bytes) -> int | None:
    """What the acknowledgement of an event has to name, even of one that can't be read otherwise."""
    match = _ACK_ID.match(text)
    return None if match is None else int(match[1])


def count_attachments(text: bytes) -> int:
    """How many binary packets follow, that belong to this one."""
    match = _ATTACHMENTS.match(text)
    return 0 if match is None else int(match[1])


def other_namespace(text: bytes) -> str | None:
    """Which one a client wants to connect to, unless it is ours: the library refuses it without a message."""
    match = _CONNECT_ELSEWHERE.match(text)
    return None if match is None else match[1].decode("utf-8", "replace")


def event_packet(event: str, payload: object) -> bytes:
    return b'2["%b",%b]' % (event.encode(), orjson.dumps(payload))


def ack_packet(ack_id: int, payload: object) -> bytes:
    return b"3%d[%b]" % (ack_id, orjson.dumps(payload))
