"""What comes in about rooms, and how a room looks."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.accounts.schemas import UserPayload
from lanchat.core.base.schemas import Input, Payload, TextInput
from lanchat.core.base.text_rules import Line, Text

Role = Literal["owner", "moderator", "member"]
RoomId = Annotated[int, Field(ge=1, le=2**53)]


RoomName = Annotated[Line, Field(max_length=100)]
Description = Annotated[Text, Field(max_length=1000)]
RoomPassword = Annotated[Text, Field(max_length=256), AfterValidator(str.strip)]


class RoomDraft(Input):
    """A room to be made; a private one has a password."""

    name: RoomName
    """At most 100 characters, one line; no two rooms have one alike."""
    description: Description | None = None
    """At most 1000 characters."""
    is_private: bool = False
    """Needs a password."""
    password: RoomPassword | None = None
    """Of a private room; ignored for others."""

    @model_validator(mode="after")
    def _private_has_password(self) -> "RoomDraft":
        if self.is_private and not self.password:
            raise PydanticCustomError("private_without_password", "a private room needs a password")
        return self


class RoomChange(Input):
    """What to change of a room; what is left out stays."""

    name: RoomName | None = None
    """At most 100 characters, one line; no two rooms have one alike."""
    description: Description | None = None
    """At most 1000 characters."""
    is_private: bool | None = None
    """Opening a room to everybody forgets its password."""
    password: RoomPassword | None = None
    """Needed where a room becomes private."""


class Entry(Input):
    """Joining by REST."""

    password: str | None = Field(default=None, max_length=256)
    """Of a private room; a public one needs none."""


class RoomRef(Input):
    """A socket event about a room."""

    room_id: RoomId
    """`id` of the room."""


class RoomEntry(RoomRef, Entry):
    """Joining by socket."""


class Page(TextInput):
    skip: int = Field(default=0, ge=0, le=2**53)
    """How many to leave out, from the first."""
    limit: int = Field(default=100, ge=1, le=500)
    """1 to 500."""


class RoomsQuery(TextInput):
    skip: int = Field(default=0, ge=0, le=2**53)
    """How many of the rooms to join to leave out, from the first; my own are left out as well then."""


class RoomRow(Payload):
    """A room as everybody sees it."""

    model_config = ConfigDict(title="ChatRoomRow")

    id: int
    """Stays when the room gets another name."""
    name: str
    """No two rooms have one alike."""
    description: str | None = None
    """Null or empty without one."""
    is_private: bool
    """Whether one needs its password or an invitation to join."""
    created_at: str
    """UTC, ISO 8601."""
    created_by: int
    """Who made it; its owner may be another by now."""
    member_count: int
    """Whether they are connected or not."""
    online_count: int = 0
    """Members who are connected, as of this answer."""
    kind: Literal["room", "lobby"]
    """The lobby takes in whoever registers; it can't be deleted or made private."""


class CanPayload(Payload):
    """What somebody may do in a room now. The server decides again when they do it."""

    model_config = ConfigDict(title="Can")

    speak: bool
    """Send messages."""
    manage: bool
    """Change its name, description and password, and end others' invitations."""
    invite: bool
    """Make links into it."""
    pin: bool
    """Pin messages for everybody."""
    mention_all: bool
    """Call all members at once."""
    call: bool
    """Start a call, or take part in one."""
    delete: bool
    """Delete the room with all its messages."""


class RoomPayload(RoomRow):
    """A room as one user sees it."""

    model_config = ConfigDict(title="ChatRoom")

    role: Role | None = None
    """Null for an outsider."""
    last_seq: int = 0
    """The room's newest number; 0 while nobody has written."""
    last_read_seq: int | None = None
    """Up to where I have read; null for an outsider."""
    can: CanPayload
    """What I may do in it."""


class RoomsPayload(Payload):
    model_config = ConfigDict(title="Rooms")

    user_rooms: list[RoomPayload]
    """Those that I am a member of; the lobby first, then by name."""
    available_rooms: list[RoomPayload]
    """All others but direct ones, private ones too; by name. Of very many, the first."""
    has_more: bool = False
    """Whether there are more to join: `skip` those that are here."""


class MemberPayload(UserPayload):
    model_config = ConfigDict(title="Member")

    role: Role
    """In this room; administrators of the host have one like everybody."""


class MembersPayload(Payload):
    model_config = ConfigDict(title="Members")

    members: list[MemberPayload]
    """By name, the page that was asked for."""
    total: int
    """On all pages."""


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
    room_id: int
    """Which room."""


class MembershipAdded(Payload):
    """`membership_added`: to all tabs of somebody who has just become a member."""

    room: RoomPayload
    """As it is with me in it."""


class RoomLeft(Payload):
    """`room_left`: to all tabs of somebody who is no member any more."""

    room_id: int
    """Nothing more of it will be told."""


class RoomDeleted(Payload):
    """`room_deleted`: to everybody."""

    room_id: int
    """Never given to another room."""
    name: str
    """As it was called."""


class RoleChanged(Payload):
    """`role_changed`: to the member whose role it is."""

    room_id: int
    """Where it holds."""
    role: Role
    """From now on."""
    can: CanPayload
    """What I may do in the room with it."""
