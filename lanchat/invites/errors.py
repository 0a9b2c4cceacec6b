"""Owns why an invitation lets nobody in."""

from lanchat.core.base.errors import ChatError


class InviteRevoked(ChatError):
    """Ended by whoever gave it out or by what it depended on, or no invitation of ours at all."""

    code, status = "invite_revoked", 410


class InviteExpired(ChatError):
    code, status = "invite_expired", 410
