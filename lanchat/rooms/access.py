"""Who may do what in a room: the one place that decides, and it denies by default."""

from enum import Enum

from lanchat.accounts.errors import Forbidden
from lanchat.rooms.errors import LobbyIsPermanent, NotAMember, RoomNotFound
from lanchat.rooms.models import Membership, Standing


class Action(Enum):
    SEE = "see"  # its name, description and counts
    READ = "read"  # history, members, files, who types
    SPEAK = "speak"
    CHANGE = "change"
    DELETE = "delete"


def authorise(user_id: int, action: Action, room_id: int) -> Standing:
    """How the user stands in the room, if that allows the action; runs on a database thread.

    Raises RoomNotFound, NotAMember, Forbidden, or LobbyIsPermanent.
    """
    standing = Membership.find_standing(user_id, room_id)
    if standing is None:
        raise RoomNotFound
    if action is Action.SEE and not standing.is_private:
        return standing
    if action in {Action.CHANGE, Action.DELETE}:
        return _require_manager(standing, action)
    if standing.role is None:
        raise NotAMember
    if action in {Action.SEE, Action.READ, Action.SPEAK}:
        return standing
    raise Forbidden


def _require_manager(standing: Standing, action: Action) -> Standing:
    """Owners and moderators change a room, only owners delete it, administrators may do both."""
    if standing.kind == "lobby" and action is Action.DELETE:
        raise LobbyIsPermanent
    if standing.is_administrator or standing.role == "owner":
        return standing
    if standing.role == "moderator" and action is Action.CHANGE:
        return standing
    raise NotAMember if standing.role is None else Forbidden
