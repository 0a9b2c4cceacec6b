"""Owns which pages the window may show: those of the one host that was chosen, and nothing else."""

import logging
import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from lanchat.discovery.typed_address import origin_of

FILES = "/files/"  # of a host; they are saved, and need its cookie
OUTSIDE_SCHEMES = {"http", "https", "mailto"}  # any other may start a program on this computer

log = logging.getLogger(__name__)


class Guard:
    """`origin` is what the window is on. It changes only by our own hand, never by a page's."""

    def __init__(self) -> None:
        self.origin: str | None = None

    def admit(self, url: str) -> None:
        self.origin = origin_of(url)

    def allows(self, url: str) -> bool:
        return url == "about:blank" or self.is_chosen(url)

    def is_chosen(self, url: str | None) -> bool:
        """Whether this page belongs to the chosen host, and may ask something of us."""
        return self.origin is not None and url is not None and origin_of(url) == self.origin


def open_outside(url: str) -> None:
    """Open a link in the system's browser or mail program. Does nothing for other schemes, such as `file:`."""
    if urlsplit(url).scheme.lower() not in OUTSIDE_SCHEMES:
        log.warning("a link of another kind was not opened: %s", urlsplit(url).scheme[:20])
        return
    _hand_over(url)


def open_page_of_ours(page: Path) -> None:
    """Open an HTML file that we wrote in the system's browser."""
    _hand_over(page.as_uri())


def _hand_over(url: str) -> None:
    if sys.platform.startswith("linux"):
        # webbrowser would prefer a terminal browser to none, and wait for it.
        try:
            subprocess.Popen(  # noqa: S603, the scheme was checked, so the link is no option
                ["xdg-open", url],  # noqa: S607, as the person's own PATH has it
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            log.warning("no browser could be started: %s", error)
    else:
        webbrowser.open(url)
