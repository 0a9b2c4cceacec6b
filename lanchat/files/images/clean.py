"""Owns looking at an image: how large it is shown, and taking out what it tells in secret."""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lanchat.files.images import metadata
from lanchat.files.images.orientation import orientation_of

COPIED_AT_ONCE = 1 << 20  # bytes
TURNED = frozenset((5, 6, 7, 8))  # orientations that swap width and height


class Picture(NamedTuple):
    """`width` and `height` in pixels, as shown: a photo taken upright is higher than wide.

    None of a picture that has too many to be shown among messages: it is kept like any other file.
    """

    content_type: str
    width: int | None
    height: int | None


def clean(source: Path, target: BinaryIO, content_type: str) -> Picture | None:
    """Write an image without its metadata to `target`, which must be readable as well; None if it is none after all.

    Reads headers only: no image is ever decoded here. Pillow gets to see what we wrote, and nothing of what hung on it.
    """
    from lanchat.files.images import pillow

    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        orientation = orientation_of(content_type, data)
        try:
            kept = list(metadata.pieces(content_type, data, orientation))
        except ValueError:
            return None
        target.writelines(_chunks(data, kept))
    target.seek(0)
    header = pillow.read_header(target, content_type)
    if header is None:
        return None
    if not header.is_shown:
        return Picture(content_type, None, None)
    width, height = header.width, header.height
    return Picture(content_type, *((height, width) if orientation in TURNED else (width, height)))


def _chunks(data: mmap.mmap, kept: list[metadata.Piece]) -> Iterator[bytes]:
    for piece in kept:
        if isinstance(piece, bytes):
            yield piece
            continue
        for start in range(piece.start, piece.end, COPIED_AT_ONCE):
            yield data[start : min(start + COPIED_AT_ONCE, piece.end)]
