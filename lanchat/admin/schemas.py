"""What comes in about running a host, and what is told of it."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Input, Payload
from lanchat.core.base.text_rules import Line
from lanchat.host.policy import Directory

HostName = Annotated[Line, Field(max_length=60)]


class ClaimForm(Input):
    """The code that the host shows at its start while it has no administrator."""

    code: str = Field(min_length=1, max_length=64)
    """As it is shown there."""


class ClaimPayload(Payload):
    """Whether whoever asks sits at the host, and it waits for its first administrator."""

    model_config = ConfigDict(title="Claim")

    can_claim: bool
    """False for whoever is on another device, and once there is an administrator."""


class HostChange(Input):
    """What to change of a host; what is left out stays."""

    name: HostName | None = None
    """At most 60 characters, one line."""
    guests_allowed: bool | None = None
    """Whether a name alone lets somebody in."""
    registration_open: bool | None = None
    """Whether anybody may make an account."""
    recall_minutes: Annotated[int, Field(ge=0, le=525_600)] | None = None
    """For how long people may take back what they said; 0: not at all."""
    directory: Directory | None = None
    """Who may look through the names of everybody; the others see those with whom they share a room."""
    direct_messages: bool | None = None
    """Whether people may begin direct rooms; those that there are stay."""


class LookAlikePayload(Payload):
    """A name from before names were compared by their looks."""

    model_config = ConfigDict(title="LookAlike")

    kind: Literal["user", "room"]
    """Whose name it is."""
    name: str
    """As it is."""
    other: str
    """The one that it looks like."""


class LookAlikesPayload(Payload):
    """Names that people take for others."""

    model_config = ConfigDict(title="LookAlikes")

    names: list[LookAlikePayload]
    """Users, then rooms, the oldest first; none once all of them have other names."""


class HostPayload(Payload):
    """What administrators may change while their host runs."""

    model_config = ConfigDict(title="Host")

    name: str
    """As people find it on the network."""
    guests_allowed: bool
    """Whether a name alone lets somebody in."""
    registration_open: bool
    """Whether anybody may make an account."""
    recall_minutes: int
    """For how long people may take back what they said; 0: not at all."""
    directory: Directory
    """Who may look through the names of everybody."""
    direct_messages: bool
    """Whether people may begin direct rooms; those that there are stay."""
