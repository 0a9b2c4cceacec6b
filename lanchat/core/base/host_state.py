"""Owns what this host is on the network at the moment; `run/hosting.py` keeps it up to date."""

import socket
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Neighbour:
    """Another host of this network, as it announces itself; the best of its addresses comes first.

    `is_doubtful`: it calls itself like a host that is known on this computer, but shows another key.
    """

    name: str
    urls: tuple[str, ...]
    online: int
    is_doubtful: bool


@dataclass
class HostState:
    """Whose host this is, and how others reach it. `authority` is PEM."""

    name: str = field(default_factory=socket.gethostname)
    port: int = 0
    https_port: int | None = None
    fingerprint: str = ""
    authority: bytes = b""
    local_name: str | None = None  # such as lanchat.local, once it is ours
    named_url: str | None = None  # our page by that name
    urls: tuple[str, ...] = ()  # and by our addresses, likeliest first
    is_discoverable: bool = False
    neighbours: tuple[Neighbour, ...] = ()
    rooms: int = 0
    online: int = 0


def computer_name() -> str:
    """What this computer is called on its network; with `.local` behind it, by its own system's mDNS."""
    return socket.gethostname().lower().split(".")[0]
