"""Reads how an image is turned, out of its EXIF, and nothing else of that.

Not by Pillow, which reads every entry whole: sixty thousand of them may each name the same megabytes, and one picture
would fill the memory.
"""

import struct
from collections.abc import Iterator
from mmap import mmap

from lanchat.files.images.metadata import MAX_PIECES, PNG_SIGNATURE, UPRIGHT

ORIENTATION = 0x0112
INTEGERS = {1: "B", 3: "H", 4: "I"}  # types of an entry, and how a value of one is read
MAX_ENTRIES = 1000  # of a directory; cameras write thirty
HEAD = 6  # bytes: `Exif\0\0`, which stands before EXIF in a JPEG and sometimes elsewhere
APP1, SOS, FILL = 0xE1, 0xDA, 0xFF


def orientation_of(content_type: str, data: mmap) -> int:
    """From 1 to 8; 1, upright, where nothing is said. Never fails."""
    try:
        start, end = next(_EXIF[content_type](data), (0, 0))
        if data[start : min(start + HEAD, end)] == b"Exif\0\0":
            start += HEAD
        return _read(data, start, end)
    except (struct.error, IndexError, ValueError):
        return UPRIGHT


def _read(data: mmap, start: int, end: int) -> int:
    """The orientation in a TIFF structure that lies from `start` up to `end`."""
    order = {b"II": "<", b"MM": ">"}.get(data[start : start + 2]) if end - start >= 8 else None
    if order is None:
        return UPRIGHT
    at = start + struct.unpack_from(order + "I", data, start + 4)[0]
    if at + 2 > end:
        return UPRIGHT
    count = struct.unpack_from(order + "H", data, at)[0]
    for entry in range(at + 2, min(at + 2 + 12 * min(count, MAX_ENTRIES), end - 11), 12):
        tag, kind, values = struct.unpack_from(order + "HHI", data, entry)
        if tag == ORIENTATION:
            if kind not in INTEGERS or values != 1:
                return UPRIGHT
            found = struct.unpack_from(order + INTEGERS[kind], data, entry + 8)[0]
            return found if 1 <= found <= 8 else UPRIGHT
    return UPRIGHT


def _in_jpeg(data: mmap) -> Iterator[tuple[int, int]]:
    at = 2
    for _ in range(MAX_PIECES):
        marker = data[at + 1]
        if data[at] != FILL or marker == SOS:
            return
        if marker == FILL:
            at += 1
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == APP1 and data[at + 4 : at + 4 + HEAD] == b"Exif\0\0":
            yield at + 4, min(end, len(data))
        at = end


def _in_png(data: mmap) -> Iterator[tuple[int, int]]:
    at = PNG_SIGNATURE
    for _ in range(MAX_PIECES):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"eXIf":
            yield at + 8, min(at + 8 + size, len(data))
        if kind in {b"IDAT", b"IEND"}:
            return
        at += 12 + size


def _in_webp(data: mmap) -> Iterator[tuple[int, int]]:
    at = 12
    for _ in range(MAX_PIECES):
        kind, size = struct.unpack_from("<4sI", data, at)
        if kind == b"EXIF":
            yield at + 8, min(at + 8 + size, len(data))
        at += 8 + size + size % 2


def _in_gif(_data: mmap) -> Iterator[tuple[int, int]]:
    yield from ()


_EXIF = {"image/jpeg": _in_jpeg, "image/png": _in_png, "image/webp": _in_webp, "image/gif": _in_gif}
