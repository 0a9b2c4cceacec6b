"""Images as phones and cameras make them: with the place, the time and the device inside."""

import io
import struct

from PIL import Image, PngImagePlugin

SECRET = b"48.8584 N 2.2945 E"  # the place, as it would betray somebody
UPRIGHT, SIDEWAYS = 1, 6  # orientations


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = SECRET.decode()  # the maker
    gps = tags.get_ifd(0x8825)
    gps[29] = SECRET.decode()
    return tags


def picture(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Not symmetric, so that a turned copy differs."""
    return Image.merge(
        "RGB", (Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256)))
    ).resize(size)


def jpeg(orientation: int = UPRIGHT, size: tuple[int, int] = (64, 48), *, progressive: bool = False) -> bytes:
    """Behind its end hangs what some phones put there: a short film."""
    target = io.BytesIO()
    picture(size).save(target, "JPEG", exif=exif(orientation), comment=SECRET, xmp=SECRET, progressive=progressive)
    return target.getvalue() + b"ftypmp42" + SECRET


def png(orientation: int = UPRIGHT, size: tuple[int, int] = (64, 48)) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    target = io.BytesIO()
    picture(size).save(target, "PNG", exif=exif(orientation), pnginfo=text)
    return target.getvalue() + SECRET


def webp(orientation: int = UPRIGHT, size: tuple[int, int] = (64, 48)) -> bytes:
    target = io.BytesIO()
    picture(size).save(target, "WEBP", lossless=True, exif=exif(orientation), xmp=SECRET)
    return target.getvalue() + SECRET


def gif() -> bytes:
    """Two frames that repeat for ever, and a comment."""
    target = io.BytesIO()
    frames = [picture().quantize(16), picture().rotate(180).quantize(16)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=100, comment=SECRET)
    return target.getvalue() + SECRET


def moving(kind: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    target = io.BytesIO()
    frames = [picture(size), picture(size).rotate(180)]
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=100, **options)
    return target.getvalue()


def huge_png() -> bytes:
    """A few bytes that claim to be 2500 million pixels."""
    small = png()
    header = b"IHDR" + struct.pack(">II", 50_000, 50_000) + small[24:29]
    return small[:8] + _chunk(header) + small[33:]


def huge_webp(pixels: int) -> bytes:
    """One colour only: more than so many pixels in a few bytes."""
    target = io.BytesIO()
    Image.new("RGB", (4000, pixels // 4000 + 1)).save(target, "WEBP", lossless=True, method=0)
    return target.getvalue()


def photo(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """As many bytes a pixel as a camera writes; turned."""
    target = io.BytesIO()
    Image.effect_noise(size, 24).convert("RGB").save(target, "JPEG", quality=80, exif=exif(SIDEWAYS))
    return target.getvalue()


def _chunk(content: bytes) -> bytes:
    import zlib

    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
