"""What comes in about invitations, and what goes out."""

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Input, Payload
from lanchat.host.addresses import AddressPayload

DEFAULT_DAYS = 7


class InviteDraft(Input):
    """For how long the link lets people in."""

    days: int = Field(default=DEFAULT_DAYS, ge=1, le=30)
    """From now; 1 to 30."""


class InvitePayload(Payload):
    """A link into a room."""

    model_config = ConfigDict(title="Invite")

    room_id: int
    """Where it leads."""
    path: str
    """With the code behind the `#`; the same one while it holds."""
    expires_at: str
    """UTC, ISO 8601."""
    addresses: list[AddressPayload]
    """That path at each of this host's addresses; the name first, then the likeliest."""


class OpenInvitePayload(Payload):
    """Somebody's link into a room, without its code."""

    model_config = ConfigDict(title="OpenInvite")

    inviter_id: int
    """Who made it, and may end it."""
    inviter_name: str
    """As they are called now."""
    uses: int
    """How many came in by it."""
    created_at: str
    """UTC, ISO 8601."""
    expires_at: str
    """UTC, ISO 8601."""


class OpenInvitesPayload(Payload):
    model_config = ConfigDict(title="OpenInvites")

    invites: list[OpenInvitePayload]
    """By the name of who made them."""


class InvitationPayload(Payload):
    """What an invitation says to whoever opens it, before they have given a name."""

    model_config = ConfigDict(title="Invitation")

    room_id: int
    """Where it leads."""
    room_name: str
    """As the room is called now."""
    is_private: bool
    """Whether one needs the room's password without an invitation."""
    member_count: int
    """Whether they are connected or not."""
    inviter_id: int
    """Who made it."""
    inviter_name: str
    """As they are called now."""
    inviter_is_guest: bool
    """Whether they brought only a name."""
