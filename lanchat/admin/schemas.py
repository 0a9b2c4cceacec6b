"""What comes in about running a host, and what is told of it."""

from typing import Annotated

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Input, Payload
from lanchat.core.base.text_rules import Line

HostName = Annotated[Line, Field(max_length=60)]


class ClaimForm(Input):
    """The code that the host shows at its start while it has no administrator."""

    code: str = Field(min_length=1, max_length=64)


class ClaimPayload(Payload):
    """Whether whoever asks sits at the host, and it waits for its first administrator."""

    model_config = ConfigDict(title="Claim")

    can_claim: bool


class HostChange(Input):
    """What to change of a host; what is left out stays."""

    name: HostName | None = None
    guests_allowed: bool | None = None
    registration_open: bool | None = None


class HostPayload(Payload):
    """What administrators may change while their host runs."""

    model_config = ConfigDict(title="Host")

    name: str
    guests_allowed: bool
    registration_open: bool
