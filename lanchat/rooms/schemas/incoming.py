"""What comes in about rooms, their members, bans and log."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.core.base.moments import Moment
from lanchat.core.base.schemas import Input, TextInput
from lanchat.core.base.text_rules import Line, Text
from lanchat.rooms.schemas.outgoing import Posting, Shown

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
    posting: Posting | None = None
    """Who speaks in it."""
    slow_mode: Annotated[int, Field(ge=0, le=3600)] | None = None
    """Seconds between two messages of one person; 0 for none."""
    history: Shown | None = None
    """`since_joining`: nobody is shown what was said before they came."""
    archived: bool | None = None
    """Its owner's and administrators' to say: an archived room can be read by its members, and nothing else."""

    @property
    def is_of_settings(self) -> bool:
        """Whether it says anything but `archived`."""
        return any(getattr(self, name) is not None for name in self.__class__.model_fields if name != "archived")


class DirectDraft(Input):
    """With whom to speak, without anybody else."""

    user_ids: Annotated[list[Annotated[int, Field(ge=1, le=2**53)]], Field(max_length=100)]
    """1 to 8 others, in any order; oneself doesn't count, and nobody but oneself makes notes to oneself."""


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


class MemberChange(Input):
    """How a member shall stand; what is left out stays."""

    role: Literal["moderator", "member"] | None = None
    """The owner's passes by handing the room over."""
    muted_until: Moment | None = None
    """ISO 8601 with a zone, in the future; null, said so, ends a mute."""


class BanDraft(Input):
    """Keeping somebody out of a room."""

    reason: Annotated[Text, Field(max_length=500)] | None = None
    """For those who keep order, and for whom it is about."""
    until: Moment | None = None
    """ISO 8601 with a zone, in the future; null: for good."""


class Transfer(Input):
    """Whose the room shall be."""

    user_id: Annotated[int, Field(ge=1, le=2**53)]
    """One of its members."""
