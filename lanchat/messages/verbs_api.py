"""REST for what is done to a message: taking back, reacting, pinning, saving."""

from quart import Blueprint

from lanchat.core.base.lists import ListQuery
from lanchat.core.edge.answer_bounds import LONG_ANSWER, MESSAGE_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes, takes_query
from lanchat.messages.schemas.incoming import UnreadMark
from lanchat.messages.schemas.lists import (
    PinsPayload,
    ReactionsPayload,
    ReadersPayload,
    SavedListPayload,
    SavedPayload,
    ThreadPayload,
)
from lanchat.messages.schemas.outgoing import MarkedRead, MessagePayload
from lanchat.messages.service import keep, reactions, read_marks, recall, threads

routes = Blueprint("message verbs", __name__, url_prefix="/api/messages/<int:room_id>/<int:message_id>")
pins = Blueprint("pins", __name__, url_prefix="/api/rooms/<int:room_id>/pins")
unread = Blueprint("unread", __name__, url_prefix="/api/rooms/<int:room_id>/unread")
saved = Blueprint("saved", __name__, url_prefix="/api/saved")


@routes.delete("")
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def recall_message(room_id: int, message_id: int) -> MessagePayload:
    """Take my message back, as long as the host allows it, or, managing the room, anybody's: its place stays, empty."""
    return await recall.recall_message(current_chat(), current_user_id(), room_id, message_id)


@routes.get("/read-by")
@answers(ReadersPayload, at_most=LONG_ANSWER)
async def read_by(room_id: int, message_id: int) -> ReadersPayload:
    """Who has read a message."""
    return await read_marks.read_by(current_chat(), current_user_id(), room_id, message_id)


@routes.get("/reactions")
@answers(ReactionsPayload, at_most=LONG_ANSWER)
async def list_reactions(room_id: int, message_id: int) -> ReactionsPayload:
    """Everybody who reacted to a message."""
    return await reactions.list_reactions(current_chat(), current_user_id(), (room_id, message_id))


@routes.put("/reactions/<string:emoji>")
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def react(room_id: int, message_id: int, emoji: str) -> MessagePayload:
    """Answer a message with one emoji; at most 20 kinds stand at a message."""
    return await reactions.react(current_chat(), current_user_id(), (room_id, message_id), emoji)


@routes.delete("/reactions/<string:emoji>")
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def unreact(room_id: int, message_id: int, emoji: str) -> MessagePayload:
    """Take my emoji back."""
    return await reactions.unreact(current_chat(), current_user_id(), (room_id, message_id), emoji)


@routes.put("/pin")
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def pin(room_id: int, message_id: int) -> MessagePayload:
    """Pin a message for everybody in the room: those who manage it; at most 100."""
    return await keep.pin_message(current_chat(), current_user_id(), (room_id, message_id), is_pinned=True)


@routes.delete("/pin")
@answers(MessagePayload, at_most=MESSAGE_ANSWER)
async def unpin(room_id: int, message_id: int) -> MessagePayload:
    """Unpin a message: those who manage the room."""
    return await keep.pin_message(current_chat(), current_user_id(), (room_id, message_id), is_pinned=False)


@routes.get("/thread")
@takes_query(ListQuery)
@answers(ThreadPayload, at_most=LONG_ANSWER)
async def read_thread(room_id: int, message_id: int, query_args: ListQuery) -> ThreadPayload:
    """The chain of replies that a message stands in or begins, oldest first."""
    return await threads.read_thread(current_chat(), current_user_id(), (room_id, message_id), query_args)


@pins.get("")
@takes_query(ListQuery)
@answers(PinsPayload, at_most=LONG_ANSWER)
async def list_pins(room_id: int, query_args: ListQuery) -> PinsPayload:
    """What is pinned in a room, the newest pin first."""
    return await keep.list_pins(current_chat(), current_user_id(), room_id, query_args)


@unread.post("")
@takes(UnreadMark)
@answers(MarkedRead)
async def mark_unread(room_id: int, data: UnreadMark) -> MarkedRead:
    """Have what stands from a `seq` on unread again, on all my devices; what others saw of my reading stays."""
    return MarkedRead(last_read_seq=await read_marks.mark_unread(current_chat(), current_user_id(), room_id, data.seq))


@saved.get("/")
@takes_query(ListQuery)
@answers(SavedListPayload, at_most=LONG_ANSWER)
async def list_saved(query_args: ListQuery) -> SavedListPayload:
    """What I keep for myself, the newest first."""
    return await keep.list_saved(current_chat(), current_user_id(), query_args)


@saved.put("/<int:message_id>")
@answers(SavedPayload, at_most=MESSAGE_ANSWER)
async def save(message_id: int) -> SavedPayload:
    """Keep a message for myself."""
    return await keep.save_message(current_chat(), current_user_id(), message_id)


@saved.delete("/<int:message_id>")
@answers(DonePayload)
async def unsave(message_id: int) -> DonePayload:
    """Keep a message no longer."""
    await keep.unsave_message(current_chat(), current_user_id(), message_id)
    return done("unsaved")
