"""What a message is made of besides its own fields."""

from typing import Literal

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload
from lanchat.files.schemas import AttachmentPayload

MessageType = Literal["text", "image", "file", "system"]


class SystemPayload(Payload):
    """What happened to a room, for clients to say in their reader's language."""

    model_config = ConfigDict(title="System")

    code: str
    """Stable: what happened."""
    actor_id: int
    """Who did it."""
    actor_name: str
    """As they were called then."""
    target_id: int | None = None
    """To whom; null where it was the room itself, or the actor."""
    target_name: str | None = None
    """As they were called then."""
    value: str | None = None
    """What it is since: the name, the description, who posts; null of everything else."""


class ReactionPayload(Payload):
    """Who answered a message with a sign."""

    model_config = ConfigDict(title="Reaction")

    emoji: str
    """One emoji, fully qualified."""
    user_ids: list[int]
    """The first 100, in the order in which they came."""
    count: int
    """All of them."""


class QuotePayload(Payload):
    """What is shown of a message that another one answers, as it is now."""

    model_config = ConfigDict(title="Quote")

    id: int
    """Its own."""
    seq: int
    """Its place in the room."""
    user_id: int
    """Its author."""
    username: str
    """Its author's, as it is now."""
    display_name: str | None = None
    """Its author's, if they chose one."""
    content: str
    """At most 200 characters; empty once recalled, and in rooms that hide their past."""
    message_type: MessageType
    """As its own."""
    is_deleted: bool
    """Whether it was recalled."""
    attachment: AttachmentPayload | None = None
    """Its file; null without one, and where its words aren't shown."""


class ForwardedPayload(Payload):
    """Who said first what a message passes on."""

    model_config = ConfigDict(title="ForwardedFrom")

    timestamp: str
    """When it was said first; UTC, ISO 8601."""
    username: str
    """Its author's, as it is now."""
    display_name: str | None = None
    """Its author's, if they chose one, as it is now."""
    room_name: str | None = None
    """Where it was said; null unless that is a public room."""
