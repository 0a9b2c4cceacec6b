"""The slice's tables, and every query on them."""

from lanchat.rooms.models.memberships import Door, Joined, Left, Marks, Membership
from lanchat.rooms.models.rooms import LOBBY, Room, public_row

__all__ = ["LOBBY", "Door", "Joined", "Left", "Marks", "Membership", "Room", "public_row"]
