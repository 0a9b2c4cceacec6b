"""What all routes that open a session share: the device that asks, and the cookie that goes with the token."""

from quart import Response, request

from lanchat.accounts.service import Device, Opened
from lanchat.core.http import files_cookie_name


def this_device() -> Device:
    return Device(request.remote_addr or "", request.headers.get("User-Agent", ""))


def with_files_cookie(response: Response, opened: Opened) -> Response:
    """Browsers load images without our header: a second credential, good for GET under /files/ only."""
    response.set_cookie(
        files_cookie_name(),
        opened.files_cookie,
        max_age=opened.lifetime,
        path="/files/",
        httponly=True,
        samesite="Strict",
    )
    return response
