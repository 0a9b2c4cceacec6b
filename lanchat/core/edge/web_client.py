"""Owns the web client as it is served: its pages, its assets, and how long each may be kept."""

import asyncio
import hashlib
import mimetypes
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import orjson
from quart import Quart, Response, request, send_file
from quart_schema import hide
from werkzeug.routing import PathConverter

from lanchat.core.base.build import licences
from lanchat.core.base.errors import NotFound
from lanchat.core.base.fair_turns import Brief
from lanchat.core.edge.conditions import has_it
from lanchat.core.edge.headers import may_look_elsewhere
from lanchat.core.edge.rest import current_chat, public

STATIC = Path(__file__).resolve().parents[2] / "static"
CLIENT_ROUTES = (
    "/",
    "/login",
    "/register",
    "/guest",
    "/join",
    "/device",
    "/rooms/<path:rest>",
    "/rooms",
    "/r/<path:rest>",
    "/capabilities",
    "/secure",
)
API_PAGES = {"/docs": "docs/swagger.html", "/redoc": "docs/redoc.html"}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOREVER = "public, max-age=31536000, immutable"  # of files with a hash in their name
MAKING = Brief("api_document", "once, when somebody first asks for it")
READING = Brief("licences", "reads one file that came with this program, once")
MANIFEST_TYPE = "application/manifest+json"

mimetypes.add_type("text/javascript", ".js")


def serve_document(app: Quart, path: str, make: Callable[[], bytes]) -> None:
    """Serve what never changes while we run: made once, as any page may ask any browser to ask us for it.

    Not before somebody asks, and on a thread: it takes longer than all else that a start does.
    """
    making: asyncio.Task[tuple[bytes, str]] | None = None

    def made() -> tuple[bytes, str]:
        content = make()
        return content, hashlib.sha256(content).hexdigest()[:16]

    @hide
    @public
    async def document() -> Response:
        nonlocal making
        if making is None or (making.done() and (making.cancelled() or making.exception())):
            making = asyncio.create_task(MAKING.run(made), name=path)
        content, etag = await asyncio.shield(making)  # whoever hangs up takes it from nobody else
        response = Response(status=304) if has_it(request, etag) else Response(content, content_type="application/json")
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(etag)
        return response

    app.add_url_rule(path, path, document)


class Elsewhere(PathConverter):
    """A path outside the API: what that doesn't know is not found, whatever the method."""

    regex = r"(?!api(?:/|\Z))[^/].*?"


def install(app: Quart) -> None:
    """Serve the client: its own routes answer `index.html`, its files what they hold, all else 404."""

    @hide
    @public
    async def index(rest: str = "") -> Response:  # noqa: ARG001, the client reads it
        return may_look_elsewhere(await _send("index.html", "no-cache"))

    @hide
    @public
    async def asset(name: str) -> Response:
        try:
            return await _send(name, FOREVER if name.startswith("assets/") else "no-cache")
        except NotFound:
            return may_look_elsewhere(await _send("index.html", "no-cache", status=404))

    @hide
    @public
    async def api_page() -> Response:
        return await _send(API_PAGES[request.path.rstrip("/")], "no-cache")

    @hide
    @public
    async def licence_texts() -> Response:
        text = await READING.run(licences)
        if not text:
            raise NotFound
        return Response(text, content_type="text/plain; charset=utf-8")

    @hide
    @public
    async def manifest() -> Response:
        return Response(_manifest(current_chat().host.name), content_type=MANIFEST_TYPE)

    for number, route in enumerate(CLIENT_ROUTES):
        app.add_url_rule(route, f"page{number}", index)
    for route in API_PAGES:
        app.add_url_rule(route, route, api_page)
    app.add_url_rule("/licences.txt", "licences", licence_texts)
    app.add_url_rule("/manifest.webmanifest", "manifest", manifest)
    app.url_map.converters = {**app.url_map.converters, "elsewhere": Elsewhere}
    app.add_url_rule("/<elsewhere:name>", "asset", asset)


def _manifest(host_name: str) -> bytes:
    """What browsers want of a page that is installed like a program; over HTTPS only they do that."""
    return orjson.dumps(
        {
            "name": f"LanChat · {host_name}",
            "short_name": host_name,
            "start_url": "/",
            "display": "standalone",
            "background_color": "#faf7f1",
            "theme_color": "#1c6a57",
            "icons": [{"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
        }
    )


async def _send(name: str, cache_control: str, status: int = 200) -> Response:
    """Conditions count for what is there only (RFC 9110, 13.2.1)."""
    path = _find(name)
    if path is None:
        raise NotFound
    best, encoding = _best_variant(path)
    response = await send_file(best, mimetype=mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    if status == HTTPStatus.OK and has_it(request, response.get_etag()[0] or "", best.stat().st_mtime):
        kept = {name: response.headers[name] for name in ("ETag", "Last-Modified")}
        response, encoding = Response(status=HTTPStatus.NOT_MODIFIED, headers=kept), None
    else:
        response.status_code = status
    response.headers["Cache-Control"] = cache_control
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _find(name: str) -> Path | None:
    """A file inside the static folder, never above it, however the path is written."""
    try:
        path = (STATIC / name).resolve()
        return path if path.is_relative_to(STATIC) and path.is_file() else None
    except (OSError, ValueError):  # a NUL, or longer than any name
        return None


def _best_variant(path: Path) -> tuple[Path, str | None]:
    """The file, or what the build compressed of it and this browser likes as much or more; `q=0` is "not at all"."""
    accepted = request.accept_encodings
    plain = accepted.quality("identity") if "identity" in list(accepted.values()) else 0.0
    for encoding, suffix in sorted(ENCODINGS, key=lambda each: -accepted.quality(each[0])):
        variant = path.with_name(path.name + suffix)
        if accepted.quality(encoding) > 0 and accepted.quality(encoding) >= plain and variant.is_file():
            return variant, encoding
    return path, None
