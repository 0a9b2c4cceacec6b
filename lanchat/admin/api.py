"""REST for running a host."""

from typing import cast

from quart import Blueprint, request

from lanchat.accounts.schemas import OwnUserPayload
from lanchat.admin import service
from lanchat.admin.schemas import ClaimForm
from lanchat.core.asgi import Scope
from lanchat.core.clients import is_from_this_computer
from lanchat.core.errors import OnlyAtTheHost
from lanchat.core.http import answers, current_chat, current_user_id, takes

routes = Blueprint("admin", __name__, url_prefix="/api/admin")


@routes.post("/claim")
@takes(ClaimForm)
@answers(OwnUserPayload)
async def claim(data: ClaimForm) -> OwnUserPayload:
    """Become the first administrator, at the host itself and with the code that it shows."""
    if not is_from_this_computer(cast(Scope, request.scope)):
        raise OnlyAtTheHost
    return await service.claim_host(current_chat(), current_user_id(), data.code)
