"""Which signals end LanChat, and that they leave a word in the log."""

import logging
import os
import signal
import subprocess
import sys
import threading

import pytest

from lanchat.desktop.signals import closed_by_signals

SAY = "from lanchat.desktop.signals import ending_signals; print(*(each.name for each in ending_signals()))"


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system hangs nothing up")
@pytest.mark.parametrize("is_kept", [True, False], ids=["nohup", "from a terminal"])
def test_a_terminal_that_closes_ends_it_unless_that_was_asked_against(is_kept: bool) -> None:
    words = ["nohup", sys.executable, "-c", SAY] if is_kept else [sys.executable, "-c", SAY]
    said = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, text=True, check=True).stdout.split()
    assert ("SIGHUP" in said) is not is_kept
    assert "SIGTERM" in said


def test_a_signal_closes_and_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "lanchat")
    closed = threading.Event()
    with closed_by_signals(closed.set):
        os.kill(os.getpid(), signal.SIGTERM)
        assert closed.wait(10)
    assert "asked to end by SIGTERM" in caplog.text
