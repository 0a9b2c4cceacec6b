"""Queries on the rooms of somebody who deletes their account."""

from typing import NamedTuple

from lanchat.rooms.models.memberships import Membership


class FormerRoom(NamedTuple):
    id: int
    kind: str
    is_alone: bool  # nobody else is in it whose account still is


def next_room(user_id: int, after_id: int) -> FormerRoom | None:
    """The next of those in which they still are."""
    row = Membership.run_sql(
        """SELECT r.id, r.kind, NOT EXISTS (SELECT 1 FROM membership o JOIN account a ON a.id = o.user_id
            WHERE o.room_id = r.id AND o.user_id <> s.user_id AND a.deleted_at IS NULL)
        FROM membership s JOIN room r ON r.id = s.room_id WHERE s.user_id = ? AND r.id > ? ORDER BY r.id LIMIT 1""",
        *(user_id, after_id),
    ).fetchone()
    return row and FormerRoom(row[0], row[1], bool(row[2]))


def forget_standing(user_id: int) -> None:
    """Who blocked them and whom they did, from where they were banned, and how long they were muted."""
    for table in ("block", "ban", "kept_mute"):
        Membership.run_sql(f"DELETE FROM {table} WHERE user_id = ?", user_id)  # noqa: S608, ours
    Membership.run_sql("DELETE FROM block WHERE blocked_id = ?", user_id)
