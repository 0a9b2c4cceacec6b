"""Owns waiting for what is scarce: so many at a time, and in turn among those who ask, however often each does."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from lanchat.core.base.errors import TooMany
from lanchat.core.base.origin import ORIGIN

T = TypeVar("T")


@dataclass(frozen=True)
class Share:
    """What one kind of scarce work may take; `of_one` may be raised for a key that stands for many people."""

    name: str
    at_once: int
    of_one: int  # that wait or run for one key
    waiting: int  # altogether
    about: str = ""  # whose a key is, for SECURITY.md
    of_address: int | None = None  # that wait or run for all at one address: users may cost nothing


@dataclass(frozen=True)
class Brief:
    """Short work on the threads that also hand out pages; `bound` says why nothing that users send makes it longer.

    All other work has a `Pool`: only here and there does anything of ours meet a thread.
    """

    name: str
    bound: str

    async def run(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.to_thread(work, *args)


@dataclass(frozen=True)
class Apart:
    """Work that may last, one at a time by the nature of its only caller, on a thread of its own."""

    name: str
    bound: str

    async def run(self, work: Callable[..., T], *args: object) -> T:
        threads = ThreadPoolExecutor(1, thread_name_prefix=self.name)
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, work, *args)
        finally:
            threads.shutdown(wait=False)


class Shares:
    """A queue for each key, served one after the other: who asks a hundred times waits for themselves.

    `enabled=False` refuses nobody, for measurement only; turns are taken all the same.
    """

    def __init__(self, share: Share, *, enabled: bool = True) -> None:
        self.share = share
        self._enabled = enabled
        self._running = 0
        self._waiting = 0
        self._held: dict[Hashable, int] = {}  # waiting or running
        self._there: Counter[str] = Counter()  # the same by address
        self._queues: dict[Hashable, deque[asyncio.Future[None]]] = {}  # in the order of their turns; none is empty

    @asynccontextmanager
    async def turn(self, key: Hashable, *, of_one: int | None = None) -> AsyncGenerator[None]:
        """Raises TooMany where the key, its address, or everybody together has too many waiting already."""
        address = ORIGIN.get() if self.share.of_address is not None else ""
        if address and self._enabled and self._there[address] >= (self.share.of_address or 0):
            raise TooMany(retry_after=1)
        self._there[address] += 1
        try:
            await self._begin(key, of_one or self.share.of_one)
            try:
                yield
            finally:
                self._end(key)
        finally:
            self._there[address] -= 1
            if not self._there[address]:
                del self._there[address]

    async def _begin(self, key: Hashable, of_one: int) -> None:
        share = self.share
        if self._enabled and (self._held.get(key, 0) >= of_one or self._waiting >= share.waiting):
            raise TooMany(retry_after=1)
        self._held[key] = self._held.get(key, 0) + 1
        if self._running < share.at_once:
            self._running += 1
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(key, deque()).append(mine)
        self._waiting += 1
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._end(key)  # the turn had come, and goes to the next
            else:
                self._give_up(key, mine)
            raise

    def _end(self, key: Hashable) -> None:
        self._let_go(key)
        self._running -= 1
        while self._queues and self._running < self.share.at_once:
            next_key = next(iter(self._queues))
            queue = self._queues.pop(next_key)
            mine = queue.popleft()
            if queue:
                self._queues[next_key] = queue  # behind all others
            self._waiting -= 1
            if mine.cancelled():  # whoever waited is on their way out
                self._let_go(next_key)
                continue
            self._running += 1
            mine.set_result(None)

    def _give_up(self, key: Hashable, mine: "asyncio.Future[None]") -> None:
        queue = self._queues.get(key)
        if queue is None or mine not in queue:
            return  # a turn came by in the meantime, and passed over us
        queue.remove(mine)
        if not queue:
            del self._queues[key]
        self._waiting -= 1
        self._let_go(key)

    def _let_go(self, key: Hashable) -> None:
        self._held[key] -= 1
        if not self._held[key]:
            del self._held[key]


class Pool:
    """Threads for work that somebody's bytes prolong: as many as may run at once, and none that anything else needs."""

    def __init__(self, share: Share, *, enabled: bool = True) -> None:
        self.share = share
        self._shares = Shares(share, enabled=enabled)
        self._threads = ThreadPoolExecutor(share.at_once, thread_name_prefix=share.name)

    async def run(self, key: Hashable, work: Callable[..., T], *args: object, of_one: int | None = None) -> T:
        """Raises TooMany, and what `work` raises."""
        async with self.turn(key, of_one=of_one):
            return await self.do(work, *args)

    def turn(self, key: Hashable, *, of_one: int | None = None) -> AbstractAsyncContextManager[None]:
        """For who has something to look at before and after: all that they `do` within it is of one turn."""
        return self._shares.turn(key, of_one=of_one)

    async def do(self, work: Callable[..., T], *args: object) -> T:
        """Within a turn, which lasts as long as its work, even if nobody waits for that any more."""
        doing = asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            await asyncio.wait((doing,))
            raise

    async def clean_up(self, work: Callable[..., object]) -> None:
        """What must be done however the rest ended: without a turn, and even if whoever waits for it is cancelled."""
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._threads, work))

    def close(self, *, wait: bool = True) -> None:
        self._threads.shutdown(wait=wait, cancel_futures=True)
