"""Owns what this host is on the network at the moment; `network.py` keeps it up to date."""

import socket
from dataclasses import dataclass, field


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
    rooms: int = 0
    online: int = 0
