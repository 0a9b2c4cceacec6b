"""Makes the icons of every size and system from assets/icon.svg."""

import io
from pathlib import Path

import resvg_py
from PIL import Image

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)
IN_WINDOW = 256


def draw(svg: Path, size: int) -> Image.Image:
    """Each size from the vectors, never from a larger picture."""
    png = resvg_py.svg_to_bytes(svg_path=str(svg), width=size, height=size)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def make_icons(svg: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {size: draw(svg, size) for size in (*SIZES, 1024)}
    for size in SIZES:
        drawn[size].save(folder / f"lanchat-{size}.png")
    drawn[IN_WINDOW].save(folder / "icon.png")
    smaller = [drawn[size] for size in WINDOWS_SIZES]
    drawn[256].save(folder / "lanchat.ico", sizes=[(size, size) for size in WINDOWS_SIZES], append_images=smaller)
    drawn[1024].save(folder / "lanchat.icns", append_images=[drawn[size] for size in (32, 64, 128, 256, 512)])
