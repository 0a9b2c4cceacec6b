"""What is asked of the search, and what it answers."""

from typing import Literal

from pydantic import ConfigDict, Field

from lanchat.core.base.lists import ListQuery
from lanchat.core.base.moments import Zone
from lanchat.core.base.schemas import Payload
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.search.query import Has

MOST_TYPED = 500  # characters


class SearchQuery(ListQuery):
    """Words, of which all must occur, and filters; these may stand among the words, too: `from:anna has:file`."""

    q: str = Field(default="", max_length=MOST_TYPED)
    """Words from their beginning, Chinese by any part or by how it is read; `"a phrase"`, `-not`."""
    room_id: int | None = None
    """Of this room only."""
    from_: str | None = Field(
        default=None, alias="from", max_length=100, description="By whom: a user name or display name."
    )
    before: str | None = Field(default=None, max_length=10)
    """Before this day, `2026-11-01`."""
    after: str | None = Field(default=None, max_length=10)
    """From the start of this day on."""
    has: Has | None = None
    """A file, an image or a link."""
    names: bool = False
    """Only messages with files whose names have all of the words."""
    tz: Zone = "UTC"
    """Where days begin: a name of the IANA."""
    sort: Literal["newest", "best"] = "newest"
    """`best`: the 200 newest, those first that have it word for word."""


class FoundRoom(Payload):
    """Where a message was found."""

    id: int
    """The room's id."""
    name: str
    """The room's name."""
    kind: str
    """As in ChatRoom."""


class Hit(Payload):
    """A message that was found."""

    message: MessagePayload
    """As it is now."""
    room: FoundRoom
    """Where it was said."""
    highlights: list[list[int]]
    """From and up to, in UTF-16 units of `content`; none where a file's name was found."""
    files: list[int]
    """Which of `attachments` have a name with any of the words, from 0."""


class HitsPayload(Payload):
    """What was found, the newest first where nothing else was asked for."""

    hits: list[Hit]
    """Messages of rooms that I am in."""
    next_cursor: str | None
    """For the next page, which may be there although this one has no hits: looking takes time."""
    suggestion: str | None
    """Where nothing was found: what was probably meant, and would be found."""
    took_ms: int
    """How long it took, in ms."""
    complete_from: str | None
    """After an update: everything said since is found, and what is older later; null once that is all."""


class IndexPayload(Payload):
    """How much of what was said is in the index."""

    model_config = ConfigDict(title="SearchIndex")

    percent: int
    """Of all messages, 100 once all of them are."""
    complete_from: str | None
    """Everything said since is found, and what is older later; null once that is all."""
