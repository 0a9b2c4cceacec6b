"""What all routes that open a session share: the device that asks, and the cookie that goes with the token."""

from datetime import timedelta

from quart import Response, request

from lanchat.accounts.service.open_session import REMEMBERED_LIFE, Device, Opened
from lanchat.core.edge.rest import bearer_token, current_chat, files_cookie_name


def this_device() -> Device:
    return Device(request.remote_addr or "", request.headers.get("User-Agent", ""))


def with_files_cookie(response: Response, opened: Opened) -> Response:
    """Browsers load images without our header: a second credential, good for GET under /files/ only."""
    return _with_cookie(response, opened.files_cookie, opened.lifetime)


def with_files_cookie_again(response: Response) -> Response:
    """At each start of the client: a guest's session is prolonged meanwhile, and HTTP and HTTPS have a cookie each.

    It opens nothing once the session is over.
    """
    tokens = current_chat().tokens
    key = tokens.read(bearer_token())
    return response if key is None else _with_cookie(response, tokens.sign_for_files(key), REMEMBERED_LIFE)


def _with_cookie(response: Response, value: str, lifetime: timedelta) -> Response:
    response.set_cookie(
        files_cookie_name(),
        value,
        max_age=lifetime,
        path="/files/",
        secure=request.scheme == "https",
        httponly=True,
        samesite="Strict",
    )
    return response
