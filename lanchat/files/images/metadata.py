"""Owns what a picture says beside the picture: drops where, when and by which device it was taken.

Photos of phones carry the place in EXIF, XMP, IPTC and in whatever hangs behind the image. The pixels are
never decoded, so nothing is lost; only the colours' profile and the orientation, without which it looks wrong, stay.
A hostile image costs little: one pass over at most `MAX_PIECES` pieces, which no picture that people make has.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from mmap import mmap
from typing import NamedTuple


class Span(NamedTuple):
    """Bytes of the original, from `start` up to `end`."""

    start: int
    end: int


Piece = Span | bytes
Cleaner = Callable[[mmap, int], Iterator[Piece]]

UPRIGHT = 1
MAX_PIECES = 20_000  # chunks, segments, blocks and fill bytes; a photo has a hundred, a film as GIF a few thousand
GIF_BLOCK = 128  # bytes that a block of a frame has on average at least; encoders fill the 255

# JPEG (ITU-T T.81, annex B)
EOI, SOS, COM = 0xD9, 0xDA, 0xFE
APP0, APP2, APP14, APP15 = 0xE0, 0xE2, 0xEE, 0xEF
KEPT_APPS = {APP0: b"JFIF\0", APP2: b"ICC_PROFILE\0", APP14: b"Adobe"}
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

# PNG (W3C, third edition): an upper-case initial marks what a decoder can't do without
PNG_SIGNATURE = 8  # bytes
KEPT_CHUNKS = frozenset(b"tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI bKGD pHYs sBIT hIST sPLT acTL fcTL fdAT".split())
# Whoever reads a profile unpacks it: of ten thousand, ten thousand times.
ONCE = KEPT_CHUNKS - {b"sPLT", b"fcTL", b"fdAT"}

# WebP (RFC 9649)
HAS_EXIF, HAS_XMP = 0x08, 0x04
KEPT_RIFF = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))

# GIF89a
IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
COMMENT, APPLICATION = 0xFE, 0xFF
KEPT_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def pieces(content_type: str, data: mmap, orientation: int) -> Iterator[Piece]:
    """What to write instead of the original, as few as can be.

    Raises ValueError where it isn't what its first bytes say, or has more pieces than any picture.
    """
    try:
        last: Span | None = None
        for piece in CLEANERS[content_type](data, orientation):
            if last is not None and isinstance(piece, Span) and piece.start == last.end:
                last = Span(last.start, piece.end)
                continue
            if last is not None:
                yield last
            last = piece if isinstance(piece, Span) else None
            if last is None:
                yield piece
        if last is not None:
            yield last
    except (struct.error, IndexError):
        raise ValueError("ends too early") from None


class _Steps:
    """Counts what a picture is made of; raises ValueError for one more than `most`."""

    def __init__(self, most: int = MAX_PIECES) -> None:
        self._left = most

    def take(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise ValueError("made of too many pieces")


def _jpeg(data: mmap, orientation: int) -> Iterator[Piece]:
    steps = _Steps()
    yield Span(0, 2)
    if orientation != UPRIGHT:
        content = b"Exif\0\0" + _exif(orientation)
        yield struct.pack(">BBH", 0xFF, 0xE1, len(content) + 2) + content
    at = 2
    while True:
        steps.take()
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == EOI:  # behind it lie previews and whole films
            yield Span(at, at + 2)
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if end > len(data):
            raise ValueError("ends too early")
        if _is_kept(marker, data, at + 4):
            yield Span(at, end)
        if marker == SOS:
            found = _NEXT_MARKER.search(data, end)
            if found is None:  # cut off: shown as far as it goes
                yield Span(end, len(data))
                return
            yield Span(end, found.start())
            end = found.start()
        at = end


def _is_kept(marker: int, data: mmap, start: int) -> bool:
    if APP0 <= marker <= APP15:
        name = KEPT_APPS.get(marker)
        return name is not None and data[start : start + len(name)] == name
    return marker != COM


def _png(data: mmap, orientation: int) -> Iterator[Piece]:
    steps = _Steps()
    yield Span(0, PNG_SIGNATURE)
    at, kind, seen = PNG_SIGNATURE, b"", frozenset[bytes]()
    while kind != b"IEND":
        steps.take()
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise ValueError("ends too early")
        if kind[:1].isupper() or (kind in KEPT_CHUNKS and kind not in seen):
            yield Span(at, end)
        seen |= {kind} & ONCE
        if kind == b"IHDR" and orientation != UPRIGHT:
            content = b"eXIf" + _exif(orientation)
            yield struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
        at = end


def _webp(data: mmap, orientation: int) -> Iterator[Piece]:
    kept = list(_webp_chunks(data, orientation))
    size = sum(len(piece) if isinstance(piece, bytes) else piece.end - piece.start for piece in kept)
    yield struct.pack("<4sI4s", b"RIFF", size + 4, b"WEBP")
    yield from kept


def _webp_chunks(data: mmap, orientation: int) -> Iterator[Piece]:
    at, end_of_all = 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    is_extended, steps = False, _Steps()
    while at < end_of_all:
        steps.take()
        kind, size = struct.unpack_from("<4sI", data, at)
        end = at + 8 + size + size % 2
        if end > len(data):
            raise ValueError("ends too early")
        if kind == b"VP8X":
            is_extended = True
            flags = data[at + 8] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if orientation != UPRIGHT else 0)
            yield data[at : at + 8] + bytes((flags,)) + data[at + 9 : end]
        elif kind in KEPT_RIFF:
            yield Span(at, end)
        at = end
    if is_extended and orientation != UPRIGHT:
        content = _exif(orientation)
        yield struct.pack("<4sI", b"EXIF", len(content)) + content


def _gif(data: mmap, _orientation: int) -> Iterator[Piece]:
    at, steps = 13 + _colour_table(data[10]), _Steps(MAX_PIECES + len(data) // GIF_BLOCK)
    yield Span(0, at)
    while (kind := data[at]) != TRAILER:
        if kind == IMAGE:
            end = _behind_blocks(data, at + 10 + _colour_table(data[at + 9]) + 1, steps)
            yield Span(at, end)
        elif kind == EXTENSION:
            end = _behind_blocks(data, at + 2, steps)
            label = data[at + 1]
            name = data[at + 3 : at + 14]
            if label != COMMENT and (label != APPLICATION or name in KEPT_APPLICATIONS):
                yield Span(at, end)
        else:
            raise ValueError("no block")
        at = end
    yield Span(at, at + 1)


def _colour_table(flags: int) -> int:
    """Its size in bytes."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind_blocks(data: mmap, at: int, steps: _Steps) -> int:
    steps.take()
    while size := data[at]:
        steps.take()
        at += size + 1
    return at + 1


def _exif(orientation: int) -> bytes:
    """The least EXIF there is: one directory with one entry, the orientation (2 to 8)."""
    return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)


CLEANERS: dict[str, Cleaner] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
}
