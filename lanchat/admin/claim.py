"""The code by which whoever sits at the host becomes its first administrator."""

import hmac
import secrets

from lanchat.core.chat import Chat

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what looks alike
GROUPS, GROUP = 2, 4


class Claim:
    """In memory only: another start is another code, and none is ever written down."""

    def __init__(self, _chat: Chat) -> None:
        self.code: str | None = None

    def open(self) -> None:
        groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
        self.code = "-".join(groups)

    def close(self) -> None:
        self.code = None

    def is_right(self, guess: str) -> bool:
        return self.code is not None and hmac.compare_digest(_plain(self.code), _plain(guess))


def _plain(code: str) -> bytes:
    """As people type it: in any case, with or without the hyphen."""
    return "".join(filter(str.isalnum, code)).upper().encode()
