"""Owns the thread that looks at pictures as they come: nobody else's, because a hostile one takes it for seconds."""

from collections.abc import Callable
from typing import TypeVar

from lanchat.core.base.fair_turns import Pool, Share
from lanchat.core.chat import Chat, Part

T = TypeVar("T")

PICTURES = Share("pictures", at_once=1, of_one=10, waiting=200, about="a user")


class Looking(Part, scope="process"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._pool = Pool(PICTURES, enabled=chat.settings.limits)

    async def look(self, user_id: int, work: Callable[..., T], *args: object) -> T:
        """In turn among those who send pictures; raises TooMany, and what `work` raises."""
        return await self._pool.run(user_id, work, *args)

    def close(self) -> None:
        self._pool.close(wait=False)
