"""Owns what anybody may know of this host before they log in, and whether it is well."""

from quart import Blueprint, Response
from quart_schema import hide

import lanchat
from lanchat.core.base.errors import NotFound
from lanchat.core.base.text_rules import MAX_MESSAGE
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.rest import answers, current_chat, public
from lanchat.core.security.tls import CA_PATH, CA_TYPE
from lanchat.host.addresses import front_doors
from lanchat.host.policy import Policy
from lanchat.host.schemas import AddressesPayload, HealthPayload, InfoPayload, NearbyPayload, NeighbourPayload

routes = Blueprint("host", __name__)


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
        recall_minutes=chat.part(Policy).recall_minutes,
        direct_messages=chat.part(Policy).direct_messages,
        time=chat.clock.now(),
        https_port=chat.host.https_port,
        fingerprint=chat.host.fingerprint,
        discoverable=chat.host.is_discoverable,
        rooms=chat.host.rooms,
        online=chat.host.online,
    )


@routes.get("/api/addresses")
@answers(AddressesPayload, at_most=LONG_ANSWER)
async def addresses() -> AddressesPayload:
    """How others get here, for whoever invites them."""
    return AddressesPayload(addresses=await front_doors(current_chat().host))


@routes.get("/api/nearby")
@answers(NearbyPayload, at_most=LONG_ANSWER)
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
