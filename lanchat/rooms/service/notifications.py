"""Of what somebody wants to be told in a room."""

from lanchat.core.base.moments import require_future
from lanchat.core.chat import Chat
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models import Membership
from lanchat.rooms.permissions import Action
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.notifications import (
    NotificationsChange,
    NotificationsPayload,
    RoomPreferences,
    notifications,
)


async def set_notifications(
    chat: Chat, user_id: int, room_id: int, change: NotificationsChange
) -> NotificationsPayload:
    """On all of one's devices. Members only: raises RoomNotFound or NotAMember.

    Raises InvalidInput for a time that is over.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()
    require_future("muted_until", change.muted_until, now)

    def store() -> NotificationsPayload:
        authorise(user_id, Action.READ, room_id, now)
        Membership.set_told_of(user_id, room_id, change.level, change.muted_until)
        return notifications(change.level, change.muted_until, now)

    def tell(wanted: NotificationsPayload) -> None:
        chat.hub.to_user(user_id, "room_preferences", RoomPreferences(room_id=room_id, notifications=wanted))

    return await chat.db.write(store, then=tell)
