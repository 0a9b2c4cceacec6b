"""What comes in about messages."""

from typing import Annotated, Literal, cast

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lanchat.core.base.schemas import Input, TextInput
from lanchat.core.base.text_rules import MAX_MESSAGE, Text, shows_something
from lanchat.messages.errors import EmptyMessage
from lanchat.rooms.schemas.incoming import RoomId, RoomRef

MAX_PAGE = 100
MAX_FILES = 10  # of a message
MAX_SYNCED_ROOMS = 1000

Seq = Annotated[int, Field(ge=0, le=2**53 - 1)]  # one more is a number that every client knows, too
MessageId = Annotated[int, Field(ge=1, le=2**53)]
Content = Annotated[Text, Field(max_length=MAX_MESSAGE)]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
FilePath = Annotated[str, Field(max_length=200)]


def _once(value: object) -> object:
    """Doubles count once."""
    return list(dict.fromkeys(cast("list[object]", value))) if _is_texts(value) else value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in cast("list[object]", value))


FilePaths = Annotated[list[FilePath], BeforeValidator(_once), Field(min_length=1, max_length=MAX_FILES)]


class Forward(RoomRef):
    """A message that I may read."""

    message_id: MessageId
    """Its `id`; it stands in the room that `room_id` names."""


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
    file_paths: FilePaths | None = None
    """Of several, in their order; not together with `file_path`."""
    forward: Forward | None = None
    """What is passed on with its words and files; neither `content` nor files stand beside it."""
    client_id: ClientId | None = None
    """Chosen by the sender: sending it again answers the first message, and stores none."""
    reply_to_id: MessageId | None = None
    """`id` of the message of this room that it answers."""

    @model_validator(mode="after")
    def _says_something(self) -> "Draft":
        if self.file_path is None and self.file_paths is None and self.forward is None:
            if not shows_something(self.content):
                raise EmptyMessage
            return self
        if [self.file_path, self.file_paths, self.forward].count(None) < 2:
            raise PydanticCustomError("one_of_three", "one of file_path, file_paths and forward")
        if self.forward is not None and self.content != "":
            raise PydanticCustomError("forward_alone", "what is passed on has no content beside it")
        return self

    @property
    def is_plain(self) -> bool:
        """Whether it is words and nothing else."""
        return (
            self.message_type == "text" and self.file_path is None and self.file_paths is None and self.forward is None
        )

    @property
    def attachment_paths(self) -> list[str]:
        """A client of the first contract sends a file as content that is its path."""
        if self.file_paths is not None:
            return self.file_paths
        return [self.content if self.file_path is None else self.file_path]


class MessageBody(Input):
    """A message to the room that the path names; as a Draft otherwise."""

    content: Content = ""
    """Markdown; may be empty with a file."""
    message_type: Literal["text", "image", "file"] = "text"
    """`image` and `file` without a `file_path` take `content` for it."""
    file_path: FilePath | None = None
    """Of an upload of mine."""
    file_paths: FilePaths | None = None
    """Of several, in their order; not together with `file_path`."""
    forward: Forward | None = None
    """What is passed on with its words and files; neither `content` nor files stand beside it."""
    client_id: ClientId | None = None
    """Chosen by the sender: sending it again answers the first message, and stores none."""
    reply_to_id: MessageId | None = None
    """`id` of the message of this room that it answers."""


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
    around_seq: Seq | None = None
    """A page with this in the middle; not together with the others."""

    @model_validator(mode="after")
    def _one_way(self) -> "HistoryQuery":
        if [self.before_seq, self.after_seq, self.around_seq].count(None) < 2:
            raise PydanticCustomError("one_of_two", "one of before_seq, after_seq and around_seq")
        return self


class ReadMark(RoomRef):
    """Everything up to `seq` was read."""

    seq: Seq
    """The last that was read; an earlier one than before changes nothing."""


class UnreadMark(Input):
    """What I want to read again."""

    seq: Annotated[int, Field(ge=1, le=2**53)]
    """Of the first message that shall be unread; one that is unread already changes nothing."""


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
