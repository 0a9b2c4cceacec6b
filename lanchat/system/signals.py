"""Owns the signals that ask us to end, also where the window's own loop never lets Python run."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
PATIENCE = 2.9  # s; whatever hangs, the process ends when it is told to

log = logging.getLogger(__name__)


def ending_signals() -> list[signal.Signals]:
    """Those that this system has, without a hang-up that whoever started us wants ignored, as `nohup` does."""
    ours = [signal.Signals[name] for name in ENDING if hasattr(signal, name)]
    return [each for each in ours if each.name != "SIGHUP" or signal.getsignal(each) is not signal.SIG_IGN]


@contextmanager
def closed_by_signals(close: Callable[[], None]) -> Generator[None]:
    """Call `close`, on a thread of its own, when a signal asks for the end; if that doesn't come, end by force.

    The system writes a signal's number to a socket without Python's help, because the loops of Qt and
    Windows don't return to Python. GTK's takes that socket away, but does let the handlers run.
    """
    numbers = ending_signals()
    is_asked, is_over = threading.Event(), threading.Event()

    def close_for(number: int) -> None:
        log.info("asked to end by %s", signal.Signals(number).name)
        close()

    def end(number: int) -> None:
        if is_asked.is_set():
            return
        is_asked.set()
        threading.Thread(target=close_for, args=(number,), name="closing", daemon=True).start()
        threading.Thread(target=_end_by_force, args=(is_over,), name="ending", daemon=True).start()

    def handle(number: int, _: FrameType | None) -> None:
        end(number)

    reading, writing = socket.socketpair()
    writing.setblocking(False)
    former = {number: signal.signal(number, handle) for number in numbers}
    former_socket = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(reading, set(numbers), end), name="signals", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
        signal.set_wakeup_fd(former_socket)
        writing.close()
        for number, handler in former.items():
            signal.signal(number, handler)


def end_quietly_from_now_on() -> None:
    """Whoever stops us while we are still loading gets the same quiet end as later."""
    for number in ending_signals():
        signal.signal(number, _exit)


def _exit(_: int, __: FrameType | None) -> None:
    sys.exit(0)


def _wait(reading: socket.socket, numbers: set[int], end: Callable[[int], None]) -> None:
    with reading:
        while received := reading.recv(64):
            for number in numbers.intersection(received):
                end(number)


def _end_by_force(is_over: threading.Event) -> None:
    if not is_over.wait(PATIENCE):
        os._exit(0)
