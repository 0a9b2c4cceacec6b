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
    description: Description | None = None
    is_private: bool = False
    password: RoomPassword | None = None

    @model_validator(mode="after")
    def _private_has_password(self) -> "RoomDraft":
        if self.is_private and not self.password:
            raise PydanticCustomError("private_without_password", "a private room needs a password")
        return self


class RoomChange(Input):
    """What to change of a room; what is left out stays."""

    name: RoomName | None = None
    description: Description | None = None
    is_private: bool | None = None
    password: RoomPassword | None = None


class Entry(Input):
    """Joining by REST."""

    password: str | None = Field(default=None, max_length=256)


class RoomRef(Input):
    """A socket event about a room."""

    room_id: RoomId


class RoomEntry(RoomRef, Entry):
    """Joining by socket."""


class Page(TextInput):
    skip: int = Field(default=0, ge=0, le=2**53)
    limit: int = Field(default=100, ge=1, le=500)


class RoomRow(Payload):
    """A room as everybody sees it."""

    model_config = ConfigDict(title="ChatRoomRow")

    id: int
    name: str
    description: str | None = None
    is_private: bool
    created_at: str
    created_by: int
    member_count: int
    online_count: int = 0
    kind: Literal["room", "lobby"]


class CanPayload(Payload):
    """What somebody may do in a room now. The server decides again when they do it."""

    model_config = ConfigDict(title="Can")

    speak: bool
    manage: bool
    invite: bool
    pin: bool
    mention_all: bool
    call: bool
    delete: bool


class RoomPayload(RoomRow):
    """A room as one user sees it: `role` is null for an outsider, `last_read_seq` too."""

    model_config = ConfigDict(title="ChatRoom")

    role: Role | None = None
    last_seq: int = 0
    last_read_seq: int | None = None
    can: CanPayload


class RoomsPayload(Payload):
    model_config = ConfigDict(title="Rooms")

    user_rooms: list[RoomPayload]
    available_rooms: list[RoomPayload]


class MemberPayload(UserPayload):
    model_config = ConfigDict(title="Member")

    role: Role


class MembersPayload(Payload):
    model_config = ConfigDict(title="Members")

    members: list[MemberPayload]
    total: int


class RoomJoined(Payload):
    """`room_joined`: the room is open to this socket, and these members are connected now."""

    room_id: int
    room_name: str
    member_count: int
    online_members: list[UserPayload]


class RoomEntered(Payload):
    """The answer to `join_room`."""

    room: RoomPayload


class MembershipChange(Payload):
    """`user_joined` and `user_left`: somebody became a member, or ceased to be one."""

    user_id: int
    username: str
    room_id: int


class MembershipAdded(Payload):
    """`membership_added`: to all tabs of somebody who has just become a member."""

    room: RoomPayload


class RoomLeft(Payload):
    """`room_left`: to all tabs of somebody who is no member any more."""

    room_id: int


class RoomDeleted(Payload):
    """`room_deleted`: to everybody."""

    room_id: int
    name: str


class RoleChanged(Payload):
    """`role_changed`: to the member whose role it is."""

    room_id: int
    role: Role
    can: CanPayload
