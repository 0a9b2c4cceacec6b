"""Who hears of what happened to a room and to its members; runs after the commit."""

from lanchat.core.delivery.hub import Hub
from lanchat.rooms.models import Joined, Left, public_row
from lanchat.rooms.models.direct import Listed
from lanchat.rooms.models.members import Stands
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.schemas.told import (
    MemberMuted,
    MembershipAdded,
    MemberUpdated,
    Parting,
    RoleChanged,
    RoomDeleted,
    RoomLeft,
)


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


def tell_listed(hub: Hub, listed: Listed) -> None:
    """A direct room that stands in somebody's list from now on."""
    hub.subscribe(listed.user_id, listed.room.id)
    hub.to_user(listed.user_id, "membership_added", MembershipAdded(room=with_presence(hub, listed.room)))


def tell_left(hub: Hub, left: Left, reason: Parting) -> None:
    user_id, room_id = left.change.user_id, left.change.room_id
    hub.to_room(room_id, "user_left", left.change)
    hub.evict(user_id, room_id)
    hub.to_user(user_id, "room_left", RoomLeft(room_id=room_id, reason=reason))


def tell_role(hub: Hub, room_id: int, changed: Stands) -> None:
    """Somebody whose role is another, and the room."""
    told = RoleChanged(room_id=room_id, role=changed.member.role, can=changed.can)
    hub.to_user(changed.member.id, "role_changed", told)
    tell_member(hub, room_id, changed)


def tell_mute(hub: Hub, room_id: int, changed: Stands) -> None:
    told = MemberMuted(room_id=room_id, muted_until=changed.member.muted_until, can=changed.can)
    hub.to_user(changed.member.id, "member_muted", told)
    tell_member(hub, room_id, changed)


def tell_member(hub: Hub, room_id: int, changed: Stands) -> None:
    member = changed.member.model_copy(update={"is_online": hub.is_online(changed.member.id)})
    hub.to_room(room_id, "member_updated", MemberUpdated(room_id=room_id, member=member))


def tell_room(hub: Hub, room: RoomPayload, was_archived: bool) -> None:
    """A room that changed: to everybody who sees its row; of an archived one these are its members."""
    row = public_row(with_presence(hub, room))
    if not room.archived:
        hub.to_everybody("room_created" if was_archived else "room_updated", row)
    if room.archived or was_archived:
        hub.to_room(room.id, "room_updated", row)
    if room.archived and not was_archived:
        outside = [socket.sid for socket in hub.sockets() if not hub.hears(socket.user_id, room.id)]
        hub.to_sockets(outside, "room_deleted", RoomDeleted(room_id=room.id, name=room.name))


def show_to_everybody(hub: Hub, event: str, room: RoomPayload) -> None:
    hub.to_everybody(event, public_row(with_presence(hub, room)))


def with_presence(hub: Hub, room: RoomPayload) -> RoomPayload:
    if room.members is None:
        return room.model_copy(update={"online_count": hub.count_online_in(room.id)})
    members = [each.model_copy(update={"is_online": hub.is_online(each.id)}) for each in room.members]
    return room.model_copy(update={"online_count": sum(each.is_online for each in members), "members": members})
