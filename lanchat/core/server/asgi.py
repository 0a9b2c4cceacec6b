"""Owns the shape of ASGI as we use it, and refusing a request before any framework sees it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from html import escape
from typing import Any

import orjson

from lanchat.core.base.errors import ChatError
from lanchat.core.base.i18n import negotiate
from lanchat.core.base.refusals import error_body

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LINGER_BYTES = 256 << 20  # of a refused body that are read and dropped, so that its sender gets to read our answer
LINGER_TIME = 30.0  # s, likewise
UNASKED_LINGER_TIME = 1.0  # s, of who would have sent nothing before `100 Continue`, and has had an answer instead
SAY_CONTINUE = "say_continue"  # in the scope of who waits for that: what sends it
PAGE = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>LanChat</title><p>{}"


def headers_of(scope: Scope) -> dict[str, str]:
    """By name in lower case; of one that came several times, all values, as HTTP joins them."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin1").lower(), raw_value.decode("latin1").strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def refuse(scope: Scope, receive: Receive, send: Send, error: ChatError, default_language: str) -> None:
    """Answer with an error: as JSON, or as a sentence on a page where a person opened one."""
    asked = headers_of(scope)
    body = error_body(error, negotiate(asked.get("accept-language"), default_language))
    sentence = body["error"]["message"]
    if "text/html" in asked.get("accept", ""):
        content_type, content = b"text/html; charset=utf-8", PAGE.format(escape(sentence)).encode()
    else:
        content_type, content = b"application/json", orjson.dumps({**body, "detail": sentence})
    headers = [
        (b"content-type", content_type),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    headers += [(name.lower().encode(), value.encode()) for name, value in error.headers().items()]
    prefix = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    await send({"type": f"{prefix}.start", "status": error.status, "headers": headers})
    await send({"type": f"{prefix}.body", "body": content, "more_body": True})
    if scope["type"] == "http":
        await linger(receive, UNASKED_LINGER_TIME if SAY_CONTINUE in scope else LINGER_TIME)
    await send({"type": f"{prefix}.body", "body": b"", "more_body": False})


async def linger(receive: Receive, patience: float = LINGER_TIME) -> None:
    """Let a sender finish what we won't read: closing on it would destroy our answer on its way.

    Called between an answer and its end: all of it has left, and only the close is held back.
    """
    size, has_more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while has_more and size <= LINGER_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                has_more = message.get("more_body", False)


def lingering(receive: Receive, send: Send, patience: float) -> tuple[Receive, Send]:
    """The same two for who may answer before all of a body was read: the end of the answer then lingers."""
    is_read = False

    async def reading() -> Any:
        nonlocal is_read
        message = await receive()
        is_read = not message.get("more_body", False)
        return message

    async def answering(message: Any) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False) and not is_read:
            await send({**message, "more_body": True})
            await linger(receive, patience)
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(message)

    return reading, answering
