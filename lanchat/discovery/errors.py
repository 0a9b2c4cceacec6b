"""Owns what is refused of an address that somebody typed."""

from lanchat.core.base.errors import ChatError


class AddressInvalid(ChatError):
    code, status = "address_invalid", 400
