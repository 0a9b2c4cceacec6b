"""How messages look to those who may read them, and what is told about them."""

from typing import Literal

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Payload
from lanchat.files.schemas import AttachmentPayload
from lanchat.messages.schemas.parts import ForwardedPayload, MessageType, QuotePayload, ReactionPayload, SystemPayload


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
    display_name: str | None = None
    """Its author's, if they chose one, as it is now."""
    avatar_url: str | None = None
    """Path of its author's picture; null without one."""
    is_guest: bool = False
    """Whether its author, as of now, has brought no more than a name."""
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
    """The first of its files; null without any, and once recalled."""
    attachments: list[AttachmentPayload] = Field(default_factory=list[AttachmentPayload])
    """All its files, at most 10, in their order; none once recalled."""
    reply_to_id: int | None = None
    """`id` of the message that it answers; null if none."""
    system: SystemPayload | None = None
    """Of messages of type `system`; null of all others."""
    deleted_by: Literal["author", "moderator"] | None = None
    """Who took it back: its author, or somebody who manages the room; null while it stands."""
    pinned_at: str | None = None
    """Since when it is pinned; UTC, ISO 8601; null if it isn't."""
    reactions: list[ReactionPayload] = Field(default_factory=list[ReactionPayload])
    """In the order of their first use."""
    reply_to: QuotePayload | None = None
    """What it answers; null if nothing, and once recalled."""
    forwarded_from: ForwardedPayload | None = None
    """Of what is passed on; null of all else, and once recalled."""
    thread_id: int | None = None
    """`id` of the first message of its chain of replies; null of what answers nothing."""
    reply_count: int = 0
    """Of the first message of a chain: how many follow in all, recalled ones left out."""
    mentions: list[int] = Field(default_factory=list[int])
    """Ids of the members whom it names with "@", in the order of the text; none once recalled."""
    mentions_all: bool = False
    """Whether it calls all members, by somebody who may."""


class MessageSent(Payload):
    """The answer to `send_message`."""

    message: MessagePayload
    """As stored, and as everybody gets it."""


class MarkedRead(Payload):
    """The answer to `mark_read`, and to marking unread."""

    model_config = ConfigDict(title="MarkedRead")

    last_read_seq: int
    """As it is now; `mark_read` never takes it back."""


class HistoryPayload(Payload):
    """A page of a room's messages."""

    model_config = ConfigDict(title="History")

    messages: list[MessagePayload]
    """Oldest first."""
    has_more: bool
    """Whether there are more in the direction of the query; with `around_seq`, before the page."""
    has_newer: bool = False
    """With `around_seq`: whether there are more behind the page."""
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


class RoomOverview(Payload):
    """What a list of rooms shows of one, as of `last_seq`."""

    model_config = ConfigDict(title="RoomOverview")

    room_id: int
    """A room that I am a member of."""
    last_seq: int
    """The room's newest number."""
    unread_count: int
    """Stops at 100; of whom I blocked, nothing counts."""
    mention_count: int
    """How many of those mention me, by name or all at once; stops at 100."""
    first_unread_seq: int | None
    """`seq` of the oldest message that is unread; null if none is."""
    last_message: MessagePayload | None
    """Its text stops at 500 characters, its files after the first; null while nobody has written."""
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
    """`room_read`: to all tabs of somebody who has read up to here, or who marked what comes behind as unread."""

    room_id: int
    """A room of mine."""
    last_read_seq: int
    """As it is now."""
    is_back: bool = False
    """Whether I marked it unread from there on: only then may it be less than before."""
