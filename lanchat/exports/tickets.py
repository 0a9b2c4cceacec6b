"""Owns the exports that wait to be fetched, those under way, and the threads that make them."""

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

from lanchat.core.base.bounds import Bound
from lanchat.core.base.fair_turns import Pool, Share
from lanchat.core.chat import Chat, Part
from lanchat.exports.errors import ExportGone, ExportRunning
from lanchat.exports.schemas import Format

TICKET_LIFE = 600.0  # s
NAME_BYTES = 16  # 128 bits: nobody guesses one
# Each piece of an archive: a portion of messages is written, or a piece of a file is packed.
MAKING = Share("export_pieces", at_once=1, of_one=1, waiting=200, about="a user")
UNDER_WAY = Bound("exports_under_way", "one; what is in memory of it is a portion of 200 messages", "a user")
WAITING = Bound("export_tickets", "as many as `exports` allows; each ends after 10 minutes", "a user")


class Wanted(NamedTuple):
    """What somebody asked for; without a room, all that is theirs."""

    user_id: int
    room_id: int | None
    format: Format
    language: str
    tz: str


class Exports(Part, scope="cluster"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.making = Pool(MAKING, enabled=chat.settings.limits)
        self._tickets: dict[str, tuple[float, Wanted]] = {}  # until when, by the clock that never jumps
        self._running: set[int] = set()  # user ids

    def issue(self, wanted: Wanted) -> str:
        """The name under which it may be fetched."""
        now = self._chat.clock.monotonic()
        self._tickets = {name: ticket for name, ticket in self._tickets.items() if ticket[0] > now}
        name = secrets.token_hex(NAME_BYTES)
        self._tickets[name] = (now + TICKET_LIFE, wanted)
        return name

    def find(self, name: str, user_ids: list[int]) -> Wanted:
        """Raises ExportGone unless it waits for one of these people."""
        until, wanted = self._tickets.get(name, (0.0, None))
        if wanted is None or until <= self._chat.clock.monotonic() or wanted.user_id not in user_ids:
            raise ExportGone
        return wanted

    def redeem(self, name: str) -> None:
        """It is fetched, and not once more."""
        self._tickets.pop(name, None)

    def require_none(self, user_id: int) -> None:
        """Raises ExportRunning."""
        if user_id in self._running:
            raise ExportRunning

    @contextmanager
    def under_way(self, user_id: int) -> Generator[None]:
        """Raises ExportRunning."""
        self.require_none(user_id)
        self._running.add(user_id)
        try:
            yield
        finally:
            self._running.discard(user_id)

    def close(self) -> None:
        self.making.close(wait=False)
