"""Owns the threads that work on files: what a user's bytes prolong keeps no page waiting, nor another user for long."""

from contextlib import AbstractAsyncContextManager

from lanchat.core.base.fair_turns import Brief, Pool, Share, Shares
from lanchat.core.chat import Chat, Part

UPLOADING = Share("uploads_under_way", at_once=200, of_one=10, waiting=200, about="a user", of_address=100)
# A hostile picture takes the thread for as long as its bounds allow, so nothing else needs that. Whoever sends ten at
# once waits for themselves: another's is looked at after the first of these.
PICTURES = Share("pictures", at_once=1, of_one=10, waiting=200, about="a user", of_address=100)
# Each holds a whole decoded image. Who has one made waits for it before the next.
SQUARES = Share("small_squares", at_once=1, of_one=1, waiting=50, about="a user", of_address=20)
# A piece of a file, up to a megabyte, each; of an upload or a download one at a time.
WRITING = Share("file_writes", at_once=2, of_one=20, waiting=500, about="a user")
READING = Share("file_reads", at_once=2, of_one=2000, waiting=20_000, about="a user")
LOOKING_UP = Brief("file_look_ups", "asks the system for the size of one file, or of the free disk")
SWEEPING = Brief("file_sweeps", "once an hour; each file costs one look, and the quotas bound their number")


class FileThreads(Part, scope="process"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        enabled = chat.settings.limits
        self.pictures = Pool(PICTURES, enabled=enabled)
        self.squares = Pool(SQUARES, enabled=enabled)
        self.writing = Pool(WRITING, enabled=enabled)
        self.reading = Pool(READING, enabled=enabled)
        self._uploading = Shares(UPLOADING, enabled=enabled)

    def upload(self, user_id: int) -> AbstractAsyncContextManager[None]:
        """While one is under way; raises TooMany."""
        return self._uploading.turn(user_id)

    def close(self) -> None:
        for pool in (self.pictures, self.squares, self.writing, self.reading):
            pool.close(wait=False)
