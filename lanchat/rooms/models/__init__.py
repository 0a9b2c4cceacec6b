"""The slice's tables, and every query on them."""

from lanchat.rooms.models.bans import Ban, BanRow
from lanchat.rooms.models.log import LogRow, RoomLog
from lanchat.rooms.models.marks import Marks
from lanchat.rooms.models.memberships import Door, Joined, Left, Membership
from lanchat.rooms.models.rooms import LOBBY, Room, public_row

__all__ = [
    "LOBBY",
    "Ban",
    "BanRow",
    "Door",
    "Joined",
    "Left",
    "LogRow",
    "Marks",
    "Membership",
    "Room",
    "RoomLog",
    "public_row",
]
