"""Owns thumbnails: small copies of images, made when somebody first looks, one after the other, beside the loop."""

import asyncio
import logging
from pathlib import Path

from lanchat.core.base.errors import StorageFull, TooMany
from lanchat.core.base.fair_turns import Pool, Share
from lanchat.core.base.private_file import write_private
from lanchat.core.chat import Chat, Part
from lanchat.files.schemas import THUMBNAIL_SIDE
from lanchat.files.storage import path_of, require_space
from lanchat.files.threads import LOOKING_UP

# One at a time: each holds a whole decoded image, up to 160 MB, and the other core stays with the chat. A browser
# asks for six at once; whoever looks at more than its share gets the original.
DRAWING = Share("thumbnails", at_once=1, of_one=8, waiting=200, about="a user", of_address=100)
PATIENCE = 10.0  # s that somebody waits, before the original is better than nothing
CONTENT_TYPE = "image/webp"

log = logging.getLogger(__name__)


class Thumbnails(Part, scope="process"):
    """Beside the uploads and not among them: everything in their folder can be made again.

    A file without content stands for an image that is shown as it is, so that no broken one is tried twice.
    """

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._folder = chat.settings.thumbnails_dir
        self._reserve = chat.settings.disk_reserve_bytes
        self._pool = Pool(DRAWING, enabled=chat.settings.limits)
        self._making: dict[str, asyncio.Task[int]] = {}
        self.made = 0

    def waiting(self) -> int:
        return len(self._making)

    async def find(self, user_id: int, name: str, original: Path, content_type: str) -> tuple[Path, int] | None:
        """A thumbnail and its size in bytes; None where the original is to be shown."""
        path = path_of(self._folder, name)
        size = await LOOKING_UP.run(_size_of, path)
        if size is None:
            size = await self._make(user_id, name, original, content_type)
        return (path, size) if size else None

    def close(self) -> None:
        """Without waiting: what is being drawn is of no use any more."""
        self._pool.close(wait=False)

    async def _make(self, user_id: int, name: str, original: Path, content_type: str) -> int:
        """Once, however many look at it at the same time."""
        making = self._making.get(name)
        if making is None:
            drawing = self._draw(user_id, original, content_type, path_of(self._folder, name))
            making = self._making[name] = asyncio.create_task(drawing, name=f"thumbnail {name}")
            making.add_done_callback(lambda _: self._settle(name))
        try:
            return await asyncio.wait_for(asyncio.shield(making), PATIENCE)
        except TimeoutError:
            return 0

    async def _draw(self, user_id: int, original: Path, content_type: str, target: Path) -> int:
        try:
            return await self._pool.run(user_id, _make, original, content_type, target, self._reserve)
        except TooMany:
            return 0

    def _settle(self, name: str) -> None:
        making = self._making.pop(name)
        self.made += 0 if making.cancelled() else making.result() > 0


def _make(original: Path, content_type: str, target: Path, reserve: int) -> int:
    """Returns the thumbnail's size, 0 where the original is to be shown; never fails."""
    from lanchat.files.images import pillow

    try:
        drawn = pillow.draw_small(original, content_type, THUMBNAIL_SIDE) or b""
        require_space(target.parent.parent, reserve + len(drawn))
        target.parent.mkdir(mode=0o700, exist_ok=True)
        write_private(target, drawn)
    except (OSError, MemoryError, StorageFull) as error:
        log.warning("a thumbnail could not be made: %r", error)
        return 0
    return len(drawn)


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
