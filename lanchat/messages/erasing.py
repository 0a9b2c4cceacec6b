"""Takes what was taken back out of the database's files: its pages are overwritten at once, its journal soon after."""

import asyncio
import logging

from lanchat.core.base.errors import ChatError
from lanchat.core.chat import Chat, Part
from lanchat.core.hooks import Tell

PAUSE = 5.0  # s in which what is taken back shares one look at the journal

log = logging.getLogger(__name__)


class Erasing(Part, scope="process"):
    """Whether something was taken back since the journal was emptied."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.is_due = asyncio.Event()


async def keep_erased(chat: Chat) -> None:
    """For ever; also after a start, as a former run may have ended before it came to it."""
    is_due = chat.part(Erasing).is_due
    is_due.set()
    while True:
        await is_due.wait()
        await asyncio.sleep(PAUSE)
        is_due.clear()
        try:
            is_done = await chat.db.forget_former()
        except ChatError as error:
            log.warning("the database's journal could not be emptied, next time soon: %s", error)
            is_done = False
        if not is_done:
            is_due.set()


def erase_words(_room_id: int) -> Tell:
    """Of a room that is removed: its messages go with it."""
    return lambda chat: chat.part(Erasing).is_due.set()
