"""Owns what is refused to whoever sits at the window."""

from lanchat.core.base.errors import ChatError


class HostUnreachable(ChatError):
    code, status = "host_unreachable", 404
