"""What comes in about reports, and how they look to those who decide."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Input, Payload
from lanchat.core.base.text_rules import Text
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.schemas.parts import MessageType

Reason = Literal["spam", "abuse", "other"]
Decision = Literal["dismiss", "remove_message", "ban"]


class AccountDeletion(Input):
    """What becomes of what I said."""

    password: str = Field(default="", max_length=256)
    """One's own; a guest has none."""
    content: Literal["anonymous", "recall"]
    """It stays, said by a former member; or goes, as what is taken back does."""


class ReportDraft(Input):
    """Why a message should be looked at."""

    reason: Reason
    """What is wrong with it, in a word."""
    words: Annotated[Text, Field(max_length=1000)] | None = None
    """The same in one's own; at most 1000 characters."""
    with_context: bool
    """Whether those who decide are shown the five messages before it, too."""


class ReportDecision(Input):
    """What becomes of a report."""

    action: Decision
    """Leave the message, take it out, or take its author out of the room as well, who mustn't come in again."""


class ReportedPayload(Payload):
    """My report of a message."""

    model_config = ConfigDict(title="Reported")

    id: int
    """By which `report_decided` names it."""
    at: str
    """When I made it; UTC, ISO 8601."""
    decision: Decision | None
    """Null while nobody has decided."""


class CopiedPayload(Payload):
    """A message as it was when it was reported."""

    model_config = ConfigDict(title="Copied")

    id: int
    """Its own."""
    seq: int
    """Its place in the room."""
    user_id: int
    """Its author."""
    username: str
    """Its author's, as it was."""
    content: str
    """What it said."""
    message_type: MessageType
    """As its own."""
    filename: str | None
    """Of its first file; null without one."""
    filenames: list[str] = Field(default_factory=list[str])
    """Of all its files, in their order."""
    timestamp: str
    """When it was stored; UTC, ISO 8601."""


class ReportPayload(Payload):
    """A message that was reported, and why."""

    model_config = ConfigDict(title="Report", serialize_by_alias=True)

    id: int
    """Of the first report of the message; a decision about one is about all of them."""
    room_id: int
    """Where it was said."""
    room_name: str
    """As the room is called now; empty of a direct one."""
    message: MessagePayload | None
    """As it is now; null to who isn't in the room, or isn't shown it there."""
    copied: list[CopiedPayload] = Field(
        alias="copy",
        description="As it was, and before it what its reporter showed of the talk; empty after 30 days.",
    )
    reason: Reason
    """Of the first who reported it."""
    words: str | None
    """Of the first who reported it; null without."""
    others: list[str]
    """What the others who reported it said; at most 20 of them."""
    count: int
    """People who reported it."""
    at: str
    """When it was first reported; UTC, ISO 8601."""


class ReportsPayload(Payload):
    model_config = ConfigDict(title="Reports", serialize_by_alias=True)

    reports: list[ReportPayload]
    """Those that nobody has decided, the newest first."""
    next_cursor: str | None
    """Of the next page; null on the last."""


class ReportMade(Payload):
    """`report_made` and `report_closed`, to those who decide: it waits for them, or no longer."""

    room_id: int
    """Where the message stands."""
    report_id: int
    """`id` of the report."""


class ReportDecided(Payload):
    """`report_decided`: to who made the report."""

    report_id: int
    """`id` of the report."""
    room_id: int
    """Where the message stands."""
    decision: Decision
    """What became of it."""
