"""Finds how somebody stands in a room, and refuses what that doesn't allow."""

from lanchat.rooms.models import Membership
from lanchat.rooms.permissions import Action, Standing, refusal


def authorise(user_id: int, action: Action, room_id: int, now: str) -> Standing:
    """How the user stands in the room, if that allows the action; runs on a database thread.

    Raises what `refusal` says: RoomNotFound, NotAMember, Forbidden, LobbyIsPermanent or Muted.
    """
    standing = Membership.find_standing(user_id, room_id)
    if (refused := refusal(standing, action, now)) is not None:
        raise refused
    assert standing is not None
    return standing
