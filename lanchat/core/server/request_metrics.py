"""Owns the counting and timing of requests."""

import time

from lanchat.core.base.metrics import Metrics
from lanchat.core.server.asgi import Application, Receive, Scope, Send


class Measured:
    """Counts and times every request of an application."""

    def __init__(self, application: Application, metrics: Metrics) -> None:
        self._application = application
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Its `send` must stay as it is: a WebSocket is taken over by it.
            await self._application(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def note(message: dict[str, object]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(str(message["status"]))
            await send(message)

        try:
            await self._application(scope, receive, note)
        finally:
            self._metrics.count_request(scope["path"], scope["method"], status, time.perf_counter() - started)
