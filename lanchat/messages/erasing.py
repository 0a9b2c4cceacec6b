"""Takes what was taken back out of the database's files: its pages are overwritten at once, its journal soon after."""

import asyncio
import logging

from lanchat.core.base.errors import ChatError
from lanchat.core.chat import Chat, Part

PAUSE = 5.0  # s in which what is taken back shares one look at the journal

log = logging.getLogger(__name__)


class Erasing(Part, scope="process"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._is_due = asyncio.Event()

    def soon(self) -> None:
        self._is_due.set()

    async def until_due(self) -> None:
        await self._is_due.wait()

    def done(self) -> None:
        self._is_due.clear()


async def keep_erased(chat: Chat) -> None:
    """For ever; also after a start, as a former run may have ended before it came to it."""
    erasing = chat.part(Erasing)
    erasing.soon()
    while True:
        await erasing.until_due()
        await asyncio.sleep(PAUSE)
        erasing.done()
        try:
            is_done = await chat.db.forget_former()
        except ChatError as error:
            log.warning("the database's journal could not be emptied, next time soon: %s", error)
            is_done = False
        if not is_done:
            erasing.soon()
