"""Owns what is refused to whoever wants to run a host."""

from lanchat.core.base.errors import ChatError


class WrongClaimCode(ChatError):
    code, status = "wrong_claim_code", 403


class OnlyAtTheHost(ChatError):
    code, status = "only_at_the_host", 403


class AlreadyClaimed(ChatError):
    code, status = "already_claimed", 409
