"""REST for running a host."""

from typing import cast

from prometheus_client import CONTENT_TYPE_LATEST
from quart import Blueprint, Response, request
from quart_schema import hide

from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.service.identity import authenticate
from lanchat.admin import host, service
from lanchat.admin.errors import OnlyAtTheHost
from lanchat.admin.schemas import ClaimForm, ClaimPayload, HostChange, HostPayload, LookAlikesPayload
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.rest import answers, bearer_token, current_chat, current_user_id, public, takes
from lanchat.core.server.asgi import Scope
from lanchat.core.server.proxies import is_from_this_computer

figures = Blueprint("figures", __name__)
routes = Blueprint("admin", __name__, url_prefix="/api/admin")


@routes.get("/claim")
@answers(ClaimPayload)
async def show_claim() -> ClaimPayload:
    """Whether I could become the first administrator from here."""
    is_here = is_from_this_computer(cast(Scope, request.scope))
    return ClaimPayload(can_claim=is_here and service.is_claimable(current_chat()))


@routes.post("/claim")
@takes(ClaimForm)
@answers(OwnUserPayload)
async def claim(data: ClaimForm) -> OwnUserPayload:
    """Become the first administrator, at the host itself and with the code that it shows."""
    if not is_from_this_computer(cast(Scope, request.scope)):
        raise OnlyAtTheHost
    return await service.claim_host(current_chat(), current_user_id(), data.code)


@routes.get("/host")
@answers(HostPayload)
async def show_host() -> HostPayload:
    """This host's name and whom it lets in, for administrators."""
    return await host.show_host(current_chat(), current_user_id())


@routes.put("/host")
@takes(HostChange)
@answers(HostPayload)
async def change_host(data: HostChange) -> HostPayload:
    """Change this host's name and whom it lets in; administrators only."""
    return await host.change_host(current_chat(), current_user_id(), data)


@routes.get("/look-alikes")
@answers(LookAlikesPayload, at_most=LONG_ANSWER)
async def list_look_alikes() -> LookAlikesPayload:
    """Names from before LanChat compared them by their looks, which people take for others; administrators only."""
    return await host.list_look_alikes(current_chat(), current_user_id())


@figures.get("/metrics")
@hide
@public
async def metrics() -> Response:
    """For Prometheus on this computer, and for administrators."""
    chat = current_chat()
    if not is_from_this_computer(cast(Scope, request.scope)):
        identity = await authenticate(chat, bearer_token())
        await service.require_administrator(chat, identity.user_id)
    return Response(chat.metrics.text(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
