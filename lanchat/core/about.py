"""Owns what anybody may know of this host before they log in, and whether it is well."""

from pydantic import ConfigDict
from quart import Blueprint, Response
from quart_schema import hide

import lanchat
from lanchat.core.errors import NotFound
from lanchat.core.http import answers, current_chat, public
from lanchat.core.places import AddressPayload, front_doors
from lanchat.core.policy import Policy
from lanchat.core.schemas import Payload
from lanchat.core.texts import MAX_MESSAGE
from lanchat.core.tls import CA_PATH, CA_TYPE

routes = Blueprint("about", __name__)


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


@routes.get("/api/info")
@public
@answers(InfoPayload)
async def info() -> InfoPayload:
    """This host: its name, version and limits."""
    chat = current_chat()
    return InfoPayload(
        name=chat.host.name,
        version=lanchat.__version__,
        installation_id=chat.installation_id,
        registration_open=chat.part(Policy).registration_open,
        guests_allowed=chat.part(Policy).guests_allowed,
        max_image_bytes=chat.settings.max_image_bytes,
        max_file_bytes=chat.settings.max_file_bytes,
        max_message_chars=MAX_MESSAGE,
        time=chat.clock.now(),
        https_port=chat.host.https_port,
        fingerprint=chat.host.fingerprint,
        discoverable=chat.host.is_discoverable,
        rooms=chat.host.rooms,
        online=chat.host.online,
    )


@routes.get("/api/addresses")
@answers(AddressesPayload)
async def addresses() -> AddressesPayload:
    """How others get here, for whoever invites them."""
    return AddressesPayload(addresses=await front_doors(current_chat().host))


@routes.get("/api/nearby")
@answers(NearbyPayload)
async def nearby() -> NearbyPayload:
    """The other hosts of this network."""
    hosts = [
        NeighbourPayload(name=one.name, urls=list(one.urls), online=one.online, is_doubtful=one.is_doubtful)
        for one in current_chat().host.neighbours
    ]
    return NearbyPayload(hosts=hosts)


@routes.get(CA_PATH)
@hide
@public
async def authority() -> Response:
    """The certificate by which a guest may choose to trust this host's HTTPS."""
    authority = current_chat().host.authority
    if not authority:
        raise NotFound
    return Response(authority, content_type=CA_TYPE)


@routes.get("/health")
@public
@answers(HealthPayload)
async def health() -> HealthPayload:
    """For whoever watches over the server."""
    return HealthPayload(status="ok", version=lanchat.__version__)
