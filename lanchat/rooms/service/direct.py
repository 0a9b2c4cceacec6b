"""Direct rooms: one for each set of people, which nobody joins, leaves or manages."""

from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.host.policy import Policy
from lanchat.rooms.errors import Blocked, DirectMessagesOff, RoomNotFound
from lanchat.rooms.models import Membership
from lanchat.rooms.models.blocks import Block
from lanchat.rooms.models.direct import Listed, Opened, find_direct, hide, open_direct
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.incoming import DirectDraft
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.schemas.told import RoomHidden
from lanchat.rooms.service.known import require_known
from lanchat.rooms.service.tell import tell_listed, with_presence

NEW_DIRECT = Rate("new_direct_rooms", 30, 3600, of_address=300)  # of a user
MAX_OTHERS = 8


async def open_room(chat: Chat, user_id: int, draft: DirectDraft) -> tuple[RoomPayload, bool]:
    """The room of these people and the user, and whether it is new; only whoever asks finds it in their list at once.

    With a closed directory these are people with whom the user shares a room. Raises UserNotFound, Blocked,
    DirectMessagesOff, TooManyRooms, or InvalidInput for too many people.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    people, now = frozenset({user_id, *draft.user_ids}), chat.clock.now()
    if len(people) > MAX_OTHERS + 1:
        raise invalid_input("user_ids", "too_long", max_length=MAX_OTHERS)
    if await chat.db.read(find_direct, people) is None:
        if not chat.part(Policy).direct_messages and len(people) > 1:
            raise DirectMessagesOff
        chat.limits.hit(NEW_DIRECT, user_id)

    def store() -> Opened:
        if find_direct(people) is None:
            require_known(chat, user_id, people - {user_id})
        if Block.closed_among(user_id, people):
            raise Blocked
        return open_direct(user_id, people, now)

    def tell(opened: Opened) -> None:
        if opened.is_newly_listed:
            tell_listed(chat.hub, Listed(user_id, opened.room))

    opened = await chat.db.write(store, then=tell)
    return with_presence(chat.hub, opened.room), opened.is_new


async def hide_room(chat: Chat, user_id: int, room_id: int) -> None:
    """Out of the user's list until the next message. Raises RoomNotFound, for rooms of another kind as well."""
    chat.limits.hit(ROOM_ACTIONS, user_id)

    def store() -> bool:
        standing = Membership.find_standing(user_id, room_id)
        if standing is None or standing.kind != "direct" or not standing.is_member:
            raise RoomNotFound
        return hide(user_id, room_id)

    def tell(is_hidden: bool) -> None:
        if is_hidden:
            chat.hub.to_user(user_id, "room_hidden", RoomHidden(room_id=room_id))

    await chat.db.write(store, then=tell)
