"""Owns what a slow room remembers of whoever comes back to it."""

from lanchat.core.hooks import Tell
from lanchat.messages.models.messages import Message

LOOKED_AT = 2000  # of a room's newest messages


def remember_pace(user_id: int, room_id: int) -> Tell:
    """Leaving and coming back makes nobody faster."""
    Message.run_sql(
        """UPDATE membership SET spoke_at =
            (SELECT max(newest.created_at) FROM (SELECT user_id, message_type, created_at FROM message
                WHERE room_id = ? ORDER BY seq DESC LIMIT ?) AS newest
            WHERE newest.user_id = ? AND newest.message_type <> 'system')
        WHERE room_id = ? AND user_id = ? AND EXISTS (SELECT 1 FROM room r WHERE r.id = ? AND r.slow_mode > 0)""",
        *(room_id, LOOKED_AT, user_id, room_id, user_id, room_id),
    )
    return lambda _: None
