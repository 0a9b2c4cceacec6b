"""Small copies of images: they look like the large ones, and whatever can't be drawn is left as it is."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps, ImageStat

from lanchat.files.images.pillow import MAX_SCANS, MAX_WEBP_PIXELS, draw_small
from lanchat.files.schemas import AttachmentPayload
from tests.server import ROOT
from tests.unit.files import samples

SIDE = 160  # px
LARGE = (480, 360)


def small(tmp_path: Path, content: bytes, kind: str) -> Image.Image | None:
    source = tmp_path / "source"
    source.write_bytes(content)
    drawn = draw_small(source, kind, SIDE)
    return None if drawn is None else Image.open(io.BytesIO(drawn))


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def assert_alike(drawn: Image.Image, original: bytes) -> None:
    """As a viewer shows them, but for what a smaller copy and its compression lose."""
    with Image.open(io.BytesIO(original)) as image:
        shown = ImageOps.exif_transpose(image).convert("RGB").resize(drawn.size)
    assert max(ImageStat.Stat(ImageChops.difference(drawn.convert("RGB"), shown)).mean) < 8


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_thumbnail_is_the_same_picture_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    original = getattr(samples, kind)(orientation, LARGE)
    drawn = small(tmp_path, original, f"image/{kind}")
    assert drawn is not None
    assert drawn.size == ((160, 120) if orientation < 5 else (120, 160))
    assert_alike(drawn, original)
    assert not drawn.getexif()


MODES = {
    "black and white": ("1", "PNG", {}),
    "grey": ("L", "PNG", {}),
    "grey and clear": ("LA", "PNG", {}),
    "a palette": ("P", "PNG", {}),
    "a palette that is partly clear": ("P", "PNG", {"transparency": 0}),
    "colours that are partly clear": ("RGBA", "PNG", {}),
    "for printing": ("CMYK", "JPEG", {}),
    "progressive": ("RGB", "JPEG", {"progressive": True}),
}


@pytest.mark.parametrize(("mode", "kind", "options"), MODES.values(), ids=MODES)
def test_every_kind_of_colours_can_be_drawn(tmp_path: Path, mode: str, kind: str, options: dict[str, object]) -> None:
    original = encoded(samples.picture(LARGE).convert(mode), kind, **options)
    drawn = small(tmp_path, original, f"image/{kind.lower()}")
    assert drawn is not None
    assert drawn.size == (160, 120)
    if mode != "1" and "transparency" not in options:
        assert_alike(drawn, original)


def test_what_is_clear_stays_clear(tmp_path: Path) -> None:
    image = samples.picture(LARGE).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 240, 360))
    drawn = small(tmp_path, encoded(image, "PNG"), "image/png")
    assert drawn is not None
    assert (drawn.getpixel((20, 60))[3], drawn.getpixel((140, 60))[3]) == (0, 255)


def with_many_scans(scans: int) -> bytes:
    """A progressive JPEG that goes over its picture again and again."""
    content = encoded(samples.picture(LARGE), "JPEG", progressive=True)
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * scans + content[-2:]


LEFT = {
    "moves": lambda: (samples.moving("GIF", LARGE), "image/gif"),
    "moves, as PNG": lambda: (samples.moving("PNG", LARGE), "image/png"),
    "moves, as WebP": lambda: (samples.moving("WEBP", LARGE), "image/webp"),
    "is broken": lambda: (samples.png(size=LARGE)[:200], "image/png"),
    "breaks off": lambda: (encoded(Image.effect_noise(LARGE, 50), "PNG")[:9000], "image/png"),
    "is another": lambda: (samples.png(size=LARGE), "image/jpeg"),
    "is none": lambda: (b"hello", "image/webp"),
    "is empty": lambda: (b"", "image/png"),
    "is a bomb": lambda: (samples.huge_png(), "image/png"),
    "has too many scans": lambda: (with_many_scans(MAX_SCANS), "image/jpeg"),
    "is a webp too large to decode": lambda: (samples.huge_webp(MAX_WEBP_PIXELS), "image/webp"),
    "has 16 bits": lambda: (encoded(Image.new("I;16", LARGE, 40_000), "PNG"), "image/png"),
    "would become larger": lambda: (encoded(samples.picture((150, 100)), "WEBP", quality=5), "image/webp"),
}


@pytest.mark.parametrize("make", LEFT.values(), ids=LEFT)
def test_an_image_is_left_as_it_is_that(tmp_path: Path, make) -> None:
    assert small(tmp_path, *make()) is None


def test_an_ordinary_progressive_photo_has_few_scans(tmp_path: Path) -> None:
    assert small(tmp_path, with_many_scans(1), "image/jpeg") is not None


PEAK = """
import resource, sys
from pathlib import Path
from lanchat.files.images.pillow import draw_small
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
assert draw_small(Path(sys.argv[1]), sys.argv[2], 640)
print((peak() - before) // 1024)
"""


def memory_to_draw(source: Path, content_type: str) -> int:
    """In MB; in a process of its own, as Pillow's memory isn't Python's."""
    command = [sys.executable, "-c", PEAK, str(source), content_type]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux' own figures")
@pytest.mark.parametrize(("mode", "limit"), [("P", 60), ("RGBA", 190)])
def test_drawing_forty_megapixels_takes_one_decoded_image_of_memory(tmp_path: Path, mode: str, limit: int) -> None:
    source = tmp_path / "source"
    source.write_bytes(encoded(Image.new(mode, (8000, 5000)), "PNG", compress_level=1))
    assert memory_to_draw(source, "image/png") < limit


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux' own figures")
def test_drawing_a_photo_of_a_hundred_megapixels_takes_less(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(encoded(Image.new("RGB", (12_000, 9_000), (90, 120, 60)), "JPEG"))
    assert memory_to_draw(source, "image/jpeg") < 60


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_no_broken_image_breaks_the_drawing(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    content = getattr(samples, kind)(size=(60, 40))
    broken = bytearray(content[: data.draw(st.integers(16, len(content)))])
    for at, value in data.draw(st.lists(st.tuples(st.integers(12, len(broken) - 1), st.integers(0, 255)), max_size=4)):
        broken[at] = value
    source = tmp_path_factory.getbasetemp() / "broken"
    source.write_bytes(broken)
    drawn = draw_small(source, f"image/{kind}", 20)
    if drawn is not None:
        with Image.open(io.BytesIO(drawn)) as image:
            assert max(image.size) <= 20


@pytest.mark.parametrize(
    ("kind", "width", "height", "size", "has_one"),
    [
        ("image/jpeg", 4000, 3000, 3_000_000, True),
        ("image/png", 641, 20, 500, True),
        ("image/png", 640, 640, 65_537, True),
        ("image/png", 640, 640, 65_536, False),
        ("image/gif", 4000, 3000, 3_000_000, False),
        ("application/pdf", None, None, 3_000_000, False),
    ],
)
def test_only_what_is_large_has_a_thumbnail(
    kind: str, width: int | None, height: int | None, size: int, has_one: bool
) -> None:
    file = AttachmentPayload(
        filename="a", file_path="/files/0", file_size=size, content_type=kind, width=width, height=height
    )
    assert file.thumbnail_path == ("/files/0/thumbnail" if has_one else None)
