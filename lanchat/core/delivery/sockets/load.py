"""Owns how much of the server one socket may keep busy, whichever way its packets come."""

import asyncio
import time
from collections.abc import Callable

from lanchat.core.base.bounds import Bound

EVENTS_A_TURN = 64  # packets of a socket, before all others have their turn
MAX_UNFINISHED = 32  # events of a socket that are worked on; no further packet is read meanwhile
MAX_REFUSED = 1000  # events that came to nothing; whoever sends more of them is out of order, and shown out
REFUSED_PERIOD = 10.0  # s, in which so many may come
BREATH = 100  # events that came to nothing, after which no further packet is read for a while
MAX_KNOCKS = 3  # times that a socket may ask to be let in, and be refused
REST = 0.2  # s; to refuse an event costs no less than to take one
EVENTS_OF_ONE = Bound(
    "events_under_way",
    f"{EVENTS_A_TURN} a turn, {MAX_UNFINISHED} unfinished, {MAX_REFUSED} refused in {REFUSED_PERIOD:.0f} s;"
    f" {MAX_KNOCKS} refused logins",
    "a socket",
)


class Load:
    """Reading stops while MAX_UNFINISHED events are `unfinished`, and `on_free` says when to go on.

    `on_failure` hears of one that ended by an error instead of an answer.
    """

    __slots__ = (
        "_knocks",
        "_refused",
        "_since",
        "attachments",
        "on_failure",
        "on_flood",
        "on_free",
        "speaker",
        "unfinished",
    )

    def __init__(
        self, on_free: Callable[[], object], on_flood: Callable[[], object], on_failure: Callable[[], object]
    ) -> None:
        self.on_free = on_free
        self.on_flood = on_flood
        self.on_failure = on_failure
        self.attachments = 0  # binary packets that belong to an event which was refused
        self.unfinished = 0
        self.speaker: str | None = None  # the Socket.IO sid, while what it sends is listened to
        self._knocks = 0
        self._refused = 0
        self._since = 0.0  # monotonic s

    def watch(self, task: asyncio.Task[None]) -> None:
        self.unfinished += 1
        task.add_done_callback(self._end)

    def refuse(self) -> None:
        """Count an event that came to nothing."""
        now = time.monotonic()
        if now - self._since > REFUSED_PERIOD:
            self._since, self._refused = now, 0
        self._refused += 1
        if self._refused > MAX_REFUSED:
            self.on_flood()
        elif self._refused % BREATH == 0:
            self.unfinished += MAX_UNFINISHED
            asyncio.get_running_loop().call_later(REST, self._go_on)

    def knock(self) -> None:
        """Count a login that was refused: the official clients give up at the first."""
        self._knocks += 1
        if self._knocks >= MAX_KNOCKS:
            self.on_flood()

    def _go_on(self) -> None:
        self.unfinished -= MAX_UNFINISHED
        if self.unfinished < MAX_UNFINISHED:
            self.on_free()

    def shut(self) -> None:
        """The socket is gone: nobody needs to hear any more, and nothing holds it."""
        self.on_free = self.on_flood = self.on_failure = _nobody

    def _end(self, task: asyncio.Task[None]) -> None:
        self.unfinished -= 1
        if not task.cancelled() and task.exception() is not None:
            self.on_failure()  # who asked would wait for an answer for ever
        if self.unfinished == MAX_UNFINISHED - 1:
            self.on_free()


def _nobody() -> None:
    pass
