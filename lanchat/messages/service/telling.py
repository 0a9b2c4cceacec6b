"""Telling a room of a change of what was said in it: all who may read that message."""

from lanchat.core.chat import Chat
from lanchat.messages.models import Changed


def tell_change(chat: Chat, changed: Changed) -> None:
    if not changed.is_new:
        return
    message = changed.message
    if changed.blind:
        chat.hub.to_users(chat.hub.online_in(message.room_id) - changed.blind, "message_updated", message)
    else:
        chat.hub.to_room(message.room_id, "message_updated", message)
