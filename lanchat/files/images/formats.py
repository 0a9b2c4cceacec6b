"""Owns which images we show: their types, and how large they may be."""

import filetype

MAX_PIXELS = 40_000_000  # of what is decoded whole
MAX_JPEG_PIXELS = 200_000_000  # of one that is decoded line by line, at an eighth; phones make 108 million
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
ALSO_CALLED = {"image/apng": "image/png"}  # one that moves
HEAD = 512  # bytes that show what a file is


def image_type(head: bytes) -> str | None:
    """The type that the first bytes show, of those that browsers may show inline; a name proves nothing."""
    kind = filetype.image_match(head)
    if kind is None:
        return None
    mime = ALSO_CALLED.get(kind.mime, kind.mime)
    return mime if mime in FORMATS else None
