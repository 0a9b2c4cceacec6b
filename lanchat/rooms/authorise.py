"""Finds how somebody stands in a room, and refuses what that doesn't allow."""

from lanchat.accounts.errors import UserNotFound
from lanchat.core.base.errors import ChatError
from lanchat.rooms.errors import NotAMember
from lanchat.rooms.models import Membership
from lanchat.rooms.permissions import Action, Standing, refusal, refusal_upon


def authorise(user_id: int, action: Action, room_id: int, now: str) -> Standing:
    """How the user stands in the room, if that allows the action; runs on a database thread.

    Raises what `refusal` says: RoomNotFound, NotAMember, Forbidden, LobbyIsPermanent or Muted.
    """
    standing = Membership.find_standing(user_id, room_id)
    if (refused := refusal(standing, action, now)) is not None:
        raise refused
    assert standing is not None
    return standing


def refusal_to_outsider(user_id: int, room_id: int, now: str) -> ChatError:
    """Why somebody who is no member hears nothing of a room."""
    return refusal(Membership.find_standing(user_id, room_id), Action.READ, now) or NotAMember()


def authorise_upon(user_id: int, other_id: int, action: Action, room_id: int, now: str) -> tuple[Standing, Standing]:
    """As `authorise`, of what is done to somebody: how both stand.

    Raises also CannotTouchOwner, and UserNotFound where there is no such person.
    """
    mine = authorise(user_id, action, room_id, now)
    other = Membership.find_standing(other_id, room_id)
    if other is None:
        raise UserNotFound(username=f"#{other_id}")
    if (refused := refusal_upon(mine, other, action, now)) is not None:
        raise refused
    return mine, other
