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
    """A message to be sent; `client_id` makes sending it again harmless."""

    room_id: RoomId
    content: Content = ""
    message_type: Literal["text", "image", "file"] = "text"
    file_path: FilePath | None = None
    client_id: ClientId | None = None

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
    message_type: Literal["text", "image", "file"] = "text"
    file_path: FilePath | None = None
    client_id: ClientId | None = None


class EditDraft(Input):
    """What a message shall say instead."""

    content: Content


class HistoryQuery(TextInput):
    """Which page: `skip` counts back from the newest; `before_seq` or `after_seq` don't drift."""

    skip: int = Field(default=0, ge=0, le=2**53)
    limit: int = Field(default=50, ge=1, le=MAX_PAGE)
    before_seq: Seq | None = None
    after_seq: Seq | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "HistoryQuery":
        if self.before_seq is not None and self.after_seq is not None:
            raise PydanticCustomError("one_of_two", "either before_seq or after_seq")
        return self


class ReadMark(RoomRef):
    """Everything up to `seq` was read."""

    seq: Seq


class DeliveryMark(RoomRef):
    """Everything up to `seq` has reached this client."""

    seq: Seq


class SyncRequest(Input):
    """What a returning client has of each room, by room id."""

    rooms: dict[str, Seq] = Field(max_length=MAX_SYNCED_ROOMS)

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
    content: str
    message_type: MessageType
    timestamp: str
    user_id: int
    room_id: int
    username: str
    avatar_url: str | None = None
    edited_at: str | None = None
    is_deleted: bool = False
    seq: int
    changed_seq: int
    client_id: str | None = None
    attachment: AttachmentPayload | None = None
    reply_to_id: int | None = None


class MessageSent(Payload):
    """The answer to `send_message`: what is stored, as everybody gets it."""

    message: MessagePayload


class MarkedRead(Payload):
    """The answer to `mark_read`."""

    last_read_seq: int


class EditPayload(Payload):
    """A former version of a message."""

    model_config = ConfigDict(title="Edit")

    content: str = Field(description="What the message said.")
    edited_at: str = Field(description="Since when it said so: when it was sent or edited.")


class EditsPayload(Payload):
    """The former versions of a message."""

    model_config = ConfigDict(title="Edits")

    edits: list[EditPayload] = Field(
        description="Oldest first, the original first of all; none if it was never edited, or was recalled."
    )


class HistoryPayload(Payload):
    """Oldest first; `has_more` in the direction of the query; `last_seq` is the room's newest."""

    model_config = ConfigDict(title="History")

    messages: list[MessagePayload]
    has_more: bool
    last_seq: int


class Reached(Payload):
    """Up to where a room came to somebody."""

    user_id: int
    seq: int


class ReceiptsPayload(Payload):
    """`receipts_update`: the two members whom most was delivered to, and the two who read most.

    A message was delivered, or seen, if somebody other than its author is there at or after its `seq`.
    """

    model_config = ConfigDict(title="Receipts")

    room_id: int
    delivered: tuple[Reached, ...] = ()
    seen: tuple[Reached, ...] = ()


class ReadersPayload(Payload):
    """Who has read a message, by name; at most 50 of them are listed."""

    model_config = ConfigDict(title="Readers")

    readers: list[UserPayload]
    total: int


class RoomOverview(Payload):
    """What a list of rooms shows, as of `last_seq`; `unread_count` stops at 100, a text at 500 characters."""

    model_config = ConfigDict(title="RoomOverview")

    room_id: int
    last_seq: int
    unread_count: int
    last_message: MessagePayload | None
    receipts: ReceiptsPayload


class OverviewPayload(Payload):
    model_config = ConfigDict(title="Overview")

    rooms: list[RoomOverview]


class RoomSync(Payload):
    """What changed since, oldest change first; the same room again from `last_seq` while `has_more`.

    An answer has a bound in bytes: a room for which it has none left has more, and no messages.
    """

    model_config = ConfigDict(title="RoomSync")

    messages: list[MessagePayload]
    last_seq: int
    has_more: bool


class SyncPayload(Payload):
    """The answer to `sync`, by room id. Another `epoch` than before: another host counts `seq` now."""

    model_config = ConfigDict(title="Sync")

    rooms: dict[str, RoomSync]
    epoch: str


class RoomRead(Payload):
    """`room_read`: to all tabs of somebody who has read up to here."""

    room_id: int
    last_read_seq: int
