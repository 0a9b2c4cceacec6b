"""What all routes that open a session share: the device that asks, and the cookie that goes with the token."""

from datetime import timedelta

from quart import Response, request

from lanchat.accounts.service.open_session import REMEMBERED_LIFE, Device, Opened
from lanchat.core.edge import files_cookie
from lanchat.core.edge.rest import bearer_token, current_chat, current_user_id


def this_device() -> Device:
    return Device(request.remote_addr or "", request.headers.get("User-Agent", ""))


def with_files_cookie(response: Response, opened: Opened) -> Response:
    """Browsers load images without our header: a second credential, good for GET under /files/ only."""
    return _with_cookie(response, opened.payload.user.id, opened.files_cookie, opened.lifetime)


def with_files_cookie_again(response: Response) -> Response:
    """At each start of the client: a guest's session is prolonged meanwhile, and HTTP and HTTPS have a cookie each.

    It opens nothing once the session is over.
    """
    tokens = current_chat().tokens
    key = tokens.read(bearer_token())
    if key is None:
        return response
    return _with_cookie(response, current_user_id(), tokens.sign_for_files(key), REMEMBERED_LIFE)


def without_files_cookie(response: Response) -> Response:
    name = files_cookie.name_for(current_user_id())
    response.delete_cookie(name, path="/files/", secure=request.scheme == "https")
    return response


def _with_cookie(response: Response, user_id: int, value: str, lifetime: timedelta) -> Response:
    response.set_cookie(
        files_cookie.name_for(user_id),
        value,
        max_age=lifetime,
        path="/files/",
        secure=request.scheme == "https",
        httponly=True,
        samesite="Strict",
    )
    return response
