"""Asks the gate, and what stands before it, to be let in."""

from typing import Any

import orjson

from lanchat.core.server.host_guard import Gate, own_names
from lanchat.core.server.proxies import Clients

HERE = ("192.168.1.5", 8000)  # the address that the connection came to
NAMES = own_names({"192.168.1.5", "10.8.0.2", "fd00::5"}, {"lanchat.local", "Chat.Example", "outside.example:443"})
GUEST = ("192.168.1.77", 50000)
CHROME = {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}


async def ask(
    headers: dict[str, str] | list[tuple[str, str]],
    *,
    method: str = "GET",
    kind: str = "http",
    scheme: str = "http",
    server: tuple[str, int] = HERE,
    client: tuple[str, int] = GUEST,
    trusted: tuple[str, ...] = (),
) -> tuple[int, dict[str, Any], Any]:
    """Status (200 if it got in), the scope as it was then, and the body of a refusal."""
    pairs = headers.items() if isinstance(headers, dict) else headers
    scope: dict[str, Any] = {
        "type": kind,
        "method": method,
        "path": "/api/info",
        "scheme": scheme,
        "server": server,
        "client": client,
        "headers": [(name.encode(), value.encode("latin1")) for name, value in pairs],
    }
    answer = {"status": 200, "body": b""}

    async def application(*_: object) -> None:
        """It got in."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answer["status"] = message.get("status", answer["status"])
        answer["body"] += message.get("body", b"")

    await Clients(Gate(application, lambda: NAMES, "en"), trusted)(scope, receive, send)
    body = answer["body"]
    return answer["status"], scope, orjson.loads(body) if body.startswith(b"{") else body.decode()
