"""How an examination looks on the wire."""

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload


class FindingPayload(Payload):
    """Something that keeps others out, or might."""

    model_config = ConfigDict(title="Finding")

    code: str
    """Stable, for programs."""
    is_problem: bool
    """False for what keeps nobody out."""
    trouble: str
    """One sentence in the reader's language."""
    cure: str
    """What to do about it: one sentence in the reader's language."""


class PlacePayload(Payload):
    """One address of this host, as tried by other devices."""

    model_config = ConfigDict(title="TriedPlace")

    url: str
    """Of the page, as guests type it."""
    tried: int
    """Devices that tried it and should get through."""
    reached: int
    """How many of them did."""


class ExaminationPayload(Payload):
    """Why others can't join this host."""

    model_config = ConfigDict(title="Examination")

    findings: list[FindingPayload]
    """Problems first; without a problem there is no hindrance."""
    places: list[PlacePayload]
    """Empty where no other device could try."""


class TryAddresses(Payload):
    """`try_addresses`: open a WebSocket to `/reach/<code>` at each place; that it arrives is all that matters."""

    code: str
    """Good for this examination only."""
    places: list[str]
    """Names and IP addresses, without a port."""
    port: int
    """Of HTTP."""
    https_port: int | None
    """Null where there is no HTTPS."""
