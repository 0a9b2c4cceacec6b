"""Owns which images we show: their types, and how large they may be."""

import filetype

MAX_PIXELS = 40_000_000
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
HEAD = 512  # bytes that show what a file is  # bytes that show what a file is


def image_type(head: bytes) -> str | None:
    """The type that the first bytes show, of those that browsers may show inline; a name proves nothing."""
    kind = filetype.image_match(head)
    return kind.mime if kind is not None and kind.mime in FORMATS else None
