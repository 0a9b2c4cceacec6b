import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from lanchat.files.images.clean import Picture, clean
from lanchat.files.images.formats import FORMATS, image_type
from tests.server import ROOT
from tests.unit.files import samples

SIDEWAYS = {
    "jpeg": samples.jpeg(samples.SIDEWAYS),
    "progressive jpeg": samples.jpeg(samples.SIDEWAYS, progressive=True),
    "png": samples.png(samples.SIDEWAYS),
    "webp": samples.webp(samples.SIDEWAYS),
}
UPRIGHT = {"jpeg": samples.jpeg(), "png": samples.png(), "webp": samples.webp(), "gif": samples.gif()}


def cleaned(tmp_path: Path, content: bytes) -> tuple[Picture | None, bytes]:
    source, target = tmp_path / "source", io.BytesIO()
    source.write_bytes(content)
    kind = image_type(content[:512])
    assert kind is not None
    return clean(source, target, kind), target.getvalue()


def shown(content: bytes) -> Image.Image:
    """As a viewer shows it."""
    with Image.open(io.BytesIO(content)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


@pytest.mark.parametrize("content", [*SIDEWAYS.values(), *UPRIGHT.values()], ids=[*SIDEWAYS, *UPRIGHT])
def test_a_cleaned_image_looks_the_same_and_betrays_nothing(tmp_path: Path, content: bytes):
    assert samples.SECRET in content
    _, result = cleaned(tmp_path, content)
    assert samples.SECRET not in result
    assert ImageChops.difference(shown(content), shown(result)).getbbox() is None
    with Image.open(io.BytesIO(result)) as image:
        assert set(image.getexif()) <= {0x0112}


@pytest.mark.parametrize("content", SIDEWAYS.values(), ids=SIDEWAYS)
def test_an_image_is_measured_as_it_is_shown(tmp_path: Path, content: bytes):
    picture, result = cleaned(tmp_path, content)
    assert picture is not None
    assert (picture.width, picture.height) == (48, 64) == shown(result).size


def test_an_animation_goes_on(tmp_path: Path):
    picture, result = cleaned(tmp_path, samples.gif())
    assert picture == ("image/gif", 64, 48)
    with Image.open(io.BytesIO(result)) as image:
        assert (image.n_frames, image.info["loop"]) == (2, 0)


def test_a_png_that_moves_goes_on_and_betrays_nothing(tmp_path: Path):
    content = samples.moving("PNG", exif=samples.exif(samples.UPRIGHT))
    assert samples.SECRET in content
    picture, result = cleaned(tmp_path, content)
    assert picture == ("image/png", 64, 48)
    assert samples.SECRET not in result
    with Image.open(io.BytesIO(result)) as image:
        assert image.n_frames == 2


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_the_colours_stay(tmp_path: Path, kind: str):
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = io.BytesIO()
    samples.picture().save(source, kind.upper(), icc_profile=profile)
    _, result = cleaned(tmp_path, source.getvalue())
    with Image.open(io.BytesIO(result)) as image:
        assert image.info["icc_profile"] == profile


def test_the_several_pictures_of_a_camera_become_one(tmp_path: Path):
    source = io.BytesIO()
    samples.picture().save(source, "MPO", save_all=True, append_images=[samples.picture((32, 32))])
    picture, result = cleaned(tmp_path, source.getvalue())
    assert picture == ("image/jpeg", 64, 48)
    assert len(result) < len(source.getvalue())
    assert shown(result).size == (64, 48)


@pytest.mark.parametrize(
    ("kind", "options", "size", "is_shown"),
    [
        ("PNG", {}, (6400, 6250), True),
        ("PNG", {}, (6400, 6251), False),
        ("JPEG", {"progressive": True}, (6400, 6250), True),
        ("JPEG", {"progressive": True}, (6400, 6251), False),
        ("JPEG", {}, (8064, 6048), True),  # what phones make
        ("JPEG", {}, (20000, 10001), False),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")  # whatever others do to the filters
def test_a_picture_with_too_many_pixels_is_kept_but_not_shown(
    tmp_path: Path, kind: str, options: dict[str, object], size: tuple[int, int], is_shown: bool
):
    source = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(source, kind, **options)
    picture, result = cleaned(tmp_path, source.getvalue())
    assert picture == (f"image/{kind.lower()}", *(size if is_shown else (None, None)))
    assert result


def test_a_bomb_is_kept_but_not_shown(tmp_path: Path):
    picture, _ = cleaned(tmp_path, samples.huge_png())
    assert picture == ("image/png", None, None)


@pytest.mark.parametrize(
    "head", [b"BM" + bytes(60), b"%PDF-1.7" + bytes(60), b"<svg xmlns='x'/>", b"", b"II*\0" + bytes(60)]
)
def test_nothing_but_the_four_formats_counts_as_an_image(head: bytes):
    assert image_type(head) is None


@pytest.mark.parametrize("content", UPRIGHT.values(), ids=UPRIGHT)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(data=st.data())
def test_no_broken_image_breaks_us(tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject):
    """Cut off or with a few bytes changed, it is an image or none, but never a surprise."""
    broken = bytearray(content[: data.draw(st.integers(16, len(content)))])
    for at, value in data.draw(st.lists(st.tuples(st.integers(12, len(broken) - 1), st.integers(0, 255)), max_size=4)):
        broken[at] = value
    kind = image_type(bytes(broken[:512]))
    if kind is None:
        return
    source = tmp_path_factory.getbasetemp() / "broken"
    source.write_bytes(broken)
    target = io.BytesIO()
    picture = clean(source, target, kind)
    assert picture is None or picture.content_type in FORMATS
    assert len(target.getvalue()) <= len(broken) + 64


def test_a_start_does_without_pillow():
    """It would take a tenth of it; the first image pays instead."""
    code = "import sys, lanchat.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "lanchat.files.images.clean" in loaded.stdout.split()
    assert not {"PIL", "lanchat.files.images.pillow"} & set(loaded.stdout.split())
