"""REST for direct rooms."""

from quart import Blueprint

from lanchat.core.edge.answer_bounds import ROOM_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes
from lanchat.rooms.schemas.incoming import DirectDraft
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.service import direct

routes = Blueprint("direct rooms", __name__, url_prefix="/api/direct")


@routes.post("/")
@takes(DirectDraft)
@answers(RoomPayload, 201, 200, at_most=ROOM_ANSWER)
async def open_room(data: DirectDraft) -> tuple[RoomPayload, int]:
    """The room of these people and me, made if there is none (201); the others learn of it by its first message."""
    room, is_new = await direct.open_room(current_chat(), current_user_id(), data)
    return room, 201 if is_new else 200


@routes.delete("/<int:room_id>")
@answers(DonePayload)
async def hide_room(room_id: int) -> DonePayload:
    """Take a direct room out of my list until the next message; what was said in it stays."""
    await direct.hide_room(current_chat(), current_user_id(), room_id)
    return done("room_hidden")
