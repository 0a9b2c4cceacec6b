"""Owns how LanChat begins, with a window and without: one sequence, so that both begin alike."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from lanchat.config import Settings, load
from lanchat.core.storage.data_folder import prepare

if TYPE_CHECKING:
    from lanchat.app import App

OPEN_FILES = 65536  # each guest's socket is one; systems start a program with as few as 256


class Session(NamedTuple):
    settings: Settings  # prepared
    sockets: list[socket.socket]  # bound; none where nobody is served yet


@contextmanager
def begun(flags: Mapping[str, object], *, is_host: bool) -> Generator[Session]:
    """A run, until it ends; a host is alone with its port and its data from the beginning. Raises SettingsError."""
    from lanchat.core.base.log import logging_to
    from lanchat.core.server.serve import bind
    from lanchat.core.storage.data_folder_lock import alone_in

    os.umask(0o077)
    settings = load(**flags)
    with ExitStack() as until_the_end:
        # The port first: where it is taken, no file is touched. Then the folder, whose log may be another server's.
        found = bind(settings.host, settings.port) if is_host else []
        sockets = [until_the_end.enter_context(each) for each in found]
        settings = prepare(settings)
        if is_host:
            until_the_end.enter_context(alone_in(settings.data_dir))
        until_the_end.enter_context(logging_to(settings))
        _allow_many_sockets()
        yield Session(settings, sockets)


async def serve(
    session: Session,
    stop: asyncio.Event,
    when_ready: "Callable[[App], None]",
    when_named: Callable[[str], None] = lambda _: None,
) -> None:
    """Host until `stop`, for who is alone with the data. Raises SettingsError where it can't be used."""
    from lanchat.app import create_app
    from lanchat.core.storage.data_folder_lock import explained
    from lanchat.run.hosting import serve_on_network

    with explained(session.settings):
        app = create_app(session.settings)
        await serve_on_network(app, session.sockets, stop, lambda: when_ready(app), when_named)


def _allow_many_sockets() -> None:
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
