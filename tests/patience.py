"""How long a test waits for what will surely come: longer where other work shares the machine."""

import os

MOST = 8.0  # times as long; what takes longer still is broken


def slack() -> float:
    """How many times longer than alone things take at this moment; 1.0 on a quiet machine.

    The load average is how many want to run at once. It lags by half a minute, so that a load which has just begun
    is met by the room that each limit has anyway.
    """
    if not hasattr(os, "getloadavg"):  # Windows
        return 2.0
    waiting = max(os.getloadavg()[:2]) / (os.cpu_count() or 1)
    return min(MOST, max(1.0, waiting))


def patience(seconds: float) -> float:
    """A deadline for something that takes `seconds` at the most on a quiet machine."""
    return seconds * slack()
