"""What is told about rooms and their members as it happens."""

from typing import Literal

from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.schemas import Payload
from lanchat.rooms.schemas.outgoing import CanPayload, MemberPayload, Role, RoomPayload


class MemberUpdated(Payload):
    """`member_updated`: to the room, of a member whose role or mute is another."""

    room_id: int
    """Where it holds."""
    member: MemberPayload
    """As they stand now."""


Parting = Literal["left", "removed", "banned"]


class RoomJoined(Payload):
    """`room_joined`: the room is open to this socket, and these members are connected now."""

    room_id: int
    """`id` of the room."""
    room_name: str
    """As it is called now."""
    member_count: int
    """Oneself included."""
    online_members: list[UserPayload]
    """Those who are connected, by name, oneself included."""


class RoomEntered(Payload):
    """The answer to `join_room`."""

    room: RoomPayload
    """As it is with me in it."""


class MembershipChange(Payload):
    """`user_joined` and `user_left`: somebody became a member, or ceased to be one."""

    user_id: int
    """Who it is."""
    username: str
    """As they are called now."""
    display_name: str | None
    """Shown instead; null unless given."""
    room_id: int
    """Which room."""


class MembershipAdded(Payload):
    """`membership_added`: to all tabs of somebody in whose list a room stands from now on: a new member."""

    room: RoomPayload
    """As it is with me in it."""


class RoomLeft(Payload):
    """`room_left`: to all tabs of somebody who is no member any more."""

    room_id: int
    """Nothing more of it will be told."""
    reason: Parting
    """Who willed it: oneself, or those who keep order."""


class RoomHidden(Payload):
    """`room_hidden`: to all tabs of somebody who doesn't want to see a direct room until something is said in it."""

    room_id: int
    """It comes back by `membership_added`."""


class RoomDeleted(Payload):
    """`room_deleted`: to everybody."""

    room_id: int
    """Never given to another room."""
    name: str
    """As it was called."""


class MemberMuted(Payload):
    """`member_muted`: to all tabs of the member whom it is about."""

    room_id: int
    """Where it holds."""
    muted_until: str | None
    """UTC, ISO 8601; null: I may speak again."""
    can: CanPayload
    """What I may do in the room with it."""


class RoomAbilities(Payload):
    """`room_abilities`: to all tabs of somebody who may do other things in a room than before, by nobody's order."""

    room_id: int
    """Where it holds."""
    can: CanPayload
    """What I may do in the room now."""


class BlockChanged(Payload):
    """`block_changed`: to all tabs of whoever did it."""

    user_id: int
    """Whom I blocked, or do no more."""
    is_blocked: bool
    """From now on."""


class RoleChanged(Payload):
    """`role_changed`: to the member whose role it is."""

    room_id: int
    """Where it holds."""
    role: Role
    """From now on."""
    can: CanPayload
    """What I may do in the room with it."""
