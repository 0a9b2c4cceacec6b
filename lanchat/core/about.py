"""Owns what anybody may know of this host before they log in, and whether it is well."""

import socket

from pydantic import ConfigDict
from quart import Blueprint

import lanchat
from lanchat.core.http import answers, current_chat, public
from lanchat.core.schemas import Payload
from lanchat.core.texts import MAX_MESSAGE

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
        name=socket.gethostname(),
        version=lanchat.__version__,
        installation_id=chat.installation_id,
        registration_open=chat.settings.allow_registration,
        guests_allowed=chat.settings.allow_guests,
        max_image_bytes=chat.settings.max_image_bytes,
        max_file_bytes=chat.settings.max_file_bytes,
        max_message_chars=MAX_MESSAGE,
        time=chat.clock.now(),
    )


@routes.get("/health")
@public
@answers(HealthPayload)
async def health() -> HealthPayload:
    """For whoever watches over the server."""
    return HealthPayload(status="ok", version=lanchat.__version__)
