"""Owns what of a room its members aren't shown: where it hides its past, all from before they came."""

from lanchat.rooms.models.memberships import Membership


def hidden_seqs_of(user_id: int) -> dict[int, int]:
    """By room that the user is in, up to where nothing of it is shown to them."""
    rows = Membership.run_sql(
        """SELECT m.room_id, CASE r.history WHEN 'since_joining' THEN m.joined_seq ELSE 0 END
        FROM membership m JOIN room r ON r.id = m.room_id WHERE m.user_id = ?""",
        user_id,
    )
    return dict(rows.fetchall())


def blind_to(room_id: int, seq: int) -> frozenset[int]:
    """The members who are not shown what stands at `seq`."""
    rows = Membership.run_sql(
        """SELECT m.user_id FROM membership m JOIN room r ON r.id = m.room_id
        WHERE r.id = ? AND r.history = 'since_joining' AND m.joined_seq >= ?""",
        room_id,
        seq,
    )
    return frozenset(user_id for (user_id,) in rows)
