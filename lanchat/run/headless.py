"""Owns a run without a window: one process per data folder, a greeting with addresses and QR code, and a clean stop."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lanchat import __version__
from lanchat.config import Settings
from lanchat.core.base.i18n import translate
from lanchat.system.signals import ending_signals

if TYPE_CHECKING:
    from lanchat.app import App
    from lanchat.host.trust import TrustPayload
    from lanchat.run.startup import Session

log = logging.getLogger(__name__)


OpenPage = Callable[[str, str | None, Path], None]
"""Gets our own address once it answers, the code to claim the host by, and the data folder."""


def run(flags: Mapping[str, object], language: str, open_page: OpenPage | None = None) -> None:
    """Serve until a signal comes. Raises SettingsError."""
    signal.signal(signal.SIGTERM, _end_quietly)
    from lanchat.run.startup import begun

    with begun(flags, is_host=True) as session:
        asyncio.run(_serve(session, language, open_page))


async def _serve(session: "Session", language: str, open_page: OpenPage | None) -> None:
    from lanchat.admin.service import claim_code
    from lanchat.host.trust import shown_by
    from lanchat.run.startup import serve

    stop = asyncio.Event()
    _stop_on_signals(stop)
    settings, port = session.settings, session.sockets[0].getsockname()[1]

    def when_ready(app: "App") -> None:
        greet(settings, port, language, claim_code=claim_code(app.chat), trust=shown_by(app.host, language))
        if open_page is not None:
            open_page(_addresses(settings.host, port)[0], claim_code(app.chat), settings.data_dir)

    def when_named(name: str) -> None:
        click.echo(translate("greeting.named", language, {"url": f"http://{name}:{port}"}))

    await serve(session, stop, when_ready, when_named)


def greet(
    settings: Settings,
    port: int,
    language: str,
    claim_code: str | None = None,
    trust: "TrustPayload | None" = None,
) -> None:
    """Print where this host and its guests open LanChat, the first of those addresses as a QR code, what guests
    compare before they trust its HTTPS, and the code by which the host gets its first administrator.
    """

    def say(key: str, **values: object) -> None:
        click.echo(translate(f"greeting.{key}", language, values))

    here, others = _addresses(settings.host, port)
    say("started", version=__version__)
    say("here", url=here)
    for url in others:
        say("others", url=url)
    if others:
        click.echo(qr_code(others[0]))
    else:
        say("nobody_else")
    say("data", path=settings.data_dir)
    if trust is not None and others:
        half = len(trust.sha256) // 2
        say("trust", words=trust.words, begin=trust.sha256[:half], end=trust.sha256[half + 1 :])
    if claim_code is not None:
        say("claim", code=claim_code, url=here)
    say("stop")


def qr_code(url: str) -> str:
    """Two rows of modules in each line of text, dark on light whatever the terminal's colours are."""
    from lanchat.host.qr_code import lines

    return "\n".join(click.style(line, fg="bright_white", bg="black") for line in lines(url))


def _addresses(host: str | None, port: int) -> tuple[str, list[str]]:
    """The address for this computer, and those for others, likeliest first."""
    from lanchat.discovery.addresses import url, usable_addresses, worth_telling

    everywhere = {None: (6, 4), "::": (6, 4), "0.0.0.0": (4,)}  # noqa: S104, compared, not bound
    if host is not None and host not in everywhere:
        is_local = host in {"localhost", "::1"} or host.startswith("127.")
        return url(host, port), [] if is_local else [url(host, port)]
    found = worth_telling(address for address in usable_addresses() if address.version in everywhere[host])
    return url("127.0.0.1", port), [url(address.ip, port) for address in found]


def _end_quietly(*_: object) -> None:
    """Whoever stops us while we are still loading gets the same quiet end as later."""
    sys.exit(0)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        log.info("asked to end by %s", signal.Signals(number).name)
        stop.set()

    def end_from_outside(number: int, _: object) -> None:
        loop.call_soon_threadsafe(end, number)

    for number in ending_signals():
        try:
            loop.add_signal_handler(number, end, number)
        except NotImplementedError:  # Windows
            signal.signal(number, end_from_outside)
