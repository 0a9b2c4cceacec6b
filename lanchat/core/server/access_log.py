"""Owns what every request gets, whoever answers it: an id and a line in the log, clear framing, no sniffing."""

import asyncio
import logging
import secrets
import time
from collections.abc import Iterable
from typing import Any

from structlog.contextvars import bound_contextvars

from lanchat.core.server.asgi import Application, Receive, Scope, Send

SOCKETS = "/socket.io/"
QUIET = (SOCKETS, "/assets/", "/desk/")  # many and dull: in the log only while debugging

NOSNIFF = (b"x-content-type-options", b"nosniff")

Header = tuple[bytes, bytes]

log = logging.getLogger("lanchat.access")


class Requests:
    """Stands in front of an ASGI application, and knows how many of its requests are still being answered."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._running = 0
        self._answered = asyncio.Event()
        self._answered.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = secrets.token_hex(6)
        scope["request_id"] = request_id
        with bound_contextvars(request_id=request_id):
            if scope["type"] != "http":
                await self._application(scope, receive, send)
            elif is_ambiguous(scope):
                await _refuse(send)
            elif scope["path"].startswith(SOCKETS):
                await self._log(scope, receive, send)
            else:
                await self._count(scope, receive, send)

    async def wait_until_answered(self) -> None:
        """Those of sockets, which hang by design, don't count."""
        await self._answered.wait()

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._running += 1
        self._answered.clear()
        try:
            await self._log(scope, receive, send)
        finally:
            self._running -= 1
            if not self._running:
                self._answered.set()

    async def _log(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 0

        async def note_and_send(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *_with_nosniff(message.get("headers", ())),
                    (b"x-request-id", scope["request_id"].encode()),
                ]
            await send(message)

        try:
            await self._application(scope, receive, note_and_send)
        finally:
            # Never the query: it may carry a signature.
            level = logging.DEBUG if scope["path"].startswith(QUIET) else logging.INFO
            client = (scope.get("client") or ("",))[0]
            took = round((time.perf_counter() - started) * 1000, 1)
            what = {"method": scope["method"], "path": scope["path"], "status": status, "ms": took, "client": client}
            log.log(level, "request", extra=what)


def is_ambiguous(scope: Scope) -> bool:
    """Whether two readers could disagree about where this request ends (RFC 9112, 6.1), or what it is for."""
    names = {name for name, _ in scope["headers"]}
    return {b"content-length", b"transfer-encoding"} <= names or not scope["path"].startswith("/")


def _with_nosniff(headers: Iterable[Header]) -> list[Header]:
    """A browser must never guess that what somebody wrote or uploaded is a script or a page."""
    return [*(header for header in headers if header[0].lower() != NOSNIFF[0]), NOSNIFF]


async def _refuse(send: Send) -> None:
    headers = _with_nosniff([(b"connection", b"close"), (b"content-length", b"0")])
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
