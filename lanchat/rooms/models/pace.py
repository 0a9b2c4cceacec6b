"""How often somebody may speak in a slow room."""

from datetime import datetime
from math import ceil

from lanchat.rooms.errors import SlowMode
from lanchat.rooms.models.memberships import Membership


class Pace:
    """Of one member in a transaction: kept in their membership, so that no restart makes anybody faster."""

    def __init__(self, slow_mode: int, spoke_at: str | None) -> None:
        self._slow_mode = slow_mode  # seconds between two messages
        self._spoke_at = spoke_at

    def refusal(self, now: str) -> SlowMode | None:
        if self._spoke_at is None:
            return None
        passed = (datetime.fromisoformat(now) - datetime.fromisoformat(self._spoke_at)).total_seconds()
        # A clock that was set back keeps nobody waiting for longer than the pause.
        left = self._slow_mode - max(passed, 0)
        return SlowMode(retry_after=ceil(left)) if left > 0 else None

    def spoke(self, user_id: int, room_id: int, now: str) -> None:
        self._spoke_at = now
        Membership.run_sql(
            "UPDATE membership SET spoke_at = ? WHERE room_id = ? AND user_id = ?", now, room_id, user_id
        )
