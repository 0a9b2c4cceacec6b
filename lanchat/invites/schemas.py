"""What comes in about invitations, and what goes out."""

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Input, Payload
from lanchat.host.addresses import AddressPayload

DEFAULT_DAYS = 7


class InviteDraft(Input):
    """For how long the link lets people in."""

    days: int = Field(default=DEFAULT_DAYS, ge=1, le=30)


class InvitePayload(Payload):
    """A link into a room: its `path` with the code, and that path at each of this host's addresses."""

    model_config = ConfigDict(title="Invite")

    room_id: int
    path: str
    expires_at: str
    addresses: list[AddressPayload]


class OpenInvitePayload(Payload):
    """Somebody's link into a room, without its code; `uses` counts those who came in by it."""

    model_config = ConfigDict(title="OpenInvite")

    inviter_id: int
    inviter_name: str
    uses: int
    created_at: str
    expires_at: str


class OpenInvitesPayload(Payload):
    model_config = ConfigDict(title="OpenInvites")

    invites: list[OpenInvitePayload]


class InvitationPayload(Payload):
    """What an invitation says to whoever opens it, before they have given a name."""

    model_config = ConfigDict(title="Invitation")

    room_id: int
    room_name: str
    is_private: bool
    member_count: int
    inviter_id: int
    inviter_name: str
