"""What comes in about rooms, and how a room looks."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.accounts.schemas import UserPayload

Role = Literal["owner", "admin", "member"]
RoomId = Annotated[int, Field(ge=1, le=2**53)]


def _line(value: str) -> str:
    """One line of text that looks like what it is: no control, zero-width or direction characters."""
    value = unicodedata.normalize("NFC", value).strip()
    if not value:
        raise PydanticCustomError("blank", "must not be blank")
    if any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char != "\u200d" for char in value):
        raise PydanticCustomError("invisible_characters", "contains invisible characters")
    return value


def _text(value: str) -> str:
    if "\0" in value:
        raise PydanticCustomError("has_nul", "NUL characters are not allowed")
    return value.strip()


RoomName = Annotated[str, Field(max_length=100), AfterValidator(_line)]
Description = Annotated[str, Field(max_length=1000), AfterValidator(_text)]
RoomPassword = Annotated[str, Field(max_length=256), AfterValidator(_text)]


class RoomDraft(BaseModel):
    """A room to be made; a private one has a password."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: RoomName
    description: Description | None = None
    is_private: bool = False
    password: RoomPassword | None = None

    @model_validator(mode="after")
    def _private_has_password(self) -> "RoomDraft":
        if self.is_private and not self.password:
            raise PydanticCustomError("private_without_password", "a private room needs a password")
        return self


class RoomChange(BaseModel):
    """What to change of a room; what is left out stays."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: RoomName | None = None
    description: Description | None = None
    is_private: bool | None = None
    password: RoomPassword | None = None


class Entry(BaseModel):
    """Joining by REST."""

    model_config = ConfigDict(frozen=True, strict=True)

    password: str | None = Field(default=None, max_length=256)


class RoomRef(BaseModel):
    """A socket event about a room."""

    model_config = ConfigDict(frozen=True, strict=True)

    room_id: RoomId


class RoomEntry(RoomRef, Entry):
    """Joining by socket."""


class Page(BaseModel):
    model_config = ConfigDict(frozen=True)

    skip: int = Field(default=0, ge=0, le=2**53)
    limit: int = Field(default=100, ge=1, le=500)


class RoomRow(BaseModel):
    """A room as everybody sees it."""

    model_config = ConfigDict(frozen=True, title="ChatRoomRow")

    id: int
    name: str
    description: str | None = None
    is_private: bool
    created_at: str
    created_by: int
    member_count: int
    online_count: int = 0
    kind: Literal["room", "lobby"]


class RoomPayload(RoomRow):
    """A room as one user sees it: `role` is null for an outsider, `last_read_seq` too."""

    model_config = ConfigDict(frozen=True, title="ChatRoom")

    role: Role | None = None
    last_seq: int = 0
    last_read_seq: int | None = None


class RoomsPayload(BaseModel):
    model_config = ConfigDict(frozen=True, title="Rooms")

    user_rooms: list[RoomPayload]
    available_rooms: list[RoomPayload]


class MemberPayload(UserPayload):
    model_config = ConfigDict(frozen=True, title="Member")

    role: Role


class MembersPayload(BaseModel):
    model_config = ConfigDict(frozen=True, title="Members")

    members: list[MemberPayload]
    total: int


class RoomJoined(BaseModel):
    """`room_joined`: the room is open to this socket, and these members are connected now."""

    model_config = ConfigDict(frozen=True)

    room_id: int
    room_name: str
    member_count: int
    online_members: list[UserPayload]


class MembershipChange(BaseModel):
    """`user_joined` and `user_left`: somebody became a member, or ceased to be one."""

    model_config = ConfigDict(frozen=True)

    user_id: int
    username: str
    room_id: int
