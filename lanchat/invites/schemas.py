"""What comes in about invitations and device codes, and what goes out."""

from pydantic import ConfigDict, Field

from lanchat.core.places import AddressPayload
from lanchat.core.schemas import Input, Payload

DEFAULT_DAYS = 7


class InviteDraft(Input):
    """For how long the link lets people in."""

    days: int = Field(default=DEFAULT_DAYS, ge=1, le=30)


class Code(Input):
    """What stands behind the `#` of a link, or what somebody typed."""

    code: str = Field(min_length=1, max_length=64)


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


class DeviceCodePayload(Payload):
    """A code that signs one more device in, once, within `lasts` seconds."""

    model_config = ConfigDict(title="DeviceCode")

    code: str
    path: str
    lasts: int
    addresses: list[AddressPayload]


class DeviceCodeStatePayload(Payload):
    """Whether my code still waits; before its time is over, one that doesn't was used."""

    model_config = ConfigDict(title="DeviceCodeState")

    is_open: bool


class DeviceSignedIn(Payload):
    """`device_signed_in`: to all tabs of somebody whose code was used. `device` is its browser and system, if known."""

    device: str
    address: str
