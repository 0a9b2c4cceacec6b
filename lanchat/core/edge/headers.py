"""The headers of every answer: what a page may load, and who may frame or keep it."""

from quart import Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The chat's page asks whether other addresses of the host answer, HTTPS included. The policy has no way to name them: a
# browser need not match numeric hosts, and a host may have moved since the page was loaded. By HTTPS to none without.
ELSEWHERE = {"http": "http: https: ws:", "https": "https: wss:"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "geolocation=(), payment=(), usb=()",
}


def may_look_elsewhere(response: Response) -> Response:
    """For the one page that looks for the host where it may have gone."""
    wider = f"connect-src 'self' {ELSEWHERE.get(request.scheme, '')}".rstrip()
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace("connect-src 'self'", wider)
    return response


async def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.scheme == "https":  # over plain HTTP browsers ignore it, and complain
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
