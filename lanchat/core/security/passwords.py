"""Owns password hashing: bcrypt, off the loop, queued so that a storm of log-ins starves nobody."""

import base64
import hashlib
import unicodedata
from collections.abc import Hashable
from functools import cache

import bcrypt

from lanchat.core.base.fair_turns import Pool, Share
from lanchat.core.base.rate_limits import Limiter, Rate, Slowdown

ROUNDS = 10  # 63 ms on a small machine; a class of thirty logs in within two seconds
# One at once: the other core stays with the chat. A user has one under way and one waiting; an address may be a class
# behind one access point.
HASHES = Share("password_hashes", at_once=1, of_one=2, waiting=600, about="a user")
OF_ADDRESS = 300


class Passwords:
    """Whoever asks says for whom: a user's id, or an address. Any of it raises TooMany."""

    def __init__(self, *, enabled: bool = True) -> None:
        self._pool = Pool(HASHES, enabled=enabled)

    async def hash(self, password: str, whose: Hashable) -> str:
        return await self._pool.run(whose, hash_password, password, of_one=_of_one(whose))

    async def matches(self, password: str, hashed: str | None, whose: Hashable) -> bool:
        """Whether it is the password; takes as long for `None`, and is False then."""
        return await self._pool.run(whose, _matches, password, hashed, of_one=_of_one(whose))

    async def guess(
        self,
        password: str,
        hashed: str | None,
        whose: Hashable,
        limits: Limiter,
        *windows: tuple[Rate | Slowdown, Hashable],
    ) -> bool:
        """`matches`, where wrong ones count towards limits.

        Within one turn: of many guesses sent at once, all would find the limits not reached yet.
        """
        async with self._pool.turn(whose, of_one=_of_one(whose)):
            for rate, key in windows:
                limits.check(rate, key)
            is_right = await self._pool.do(_matches, password, hashed)
            if not is_right:
                for rate, key in windows:
                    limits.count(rate, key)
            return is_right

    def close(self) -> None:
        self._pool.close()


def _of_one(whose: Hashable) -> int | None:
    return OF_ADDRESS if isinstance(whose, str) else None


def hash_password(password: str) -> str:
    """Takes its time: never on the loop. However a keyboard composes an `é`, it is the same password (NFC)."""
    return bcrypt.hashpw(_condense(unicodedata.normalize("NFC", password)), bcrypt.gensalt(ROUNDS)).decode()


def _matches(password: str, hashed: str | None) -> bool:
    same = any(
        bcrypt.checkpw(_condense(form), _dummy() if hashed is None else hashed.encode()) for form in _forms(password)
    )
    return same and hashed is not None


def _forms(password: str) -> dict[str, None]:
    """As it was hashed, or may have been before all were hashed in one form: one to three, whatever the hash."""
    return dict.fromkeys([unicodedata.normalize("NFC", password), password, unicodedata.normalize("NFD", password)])


@cache
def _dummy() -> bytes:
    """Compared with where there is no hash: an unknown name takes as long as a wrong password."""
    return bcrypt.hashpw(b"nobody", bcrypt.gensalt(ROUNDS))


def _condense(password: str) -> bytes:
    """bcrypt reads 72 bytes and stops at NUL: a digest has neither problem."""
    return base64.b64encode(hashlib.sha256(password.encode()).digest())
