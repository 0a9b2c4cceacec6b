"""Whom somebody may know of: everybody, or with a closed directory those with whom they share a room."""

from collections.abc import Iterable

from lanchat.accounts.errors import UserNotFound
from lanchat.accounts.models import User
from lanchat.core.chat import Chat
from lanchat.host.policy import Policy
from lanchat.rooms.models.members import share_a_room


def may_look_up(chat: Chat, user_id: int) -> bool:
    """Whether they may look through the names of everybody; on a database thread."""
    return chat.part(Policy).directory == "everyone" or User.is_administrator(user_id)


def may_know(chat: Chat, user_id: int, other_id: int) -> bool:
    return user_id == other_id or may_look_up(chat, user_id) or share_a_room(user_id, other_id)


def require_known(chat: Chat, user_id: int, others: Iterable[int]) -> None:
    """Raises UserNotFound, the same for who isn't there and for whom one may not know of."""
    for other_id in sorted(others):
        if not (User.is_person(other_id) and may_know(chat, user_id, other_id)):
            raise UserNotFound(username=f"#{other_id}")
