"""The code by which whoever sits at the host becomes its first administrator."""

import hmac

from lanchat.core.chat import Chat, Part
from lanchat.core.security.typed_codes import new_code, plain_code


class Claim(Part, scope="cluster"):
    """In memory only: another start is another code, and none is ever written down."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.code: str | None = None

    def open(self) -> None:
        self.code = new_code()

    def close(self) -> None:
        self.code = None

    def is_right(self, guess: str) -> bool:
        return self.code is not None and hmac.compare_digest(plain_code(self.code).encode(), plain_code(guess).encode())
