"""A picture that is made of very many pieces, or says very much beside itself, costs no more than others."""

import io
import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest

from lanchat.files.images.clean import Picture, clean
from lanchat.files.images.formats import image_type
from tests.unit.files import samples

MANY = 20_001


def cleaned(tmp_path: Path, content: bytes) -> Picture | None:
    source = tmp_path / "source"
    source.write_bytes(content)
    kind = image_type(content[:512])
    assert kind is not None
    return clean(source, io.BytesIO(), kind)


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes) -> bytes:
    whole = samples.png()
    return whole[:33] + b"".join(chunks) + whole[33:]


def in_many_pieces(kind: str, count: int) -> bytes:
    if kind == "png":
        return png(chunk(b"qqQq") * count)
    if kind == "jpeg":
        return b"\xff\xd8" + b"\xff\xfe\0\2" * count + samples.jpeg()[2:]
    if kind == "filled jpeg":
        return b"\xff\xd8" + samples.jpeg()[2:20] + b"\xff" * count + samples.jpeg()[20:]
    if kind == "webp":
        whole = samples.webp()
        extra = b"abcd\0\0\0\0" * count
        return (
            b"RIFF"
            + struct.pack("<I", struct.unpack_from("<I", whole, 4)[0] + len(extra))
            + whole[8:30]
            + extra
            + whole[30:]
        )
    whole = samples.gif()
    colours = 13 + (3 << (whole[10] & 7) + 1 if whole[10] & 0x80 else 0)
    blocks = b"!\xfe\0" * count if kind == "gif" else b"!\xfe" + b"\1x" * count + b"\0"
    return whole[:colours] + blocks + whole[colours:]


FEW = 100
KINDS = ["png", "jpeg", "filled jpeg", "webp", "gif", "gif of tiny blocks"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_very_many_pieces_is_no_picture(tmp_path: Path, kind: str):
    assert cleaned(tmp_path, in_many_pieces(kind, FEW)) is not None
    assert cleaned(tmp_path, in_many_pieces(kind, 2 * MANY)) is None


def test_a_long_film_is_a_picture_still(tmp_path: Path):
    """Ten megabytes in blocks of 255 bytes are forty thousand of them."""
    whole = samples.gif()
    frame = whole.index(b"\x2c\0\0\0\0")
    start = frame + 11 + (3 << (whole[frame + 9] & 7) + 1 if whole[frame + 9] & 0x80 else 0)
    longer = whole[:start] + (b"\xff" + bytes(255)) * 40_000 + whole[start:]
    assert cleaned(tmp_path, longer) == ("image/gif", 64, 48)


def exif_that_repeats_itself(entries: int, size: int) -> bytes:
    """Each entry names the same bytes; whoever reads them all has so many copies."""
    directory = b"".join(struct.pack("<HHII", 0x8000 + n, 7, size, 8) for n in range(entries))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", entries) + directory + bytes(4) + bytes(size)


def test_what_a_picture_says_of_itself_fills_no_memory(tmp_path: Path):
    content = png(chunk(b"eXIf", exif_that_repeats_itself(entries=100, size=2 << 20)))
    tracemalloc.start()
    try:
        assert cleaned(tmp_path, content) == ("image/png", 64, 48)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_profile_is_unpacked_once(tmp_path: Path):
    source, target = tmp_path / "source", io.BytesIO()
    profile = chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(1 << 20)))
    source.write_bytes(png(profile * 3))
    clean(source, target, "image/png")
    assert target.getvalue().count(b"iCCP") == 1
