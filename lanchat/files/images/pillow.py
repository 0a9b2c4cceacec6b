"""Owns what is done with Pillow: reading an image's header, and drawing a small copy of it.

Imported only once there is an image: it takes a good part of what a start takes. Everything here blocks.
"""

import io
import mmap
import struct
import warnings
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from PIL import Image

from lanchat.files.images.formats import FORMATS, MAX_JPEG_PIXELS, MAX_PIXELS
from lanchat.files.images.orientation import orientation_of

MAX_WEBP_PIXELS = 12_000_000  # its decoder makes three copies, and holds everybody else up meanwhile
MAX_SCANS = 64  # of a progressive JPEG, which has ten; each costs as much as decoding the whole image
MAX_PROFILE = 16 * 1024  # bytes of the colours' profile that a small copy may carry
STRIP = 64  # rows of the small copy that are drawn at once
QUALITY = 80
UPRIGHT_BY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What can be drawn, and as what. Grey of 16 bits, among others, would turn white.
DRAWN_AS = {"1": "L", "L": "L", "P": "RGB", "RGB": "RGB", "CMYK": "RGB", "YCbCr": "RGB", "LA": "RGBA", "RGBA": "RGBA"}

# What Pillow raises for a broken file, by its own documentation and by experience.
_BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError),
    *(AttributeError, AssertionError, RuntimeError, struct.error, zlib.error),
)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)

Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module="PIL")  # complaints about somebody's broken photo


class Header(NamedTuple):
    """`width` and `height` in pixels, as they are stored; `is_shown` unless there are too many."""

    width: int
    height: int
    is_shown: bool


def read_header(source: BinaryIO, content_type: str) -> Header | None:
    """Of a cleaned image. Nothing is decoded; None for what is no such image."""
    try:
        with Image.open(source, formats=[FORMATS[content_type]]) as image:
            header = Header(*image.size, is_shown=image.width * image.height <= _most_pixels(image, content_type))
            image.verify()
    except _BOMB:
        return Header(0, 0, is_shown=False)
    except _BROKEN:
        return None
    return header


def draw_small(source: Path, content_type: str, side: int) -> bytes | None:
    """A copy as WebP, upright, at most `side` pixels wide and high; None of what is better shown as it is.

    That is: whatever moves, is broken, would take too much memory or time, or wouldn't become any smaller.
    """
    try:
        with Image.open(source, formats=[FORMATS[content_type]]) as image:
            if _is_too_costly(image, content_type, source) or getattr(image, "is_animated", False):
                return None
            orientation = _orientation(source, content_type)
            image.draft(None, (2 * side, 2 * side))  # a JPEG is decoded no larger than needed
            drawn = _drawn(image, side)
            profile = image.info.get("icc_profile", b"") if image.mode in {"RGB", "RGBA"} else b""
        if drawn is None:
            return None
        if orientation in UPRIGHT_BY:
            drawn = drawn.transpose(UPRIGHT_BY[orientation])
        target = io.BytesIO()
        drawn.save(target, "WEBP", quality=QUALITY, icc_profile=profile if len(profile) <= MAX_PROFILE else b"")
    except (*_BROKEN, *_BOMB):
        return None
    return target.getvalue() if target.tell() < source.stat().st_size else None


def draw_squares(source: Path, content_type: str, sides: Sequence[int]) -> tuple[bytes, ...] | None:
    """The middle of an image's first frame as WebP, upright, once for each side in pixels, the largest first.

    None of what is broken, or would take too much memory or time.
    """
    try:
        with Image.open(source, formats=[FORMATS[content_type]]) as image:
            if _is_too_costly(image, content_type, source):
                return None
            orientation = _orientation(source, content_type)
            short = min(image.size)
            wanted = [-(-length * 2 * sides[0] // short) for length in image.size]
            image.draft(None, (wanted[0], wanted[1]))
            square = _middle(image, sides[0])
    except (*_BROKEN, *_BOMB):
        return None
    if square is None:
        return None
    if orientation in UPRIGHT_BY:
        square = square.transpose(UPRIGHT_BY[orientation])
    return tuple(_as_webp(square, side) for side in sides)


def _middle(image: Image.Image, side: int) -> Image.Image | None:
    """A square of at least `side` pixels where the image has them, strip by strip as in `_drawn`."""
    mode = "RGBA" if image.has_transparency_data else DRAWN_AS.get(image.mode)
    if mode is None or image.mode not in DRAWN_AS:
        return None
    short = min(image.size)
    left, top = ((length - short) // 2 for length in image.size)
    factor = max(1, short // (2 * side))
    length = short // factor
    drawn = Image.new(mode, (length, length))
    for row in range(0, length, STRIP):
        end = min(length, row + STRIP)
        strip = image.crop((left, top + row * factor, left + length * factor, top + end * factor)).convert(mode)
        drawn.paste(strip.reduce(factor) if factor > 1 else strip, (0, row))
    return drawn


def _as_webp(square: Image.Image, side: int) -> bytes:
    target = io.BytesIO()
    square.resize((side, side), Image.Resampling.LANCZOS).save(target, "WEBP", quality=QUALITY)
    return target.getvalue()


def _is_too_costly(image: Image.Image, content_type: str, source: Path) -> bool:
    pixels = image.width * image.height
    if pixels > _most_pixels(image, content_type):
        return True
    if content_type == "image/jpeg":
        with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _count(data, b"\xff\xda", MAX_SCANS + 1) > MAX_SCANS
    return content_type == "image/webp" and pixels > MAX_WEBP_PIXELS


def _most_pixels(image: Image.Image, content_type: str) -> int:
    """A progressive JPEG is held whole while it is decoded."""
    is_by_lines = content_type == "image/jpeg" and "progressive" not in image.info
    return MAX_JPEG_PIXELS if is_by_lines else MAX_PIXELS


def _count(data: mmap.mmap, wanted: bytes, enough: int) -> int:
    """How often something occurs, counted no further than `enough`."""
    found, at = 0, data.find(wanted)
    while at >= 0 and found < enough:
        found, at = found + 1, data.find(wanted, at + len(wanted))
    return found


def _drawn(image: Image.Image, side: int) -> Image.Image | None:
    """Strip by strip: beside the decoded image there is never a second one of its size."""
    mode = "RGBA" if image.has_transparency_data else DRAWN_AS.get(image.mode)
    if mode is None or image.mode not in DRAWN_AS:
        return None
    factor = max(1, max(image.size) // (2 * side))
    width, height = (-(-length // factor) for length in image.size)
    drawn = Image.new(mode, (width, height))
    for top in range(0, height, STRIP):
        end = min(image.height, (top + STRIP) * factor)
        strip = image.crop((0, top * factor, image.width, end)).convert(mode)
        drawn.paste(strip.reduce(factor) if factor > 1 else strip, (0, top))
    drawn.thumbnail((side, side))
    return drawn


def _orientation(source: Path, content_type: str) -> int:
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return orientation_of(content_type, data)
