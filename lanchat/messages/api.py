"""REST for messages."""

from quart import Blueprint

from lanchat.core.base.refusals import parse
from lanchat.core.base.schemas import Plain
from lanchat.core.edge.answer_bounds import LONG_ANSWER, MESSAGE_ANSWER
from lanchat.core.edge.rest import (
    TEXT_BODY,
    answers,
    current_chat,
    current_identity,
    current_user_id,
    takes,
    takes_query,
)
from lanchat.messages.schemas.incoming import Draft, EditDraft, HistoryQuery, MessageBody
from lanchat.messages.schemas.lists import EditsPayload, ReadersPayload
from lanchat.messages.schemas.outgoing import HistoryPayload, MessagePayload, OverviewPayload
from lanchat.messages.service import edits, read, read_marks
from lanchat.messages.service import send as sending

routes = Blueprint("messages", __name__, url_prefix="/api/messages")


@routes.get("/overview")
@answers(OverviewPayload, at_most=LONG_ANSWER)
async def overview() -> Plain:
    """The newest message and the number of unread ones, for each of my rooms."""
    return await read.overview(current_chat(), current_user_id())


@routes.get("/<int:room_id>")
@takes_query(HistoryQuery)
@answers(HistoryPayload, at_most=LONG_ANSWER)
async def history(room_id: int, query_args: HistoryQuery) -> HistoryPayload:
    """A page of a room's messages, oldest first."""
    return await read.history(current_chat(), current_user_id(), room_id, query_args)


@routes.get("/<int:room_id>/<int:seq>/readers")
@answers(ReadersPayload, at_most=LONG_ANSWER)
async def readers(room_id: int, seq: int) -> ReadersPayload:
    """Who has read the message with this `seq`."""
    return await read_marks.readers(current_chat(), current_user_id(), room_id, seq)


@routes.get("/<int:room_id>/<int:message_id>")
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def find_message(room_id: int, message_id: int) -> MessagePayload:
    """One message, as it is now."""
    return await read.find_message(current_chat(), current_user_id(), room_id, message_id)


@routes.patch("/<int:room_id>/<int:message_id>")
@takes(EditDraft, at_most=TEXT_BODY)
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def edit(room_id: int, message_id: int, data: EditDraft) -> MessagePayload:
    """Give my message other words; the room hears `message_updated`. What changes nothing is no change."""
    return await edits.edit_message(current_chat(), current_user_id(), room_id, message_id, data)


@routes.get("/<int:room_id>/<int:message_id>/edits")
@answers(EditsPayload, at_most=LONG_ANSWER)
async def list_edits(room_id: int, message_id: int) -> EditsPayload:
    """What a message said before: for its author and those who manage the room."""
    return await edits.list_edits(current_chat(), current_user_id(), room_id, message_id)


@routes.post("/<int:room_id>")
@takes(MessageBody, at_most=TEXT_BODY, is_required=True)
@answers(MessagePayload, 201, 200, at_most=MESSAGE_ANSWER)
async def send_to_room(room_id: int, data: MessageBody) -> tuple[MessagePayload, int]:
    """Say something in a room; 200 when this `client_id` was sent before."""
    return await _send(parse(Draft, {"room_id": room_id, **data.model_dump()}))


@routes.post("/")
@takes(Draft, at_most=TEXT_BODY)
@answers(MessagePayload, 201, 200, at_most=MESSAGE_ANSWER)
async def send(data: Draft) -> tuple[MessagePayload, int]:
    """Say something in the room that `room_id` names; 200 when this `client_id` was sent before."""
    return await _send(data)


async def _send(draft: Draft) -> tuple[MessagePayload, int]:
    me = current_identity()
    stored = await sending.send_message(current_chat(), me.user_id, draft, is_guest=me.is_guest)
    return stored.payload, 201 if stored.is_new else 200
