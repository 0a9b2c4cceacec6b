"""What comes in about messages, and how a message looks."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lanchat.accounts.schemas import UserPayload
from lanchat.core.base.schemas import Input, Payload, TextInput
from lanchat.core.base.text_rules import MAX_MESSAGE, Text
from lanchat.files.schemas import AttachmentPayload
from lanchat.messages.errors import EmptyMessage
from lanchat.rooms.schemas import RoomId, RoomRef

MAX_PAGE = 100
MAX_SYNCED_ROOMS = 1000

MessageType = Literal["text", "image", "file", "system"]
Seq = Annotated[int, Field(ge=0, le=2**53)]


Content = Annotated[Text, Field(max_length=MAX_MESSAGE)]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
FilePath = Annotated[str, Field(max_length=200)]


class Draft(Input):
    """A message to be sent."""

    room_id: RoomId
    """Where to."""
    content: Content = ""
    """Markdown; may be empty with a file."""
    message_type: Literal["text", "image", "file"] = "text"
    """`image` and `file` without a `file_path` take `content` for it."""
    file_path: FilePath | None = None
    """Of an upload of mine."""
    client_id: ClientId | None = None
    """Chosen by the sender: sending it again answers the first message, and stores none."""

    @model_validator(mode="after")
    def _says_something(self) -> "Draft":
        if self.file_path is None and not self.content.strip():
            raise EmptyMessage
        return self

    @property
    def attachment_path(self) -> str | None:
        """A client of the first contract sends a file as content that is its path."""
        if self.file_path is not None:
            return self.file_path
        return None if self.message_type == "text" else self.content


class MessageBody(Input):
    """A message to the room that the path names; as a Draft otherwise."""

    content: Content = ""
    """Markdown; may be empty with a file."""
    message_type: Literal["text", "image", "file"] = "text"
    """`image` and `file` without a `file_path` take `content` for it."""
    file_path: FilePath | None = None
    """Of an upload of mine."""
    client_id: ClientId | None = None
    """Chosen by the sender: sending it again answers the first message, and stores none."""


class EditDraft(Input):
    """What a message shall say instead."""

    content: Content
    """In place of the whole text."""


class HistoryQuery(TextInput):
    """Which page; without anything, the newest."""

    skip: int = Field(default=0, ge=0, le=2**53)
    """How many of the newest to leave out; drifts while people write."""
    limit: int = Field(default=50, ge=1, le=MAX_PAGE)
    """1 to 100."""
    before_seq: Seq | None = None
    """Only older than this; not together with `after_seq`."""
    after_seq: Seq | None = None
    """Only newer than this, the oldest of them."""

    @model_validator(mode="after")
    def _one_way(self) -> "HistoryQuery":
        if self.before_seq is not None and self.after_seq is not None:
            raise PydanticCustomError("one_of_two", "either before_seq or after_seq")
        return self


class ReadMark(RoomRef):
    """Everything up to `seq` was read."""

    seq: Seq
    """The last that was read; an earlier one than before changes nothing."""


class DeliveryMark(RoomRef):
    """Everything up to `seq` has reached this client."""

    seq: Seq
    """The last that arrived; an earlier one than before changes nothing."""


class SyncRequest(Input):
    """What a returning client has of each room."""

    rooms: dict[str, Seq] = Field(max_length=MAX_SYNCED_ROOMS)
    """By room id, the last number of its feed that the client has; at most 1000 rooms."""

    @field_validator("rooms")
    @classmethod
    def _room_ids(cls, value: dict[str, int]) -> dict[str, int]:
        # In one spelling: `02` would be the same room once more.
        if not all(key.isascii() and key.isdecimal() and len(key) < 16 and key == str(int(key)) for key in value):
            raise PydanticCustomError("room_ids", "keys must be room ids")
        return value


class MessagePayload(Payload):
    """A message as everybody in its room sees it."""

    model_config = ConfigDict(title="Message")

    id: int
    """Its own on the whole host."""
    content: str
    """Markdown; of a file without words its path; empty once recalled."""
    message_type: MessageType
    """`system` is written by the host."""
    timestamp: str
    """When it was stored; UTC, ISO 8601."""
    user_id: int
    """Its author."""
    room_id: int
    """Where it stays: messages never move."""
    username: str
    """Its author's, as it is now."""
    avatar_url: str | None = None
    """Path of its author's picture; null without one."""
    edited_at: str | None = None
    """When its text last changed, UTC, ISO 8601; null if never."""
    is_deleted: bool = False
    """Whether it was recalled: nothing of what it said is left."""
    seq: int
    """Its place in the room, which it keeps; rises, with gaps."""
    changed_seq: int
    """Number of its last change in the room's feed, its birth if none: births and changes together have no gap."""
    client_id: str | None = None
    """As its sender chose it; null if they chose none."""
    attachment: AttachmentPayload | None = None
    """Null without a file, and once recalled."""
    reply_to_id: int | None = None
    """`id` of the message that it answers; null if none."""


