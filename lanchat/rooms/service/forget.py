"""What becomes of rooms when somebody who was in them is forgotten."""

from functools import partial

from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.rooms.models import Left, Membership
from lanchat.rooms.service.tell import tell_left


def made_rooms() -> str:
    return "EXISTS (SELECT 1 FROM room r WHERE r.created_by = account.id)"


def leave_all(user_ids: list[int], now: str) -> Tell:
    """In the transaction that removes their accounts: each room passes on as when somebody leaves."""
    left = [
        Membership.leave(user_id, room_id, now) for user_id in user_ids for room_id in Membership.room_ids_of(user_id)
    ]
    return partial(_tell, left)


def _tell(left: list[Left | None], chat: Chat) -> None:
    for each in left:
        tell_left(chat.hub, each)
