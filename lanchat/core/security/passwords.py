"""Owns password hashing: bcrypt, off the loop, queued so that a storm of log-ins starves nobody."""

import asyncio
import base64
import hashlib
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import bcrypt

from lanchat.core.base.rate_limits import Limiter, Rate

T = TypeVar("T")

ROUNDS = 10  # 63 ms on a small machine; a class of thirty logs in within two seconds
WORKERS = 1  # the other core stays with the chat


class Passwords:
    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="bcrypt")
        self._guessing = asyncio.Lock()

    async def hash(self, password: str) -> str:
        return await self._run(hash_password, password)

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password; takes as long for `None`, and is False then."""
        return await self._run(_matches, password, hashed)

    async def guess(self, password: str, hashed: str | None, limits: Limiter, *windows: tuple[Rate, Hashable]) -> bool:
        """`matches`, where wrong ones count towards limits; raises TooMany.

        One at a time: of many guesses sent at once, all would find the limits not reached yet.
        """
        async with self._guessing:
            for rate, key in windows:
                limits.check(rate, key)
            is_right = await self.matches(password, hashed)
            if not is_right:
                for rate, key in windows:
                    limits.count(rate, key)
            return is_right

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)


def hash_password(password: str) -> str:
    """Takes its time: never on the loop."""
    return bcrypt.hashpw(_condense(password), bcrypt.gensalt(ROUNDS)).decode()


def _matches(password: str, hashed: str | None) -> bool:
    same = bcrypt.checkpw(_condense(password), _dummy() if hashed is None else hashed.encode())
    return same and hashed is not None


@cache
def _dummy() -> bytes:
    """Compared with where there is no hash: an unknown name takes as long as a wrong password."""
    return bcrypt.hashpw(b"nobody", bcrypt.gensalt(ROUNDS))


def _condense(password: str) -> bytes:
    """bcrypt reads 72 bytes and stops at NUL: a digest has neither problem."""
    return base64.b64encode(hashlib.sha256(password.encode()).digest())