class MessageSent(Payload):
    """The answer to `send_message`."""

    message: MessagePayload
    """As stored, and as everybody gets it."""


class MarkedRead(Payload):
    """The answer to `mark_read`."""

    last_read_seq: int
    """As it is now; it never goes back."""


class EditPayload(Payload):
    """A former version of a message."""

    model_config = ConfigDict(title="Edit")

    content: str
    """What the message said."""
    edited_at: str
    """Since when it said so: when it was sent or edited."""


class EditsPayload(Payload):
    """The former versions of a message."""

    model_config = ConfigDict(title="Edits")

    edits: list[EditPayload]
    """Oldest first, the original first of all; none if it was never edited, or was recalled."""


class HistoryPayload(Payload):
    """A page of a room's messages."""

    model_config = ConfigDict(title="History")

    messages: list[MessagePayload]
    """Oldest first."""
    has_more: bool
    """Whether there are more in the direction of the query."""
    last_seq: int
    """The room's newest number."""


class Reached(Payload):
    """Up to where a room came to somebody."""

    user_id: int
    """A member."""
    seq: int
    """The last that came to them; all before it did too."""


class ReceiptsPayload(Payload):
    """`receipts_update`: the two members whom most was delivered to, and the two who read most.

    A message was delivered, or seen, if somebody other than its author is there at or after its `seq`.
    """

    model_config = ConfigDict(title="Receipts")

    room_id: int
    """Whose members they are."""
    delivered: tuple[Reached, ...] = ()
    """At most the two whose devices have most, the furthest first."""
    seen: tuple[Reached, ...] = ()
    """At most the two who read most, the furthest first."""


class ReadersPayload(Payload):
    """Who has read a message."""

    model_config = ConfigDict(title="Readers")

    readers: list[UserPayload]
    """By name; at most 50."""
    total: int
    """Those who aren't listed too."""


class RoomOverview(Payload):
    """What a list of rooms shows of one, as of `last_seq`."""

    model_config = ConfigDict(title="RoomOverview")

    room_id: int
    """A room that I am a member of."""
    last_seq: int
    """The room's newest number."""
    unread_count: int
    """Stops at 100."""
    last_message: MessagePayload | None
    """Its text stops at 500 characters; null while nobody has written."""
    receipts: ReceiptsPayload
    """As `receipts_update` tells them."""


class OverviewPayload(Payload):
    model_config = ConfigDict(title="Overview")

    rooms: list[RoomOverview]
    """All that I am a member of, in any order."""


class RoomSync(Payload):
    """What changed in a room since. An answer has a bound in bytes, for all its rooms together."""

    model_config = ConfigDict(title="RoomSync")

    messages: list[MessagePayload]
    """As they are now, the oldest change first."""
    last_seq: int
    """Up to where this goes; ask on from it while `has_more`."""
    has_more: bool
    """True with no messages too, where the answer has no room left for them."""


class SyncPayload(Payload):
    """The answer to `sync`."""

    model_config = ConfigDict(title="Sync")

    rooms: dict[str, RoomSync]
    """By room id; rooms that I am no member of are left out."""
    epoch: str
    """Another one than before: another host counts `seq` now, and all must be fetched anew."""


class RoomRead(Payload):
    """`room_read`: to all tabs of somebody who has read up to here."""

    room_id: int
    """A room of mine."""
    last_read_seq: int
    """As it is now; it never goes back."""
