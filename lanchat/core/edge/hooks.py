"""Owns what the edge leaves to features: who is asking, and what happens when sockets come and go."""

from collections.abc import Awaitable

from lanchat.core.chat import Hello, Identity
from lanchat.core.delivery.hub import Gone
from lanchat.core.hooks import Hook

authenticate: Hook[[str], Awaitable[Identity]] = Hook("authenticate")
"""Turns a bearer token into who holds it; raises NotAuthenticated."""

come_online: Hook[[str, Hello], Awaitable[None]] = Hook("come_online")
"""(sid, hello): lets a socket in, or raises NotAuthenticated or TooMany."""

go: Hook[[Gone], Awaitable[None]] = Hook("go")
"""A socket has left."""
