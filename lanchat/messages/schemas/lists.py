"""What is listed about messages: former versions, readers, reactions, chains of replies, pins, what one saves."""

from pydantic import ConfigDict

from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.schemas import Payload
from lanchat.messages.schemas.outgoing import MessagePayload


class ReactedPayload(Payload):
    """Everybody who answered a message with one sign."""

    model_config = ConfigDict(title="Reacted")

    emoji: str
    """One emoji, fully qualified."""
    users: list[UserPayload]
    """By name."""


class ReactionsPayload(Payload):
    model_config = ConfigDict(title="Reactions")

    reactions: list[ReactedPayload]
    """In the order of their first use."""


class ThreadPayload(Payload):
    """A chain of replies."""

    model_config = ConfigDict(title="Thread")

    root: MessagePayload
    """What was said first."""
    messages: list[MessagePayload]
    """What followed, oldest first."""
    next_cursor: str | None
    """Of the next page; null on the last."""


class PinsPayload(Payload):
    model_config = ConfigDict(title="Pins")

    messages: list[MessagePayload]
    """The newest pin first."""
    next_cursor: str | None
    """Of the next page; null on the last."""


class SavedPayload(Payload):
    """A message that I keep for myself."""

    model_config = ConfigDict(title="Saved")

    message: MessagePayload | None
    """Null where I may no longer read it."""
    saved_at: str
    """UTC, ISO 8601."""


class SavedListPayload(Payload):
    model_config = ConfigDict(title="SavedList")

    saved: list[SavedPayload]
    """The newest first."""
    next_cursor: str | None
    """Of the next page; null on the last."""


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


class ReadersPayload(Payload):
    """Who has read a message."""

    model_config = ConfigDict(title="Readers")

    readers: list[UserPayload]
    """By name; at most 50."""
    total: int
    """Those who aren't listed too."""
