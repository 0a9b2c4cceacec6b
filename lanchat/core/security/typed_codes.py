"""Owns the codes that people read from one screen and type at another."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what looks alike
GROUPS, GROUP = 2, 4


def new_code() -> str:
    """Such as `K7QF-3M2P`; 39 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def plain_code(code: str) -> str:
    """As people type it: in any case, with or without the hyphen."""
    return "".join(filter(str.isalnum, code)).upper()
