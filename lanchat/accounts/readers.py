"""Owns who fetches what a browser loads by its address: by the token, or by the cookies of its accounts."""

from contextlib import suppress

from quart import request

from lanchat.accounts.service.identity import authenticate, authenticate_cookie
from lanchat.core.base.errors import NotAuthenticated
from lanchat.core.chat import Chat, Identity
from lanchat.core.edge import files_cookie
from lanchat.core.edge.rest import bearer_token


async def who_reads(chat: Chat) -> list[Identity]:
    """Only for routes below `/files/`, where the cookies are sent. Raises NotAuthenticated where nobody is."""
    if "Authorization" in request.headers:
        return [await authenticate(chat, bearer_token())]
    found: list[Identity] = []
    for cookie in files_cookie.values():
        with suppress(NotAuthenticated):
            found.append(await authenticate_cookie(chat, cookie))
    if not found:
        raise NotAuthenticated
    return found
