"""Owns who works on an unfinished upload: one request at a time, the latest."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager

from lanchat.core.base.tasks import Tasks
from lanchat.core.chat import Chat, Part
from lanchat.uploads.errors import TakenOver


class Turn:
    """A request's time with an upload, until another one `is_wanted` by."""

    def __init__(self) -> None:
        self.is_wanted = asyncio.Event()
        self.has_ended = asyncio.Event()

    async def pieces(self, body: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """A body, until another request takes over: raises TakenOver then."""
        source = aiter(body)
        wanted = asyncio.ensure_future(self.is_wanted.wait())
        try:
            while True:
                coming = asyncio.ensure_future(anext(source, b""))
                try:
                    await asyncio.wait((coming, wanted), return_when=asyncio.FIRST_COMPLETED)
                finally:
                    if not coming.done():
                        coming.cancel()
                if wanted.done():
                    if coming.done() and not coming.cancelled():
                        coming.exception()  # nobody asks any more
                    raise TakenOver
                if not (data := await coming):
                    return
                yield data
        finally:
            wanted.cancel()


class Turns(Part, scope="process"):
    """A connection that was cut is often known to the client alone: whoever comes back ends the old request."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._now: dict[str, Turn] = {}
        self.tasks = Tasks()

    def is_busy(self, name: str) -> bool:
        return name in self._now

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncGenerator[Turn]:
        while (other := self._now.get(name)) is not None:
            other.is_wanted.set()
            await other.has_ended.wait()
        mine = self._now[name] = Turn()
        try:
            yield mine
        finally:
            del self._now[name]
            mine.has_ended.set()
