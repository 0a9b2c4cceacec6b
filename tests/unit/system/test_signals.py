"""Which signals end LanChat, and that they leave a word in the log."""

import logging
import os
import signal
import subprocess
import sys
import threading

import pytest

from lanchat.system.signals import closed_by_signals

SAY = """
import signal
signal.signal(signal.SIGHUP, signal.{disposition})
from lanchat.system.signals import ending_signals
print(*(each.name for each in ending_signals()))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system hangs nothing up")
@pytest.mark.parametrize(("disposition", "is_heard"), [("SIG_DFL", True), ("SIG_IGN", False)])
def test_a_terminal_that_closes_ends_it_unless_nohup_says_otherwise(disposition: str, is_heard: bool) -> None:
    command = [sys.executable, "-c", SAY.format(disposition=disposition)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert ("SIGHUP" in said) is is_heard
    assert "SIGTERM" in said


def test_a_signal_closes_and_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "lanchat")
    closed = threading.Event()
    with closed_by_signals(closed.set):
        os.kill(os.getpid(), signal.SIGTERM)
        assert closed.wait(10)
    assert "asked to end by SIGTERM" in caplog.text
