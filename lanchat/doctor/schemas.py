"""How an examination looks on the wire."""

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload


class FindingPayload(Payload):
    """One sentence for the trouble, one for the cure; `is_problem` is false for what keeps nobody out."""

    model_config = ConfigDict(title="Finding")

    code: str
    is_problem: bool
    trouble: str
    cure: str


class PlacePayload(Payload):
    """One address of this host: how many other devices tried it, and how many got through."""

    model_config = ConfigDict(title="TriedPlace")

    url: str
    tried: int
    reached: int


class ExaminationPayload(Payload):
    """Problems first; no problem, no hindrance. `places` is empty where no other device could try."""

    model_config = ConfigDict(title="Examination")

    findings: list[FindingPayload]
    places: list[PlacePayload]


class TryAddresses(Payload):
    """`try_addresses`: open a WebSocket to `/reach/<code>` at each place; that it arrives is all that matters."""

    code: str
    places: list[str]
    port: int
    https_port: int | None
