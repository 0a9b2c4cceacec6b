"""Owns what is refused about messages."""

from lanchat.core.base.errors import ChatError


class EmptyMessage(ChatError):
    """Neither words nor a file."""

    code, status = "empty_message", 400


class MessageNotFound(ChatError):
    """Not in the room that was named, whatever other rooms have."""

    code, status = "message_not_found", 404


class MessageDeleted(ChatError):
    """It was recalled: there is nothing left to do something with."""

    code, status = "message_deleted", 409


class RecallTooLate(ChatError):
    """`minutes` is how long one may."""

    code, status = "recall_too_late", 403


class InvalidEmoji(ChatError):
    code, status = "invalid_emoji", 400


class TooManyReactions(ChatError):
    """`limit` is in kinds."""

    code, status = "too_many_reactions", 409


class TooManyPins(ChatError):
    code, status = "too_many_pins", 409


class ReplyElsewhere(ChatError):
    """What it answers isn't in this room, or not shown there to who answers."""

    code, status = "reply_elsewhere", 400


class SystemMessage(ChatError):
    """It tells what happened, and nobody said it."""

    code, status = "system_message", 409
