"""Who hears of what happened to a room and to its members; runs after the commit."""

from lanchat.core.delivery.hub import Hub
from lanchat.rooms.models import Joined, Left, public_row
from lanchat.rooms.schemas import MembershipAdded, RoleChanged, RoomLeft, RoomPayload


def tell_founded(hub: Hub, user_id: int, room: RoomPayload) -> None:
    hub.subscribe(user_id, room.id)
    hub.to_user(user_id, "membership_added", MembershipAdded(room=with_presence(hub, room)))
    show_to_everybody(hub, "room_created", room)


def tell_joined(hub: Hub, joined: Joined) -> None:
    if not joined.is_new:
        return
    user_id, room_id = joined.change.user_id, joined.room.id
    hub.subscribe(user_id, room_id)
    hub.to_user(user_id, "membership_added", MembershipAdded(room=with_presence(hub, joined.room)))
    hub.to_room(room_id, "user_joined", joined.change)


def tell_left(hub: Hub, left: Left | None) -> None:
    if left is None:
        return
    user_id, room_id = left.change.user_id, left.change.room_id
    hub.to_room(room_id, "user_left", left.change)
    hub.evict(user_id, room_id)
    hub.to_user(user_id, "room_left", RoomLeft(room_id=room_id))
    if left.heir is not None:
        changed = RoleChanged(room_id=room_id, role="owner", can=left.heir.can)
        hub.to_user(left.heir.user_id, "role_changed", changed)


def show_to_everybody(hub: Hub, event: str, room: RoomPayload) -> None:
    hub.to_everybody(event, public_row(with_presence(hub, room)))


def with_presence(hub: Hub, room: RoomPayload) -> RoomPayload:
    return room.model_copy(update={"online_count": hub.count_online_in(room.id)})
