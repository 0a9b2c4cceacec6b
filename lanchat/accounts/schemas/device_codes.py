"""What is said of a code that signs one more device in."""

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload
from lanchat.host.addresses import AddressPayload


class DeviceCodePayload(Payload):
    """A code that signs one more device in, once."""

    model_config = ConfigDict(title="DeviceCode")

    code: str
    """As people type it."""
    path: str
    """Of the page that takes the code, with it behind the `#`."""
    lasts: int
    """In seconds, from now."""
    addresses: list[AddressPayload]
    """Of that page; the name first where there is one, then the likeliest."""


class DeviceCodeOwnerPayload(Payload):
    """As whom a code signs somebody in: to be told before it does."""

    model_config = ConfigDict(title="DeviceCodeOwner")

    username: str
    """As they are called now."""
    is_guest: bool
    """Whether they brought only a name."""


class DeviceCodeStatePayload(Payload):
    """Whether my code still waits."""

    model_config = ConfigDict(title="DeviceCodeState")

    is_open: bool
    """Before its time is over, one that isn't was used."""


class DeviceSignedIn(Payload):
    """`device_signed_in`: to all tabs of somebody whose code was used."""

    device: str
    """Its browser and system in a few words; empty if unknown."""
    address: str
    """Its IP address."""
