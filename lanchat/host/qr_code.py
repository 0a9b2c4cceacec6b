"""Draws QR codes: for pages, and for a terminal."""

import io
from functools import lru_cache

BORDER = 4  # modules of quiet around a code, as its standard wants


@lru_cache(maxsize=64)
def kept_svg(url: str) -> str:
    """As `svg`, drawn once: for what is looked at again and again, and holds no secret."""
    return svg(url)


def svg(url: str) -> str:
    """An SVG document; dark on transparent. Takes some milliseconds: never on the loop."""
    import segno

    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, omitsize=True, border=BORDER)
    return drawn.getvalue().decode()


def lines(url: str) -> list[str]:
    """For a terminal: two rows of modules in each line of text, light modules as blanks of the line's colour."""
    import segno

    drawn = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(drawn, compact=True, border=2)
    return drawn.getvalue().splitlines()
