"""Owns what the edge leaves to features: who is asking, and what happens when sockets come and go."""

from collections.abc import Awaitable

from lanchat.core.chat import Chat, Hello, Identity
from lanchat.core.delivery.hub import Gone
from lanchat.core.hooks import Hook

authenticate: Hook[[Chat, str], Awaitable[Identity]] = Hook("authenticate")
"""(chat, token): turns a bearer token into who holds it; raises NotAuthenticated."""

come_online: Hook[[Chat, str, Hello], Awaitable[None]] = Hook("come_online")
"""(chat, sid, hello): lets a socket in, or raises NotAuthenticated or TooMany."""

go: Hook[[Chat, Gone], Awaitable[None]] = Hook("go")
"""(chat, gone): a socket has left."""
