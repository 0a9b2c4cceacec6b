"""How somebody ceases to be a member, whoever willed it, and what becomes of an owner's room."""

from typing import NamedTuple

from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.rooms.models import Left, Membership
from lanchat.rooms.models.members import Stands, stands
from lanchat.rooms.schemas.told import Parting
from lanchat.rooms.service.deed import Deed
from lanchat.rooms.service.tell import tell_left, tell_mute, tell_role


class Gone(NamedTuple):
    left: Left
    reason: Parting
    heir: Stands | None  # who owns the room now, if that changed
    lines: list[Tell]


def go(deed: Deed, user_id: int, reason: Parting = "left") -> Gone | None:
    """In a transaction: take somebody out of a room. None if they were no member."""
    left = Membership.leave(user_id, deed.room_id, deed.now)
    if left is None:
        return None
    if reason == "left":
        lines = deed.state_coming_or_going("member_left", user_id)
    else:
        lines = deed.state("member_banned" if reason == "banned" else "member_removed", user_id)
    heir = left.heir_id and stands(deed.room_id, left.heir_id, deed.now)
    if heir:
        deed.note("ownership_transferred", heir.member.id)
        if left.frees_heir:
            deed.note("unmuted", heir.member.id)
        lines += deed.state("ownership_transferred", heir.member.id)
    return Gone(left, reason, heir or None, lines)


def tell_gone(chat: Chat, gone: Gone | None) -> None:
    if gone is None:
        return
    tell_left(chat.hub, gone.left, gone.reason)
    if gone.heir is not None:
        tell_role(chat.hub, gone.left.change.room_id, gone.heir)
        if gone.left.frees_heir:
            tell_mute(chat.hub, gone.left.change.room_id, gone.heir)
    for line in gone.lines:
        line(chat)
