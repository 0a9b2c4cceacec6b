"""Finding the message that somebody wants to do something with."""

from lanchat.messages.errors import MessageDeleted, SystemMessage
from lanchat.messages.models import Message
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.rooms.authorise import authorise
from lanchat.rooms.permissions import Action, Standing


def find_target(
    user_id: int, action: Action, place: tuple[int, int], now: str, *, may_be_deleted: bool = False
) -> tuple[Standing, MessagePayload]:
    """How the user stands, and the message at (room id, message id), if they may; on a database thread.

    Raises what `authorise` does, MessageNotFound, SystemMessage, or MessageDeleted.
    """
    room_id, message_id = place
    standing = authorise(user_id, action, room_id, now)
    message = Message.find(room_id, message_id, standing.hidden_seq)
    if message.message_type == "system":
        raise SystemMessage
    if message.is_deleted and not may_be_deleted:
        raise MessageDeleted
    return standing, message
