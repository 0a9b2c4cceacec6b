"""What somebody does to a room: written into its log and said among its messages, in the transaction that does it."""

from typing import NamedTuple

from lanchat.core.hooks import Fillings, Tell
from lanchat.rooms.hooks import Fact, FactCode, stated
from lanchat.rooms.models import LogRow, Membership, RoomLog

CROWD = 50  # members from which on coming and going isn't said any more


class Deed(NamedTuple):
    """Who does it, where and when."""

    fillings: Fillings
    room_id: int
    actor_id: int
    now: str

    def note(self, action: str, target_id: int | None = None, details: dict[str, object] | None = None) -> None:
        """For the room's managers."""
        RoomLog.note(self.room_id, LogRow(0, self.now, self.actor_id, action, target_id, details or {}))

    def state(self, code: FactCode, target_id: int | None = None, value: str | None = None) -> list[Tell]:
        """For everybody in the room: a line, to be told after the commit."""
        return stated.all(self.fillings, self.room_id, Fact(code, self.actor_id, target_id, value), self.now)

    def state_coming_or_going(self, code: FactCode, user_id: int) -> list[Tell]:
        """As `state`, where few are in the room. Who is brought by somebody else is the target."""
        if Membership.is_crowded(self.room_id, CROWD):
            return []
        return self.state(code, None if user_id == self.actor_id else user_id)
