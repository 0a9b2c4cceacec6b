"""What a host says of itself to anybody."""

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload
from lanchat.host.addresses import AddressPayload


class InfoPayload(Payload):
    """What a client needs before anybody has logged in; sizes in bytes."""

    model_config = ConfigDict(title="Info")

    name: str
    version: str
    installation_id: str
    registration_open: bool
    guests_allowed: bool
    max_image_bytes: int
    max_file_bytes: int
    max_message_chars: int
    time: str
    https_port: int | None
    fingerprint: str
    discoverable: bool
    rooms: int
    online: int


class AddressesPayload(Payload):
    """The name first where there is one, then the likeliest; empty where nobody else can join."""

    model_config = ConfigDict(title="Addresses")

    addresses: list[AddressPayload]


class NeighbourPayload(Payload):
    """Another host of this network; `is_doubtful` where it may only pose as one that is known here."""

    model_config = ConfigDict(title="Neighbour")

    name: str
    urls: list[str]
    online: int
    is_doubtful: bool


class NearbyPayload(Payload):
    """Those who announce themselves at this moment; empty where this host neither announces itself nor listens."""

    model_config = ConfigDict(title="Nearby")

    hosts: list[NeighbourPayload]


class HealthPayload(Payload):
    """Answered while the server takes requests."""

    model_config = ConfigDict(title="Health")

    status: str
    version: str
