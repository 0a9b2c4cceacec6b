"""REST for blocks."""

from quart import Blueprint

from lanchat.core.base.lists import ListQuery
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes_query
from lanchat.rooms.schemas.outgoing import BlockedPayload
from lanchat.rooms.service import blocks

routes = Blueprint("blocks", __name__, url_prefix="/api/users")


@routes.get("/blocked")
@takes_query(ListQuery)
@answers(BlockedPayload, at_most=LONG_ANSWER)
async def list_blocked(query_args: ListQuery) -> BlockedPayload:
    """Whom I blocked, the newest first."""
    return await blocks.list_blocked(current_chat(), current_user_id(), query_args)


@routes.put("/<int:user_id>/block")
@answers(DonePayload)
async def block(user_id: int) -> DonePayload:
    """Close the room of the two of us; they call and mention me no more. They aren't told who closed it."""
    await blocks.block(current_chat(), current_user_id(), user_id, is_blocked=True)
    return done("user_blocked")


@routes.delete("/<int:user_id>/block")
@answers(DonePayload)
async def unblock(user_id: int) -> DonePayload:
    """Let somebody write to me again, unless they don't want it."""
    await blocks.block(current_chat(), current_user_id(), user_id, is_blocked=False)
    return done("user_unblocked")
