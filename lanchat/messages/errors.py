"""Owns what is refused about messages."""

from lanchat.core.base.errors import ChatError


class EmptyMessage(ChatError):
    """Neither words nor a file."""

    code, status = "empty_message", 400
