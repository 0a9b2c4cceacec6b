"""The small square pictures of people and rooms: made anew of what somebody sends, and kept in the database."""

import secrets
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path

from lanchat.core.chat import Chat
from lanchat.files import multipart
from lanchat.files.errors import FileNotThere, NotAnImage
from lanchat.files.models import SquareRow
from lanchat.files.service import receive, under_way
from lanchat.files.storage import NAME_BYTES
from lanchat.files.threads import FileThreads

MAX_BYTES = 5 << 20  # of what is sent
SIDES = (256, 64)  # pixels
FOLDER = "/files/avatars/"
CONTENT_TYPE = "image/webp"


@dataclass(frozen=True)
class Square:
    """A picture that was made and isn't kept yet."""

    name: str
    large: bytes
    small: bytes

    @property
    def path(self) -> str:
        return f"{FOLDER}{self.name}"

    def keep(self, former: str | None) -> None:
        """In a transaction: in place of the one at the path `former`."""
        forget(former)
        SquareRow.keep(self.name, self.large, self.small)


async def make_square(chat: Chat, user_id: int, body: AsyncIterable[bytes], content_type: str) -> Square:
    """Of the form's one file: its middle, its first frame, in the sizes of `SIDES`.

    Raises NotAnImage, also of one with too many pixels, TooLarge, and what reading raises.
    """
    incoming = await multipart.read_file(body, content_type, MAX_BYTES)
    async with under_way(chat, user_id) as upload:
        found_type = await receive(chat, upload, incoming, MAX_BYTES, user_id)
        if found_type is None:
            raise NotAnImage
        drawn = await chat.part(FileThreads).squares.run(user_id, upload.draw, _draw, found_type)
    if drawn is None:
        raise NotAnImage
    return Square(secrets.token_hex(NAME_BYTES), *drawn)


async def find_square(chat: Chat, name: str, *, is_small: bool) -> bytes:
    """Raises FileNotThere."""
    found = await chat.db.read(SquareRow.find, name, is_small)
    if found is None:
        raise FileNotThere
    return found


def forget(path: str | None) -> None:
    """In a transaction: the picture at a path, if it is one of these."""
    if path is not None and path.startswith(FOLDER):
        SquareRow.forget(path.removeprefix(FOLDER))


def _draw(source: Path, content_type: str) -> tuple[bytes, ...] | None:
    from lanchat.files.images import pillow

    return pillow.draw_squares(source, content_type, SIDES)
