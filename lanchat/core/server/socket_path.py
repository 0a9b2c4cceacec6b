"""Owns where sockets come in: WebSockets at the path of Socket.IO and nowhere else, there only what it speaks."""

from lanchat.core.base.errors import MethodNotAllowed, NotFound
from lanchat.core.server.access_log import SOCKETS
from lanchat.core.server.asgi import Application, Receive, Scope, Send, refuse

METHODS = ("GET", "OPTIONS", "POST")


class SocketPath:
    """Quart would answer an upgrade elsewhere with an error, and Engine.IO another method without saying which."""

    def __init__(self, application: Application, language: str) -> None:
        self._application = application
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_here = f"{scope['path']}/".startswith(SOCKETS)
        if scope["type"] == "websocket" and not is_here:
            await refuse(scope, receive, send, NotFound(), self._language)
        elif is_here and scope.get("method", "GET") not in METHODS:
            await refuse(scope, receive, send, MethodNotAllowed(allow=METHODS), self._language)
        else:
            await self._application(scope, receive, send)
