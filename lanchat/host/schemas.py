"""What a host says of itself to anybody."""

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload
from lanchat.host.addresses import AddressPayload


class InfoPayload(Payload):
    """What a client needs before anybody has logged in."""

    model_config = ConfigDict(title="Info")

    name: str
    """As whoever runs it named it."""
    version: str
    """Of LanChat."""
    installation_id: str
    """Of this host's data; stays when its name or address changes."""
    registration_open: bool
    """Whether anybody may make an account."""
    guests_allowed: bool
    """Whether a name alone lets somebody in."""
    max_image_bytes: int
    """Of an image in a message."""
    max_file_bytes: int
    """Of any upload."""
    max_message_chars: int
    """Of a message's text, in Unicode code points."""
    recall_minutes: int
    """How long one may take back what one said; 0: not at all."""
    direct_messages: bool
    """Whether people may begin direct rooms; notes to oneself are always possible."""
    time: str
    """Of the host's clock; UTC, ISO 8601."""
    https_port: int | None
    """Null where there is no HTTPS."""
    fingerprint: str
    """Of the key of its HTTPS, in hex; empty without HTTPS."""
    discoverable: bool
    """Whether it announces itself on the network."""
    rooms: int
    """Those that anybody may join."""
    online: int
    """People who are connected, not devices."""


class AddressesPayload(Payload):
    """Where others find this host."""

    model_config = ConfigDict(title="Addresses")

    addresses: list[AddressPayload]
    """The name first where there is one, then the likeliest; empty where nobody else can join."""


class NeighbourPayload(Payload):
    """Another host of this network."""

    model_config = ConfigDict(title="Neighbour")

    name: str
    """As it calls itself."""
    urls: list[str]
    """Where it may answer; the likeliest first."""
    online: int
    """People connected, as it said when it was found."""
    is_doubtful: bool
    """It calls itself like a host that is known here, but shows another key."""


class NearbyPayload(Payload):
    """Those who announce themselves at this moment."""

    model_config = ConfigDict(title="Nearby")

    hosts: list[NeighbourPayload]
    """Empty too where this host neither announces itself nor listens."""


class HealthPayload(Payload):
    """Answered while the server takes requests."""

    model_config = ConfigDict(title="Health")

    status: str
    """Always `ok`: in trouble there is no answer."""
    version: str
    """Of LanChat."""
