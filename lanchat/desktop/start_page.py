"""Owns the small server on loopback behind the first screen, which later launches call as well.

Its pages are the web client's and hold no secret; every call needs the token that only our window and our
own user's later launches know, so that no web page and no other user of this computer gets an answer.
"""

import asyncio
import logging
import mimetypes
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast

import orjson
from pydantic import Field, ValidationError
from quart import Quart, Response, request
from werkzeug.security import safe_join

from lanchat.core.base.build import STATIC, licences, this_build
from lanchat.core.base.errors import ChatError, InvalidInput, NotAuthenticated, NotFound
from lanchat.core.base.fair_turns import Brief
from lanchat.core.base.i18n import negotiate, translate
from lanchat.core.base.refusals import error_body
from lanchat.core.base.schemas import Input
from lanchat.core.edge.headers import HEADERS
from lanchat.core.server.host_guard import Application, Gate, Receive, Scope, Send
from lanchat.core.server.serve import Listener, bind, serve
from lanchat.desktop.controller import Desk
from lanchat.desktop.schemas import BuildPayload, DeskPayload, NearbyHostPayload, SuspectPayload
from lanchat.discovery.typed_address import MAX_ADDRESS
from lanchat.system.autostart import opens_at_login, set_opens_at_login

PAGE = "start.html"
READING = Brief("start_page", "reads one file that came with this program")
MAX_ADDRESSES = 10  # of one host

mimetypes.add_type("text/javascript", ".js")  # Windows lets any program change what it says of them

log = logging.getLogger(__name__)


class HostAddresses(Input):
    """A host, by one address or several, the best first."""

    addresses: list[Annotated[str, Field(max_length=MAX_ADDRESS)]] = Field(min_length=1, max_length=MAX_ADDRESSES)


class Link(Input):
    link: str | None = Field(default=None, max_length=MAX_ADDRESS)


class AtLogin(Input):
    is_on: bool


class Loopback:
    """Serves until `stop` is set. `port` is known from the beginning: the sockets listen at once."""

    def __init__(self, desk: Desk, language: str) -> None:
        self.token = secrets.token_urlsafe(32)
        self._sockets = bind("127.0.0.1", 0)
        self.port: int = self._sockets[0].getsockname()[1]
        self._gate = Gate(cast(Application, _make_quart(desk, self.token, language)), lambda: (), language)

    @property
    def page(self) -> str:
        """With the token behind the `#`, which browsers keep to themselves."""
        return f"http://127.0.0.1:{self.port}/#{self.token}"

    async def serve(self, stop: asyncio.Event, when_ready: Callable[[], None]) -> None:
        await serve(self, [Listener(self._sockets)], stop, when_ready)

    async def startup(self) -> None:
        pass

    async def say_goodbye(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._gate(scope, receive, send)


def _make_quart(desk: Desk, token: str, default_language: str) -> Quart:
    app = Quart("lanchat.desktop", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 4096  # bytes; an address is all that anybody sends here

    def language() -> str:
        return negotiate(request.headers.get("Accept-Language"), default_language)

    async def require_token() -> None:
        if not request.path.startswith("/desk/"):
            return
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not secrets.compare_digest(given.encode(), token.encode()):
            raise NotAuthenticated

    async def refuse(error: ChatError) -> Response:
        return _json(error_body(error, language()), error.status)

    async def add_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers["Cache-Control"] = "no-store"
        return response

    app.before_request(require_token)
    app.after_request(add_headers)
    app.register_error_handler(ChatError, refuse)
    _add_answers(app, desk, language)
    _add_calls(app, desk)
    _add_pages(app)
    return app


def _add_answers(app: Quart, desk: Desk, language: Callable[[], str]) -> None:
    @app.get("/desk/state")
    async def state() -> Response:
        if desk.phase == "choosing":
            await desk.lookout.start()
        failure = desk.failure and translate(desk.failure.key, language(), desk.failure.values)
        return _json(
            DeskPayload(
                phase=desk.phase,
                failure=failure,
                unreachable=desk.unreachable,
                suspect=_describe_suspect(desk),
                link=desk.link,
                hosts=[NearbyHostPayload.model_validate(host, from_attributes=True) for host in desk.lookout.hosts],
                opens_at_login=opens_at_login(),
                build=BuildPayload(**this_build()._asdict()),
            ).model_dump()
        )

    @app.post("/desk/why-not")
    async def why_not() -> Response:
        findings = await desk.why_not((await _body(HostAddresses)).addresses[0])
        return _json({"findings": [finding.as_json(language()) for finding in findings]})


def _add_calls(app: Quart, desk: Desk) -> None:
    @app.post("/desk/host")
    async def host() -> Response:
        await desk.host()
        return _json({})

    @app.post("/desk/join")
    async def join() -> Response:
        await desk.join((await _body(HostAddresses)).addresses)
        return _json({})

    @app.post("/desk/trust")
    async def trust() -> Response:
        await desk.trust()
        return _json({})

    @app.post("/desk/retry")
    async def retry() -> Response:
        await desk.retry()
        return _json({})

    @app.post("/desk/choose")
    async def choose() -> Response:
        await desk.choose()
        return _json({})

    @app.post("/desk/raise")
    async def come_forward() -> Response:
        await desk.propose((await _body(Link)).link)
        return _json({})

    @app.put("/desk/opens-at-login")
    async def open_at_login() -> Response:
        set_opens_at_login((await _body(AtLogin)).is_on)
        return _json({})


def _describe_suspect(desk: Desk) -> SuspectPayload | None:
    """What a person needs to judge it; a key that was never shown is empty."""
    if (suspect := desk.suspect) is None:
        return None
    shown = suspect.said.fingerprint if suspect.is_proven else ""
    return SuspectPayload(
        name=suspect.said.name,
        address=f"{suspect.name}:{suspect.port}",
        known_key=desk.known_key(),
        shown_key=shown,
    )


def _add_pages(app: Quart) -> None:
    @app.get("/")
    async def page() -> Response:
        return await _file(PAGE)

    @app.get("/<path:name>")
    async def asset(name: str) -> Response:
        return await _file(name)

    @app.get("/licences.txt")
    async def licence_texts() -> Response:
        if not (text := await READING.run(licences)):
            raise NotFound
        return Response(text, content_type="text/plain; charset=utf-8")


async def _file(name: str) -> Response:
    """Whole, and closed before it is sent: Quart leaves a file open when the reader hangs up in the midst of it."""
    path = safe_join(str(STATIC), name)
    try:
        content = await READING.run(Path(path or STATIC).read_bytes)
    except OSError:
        raise NotFound from None
    return Response(content, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")


async def _body(schema: type[Any]) -> Any:
    try:
        return schema.model_validate_json(await request.get_data() or b"{}")
    except ValidationError:
        raise InvalidInput(fields={}) from None


def _json(content: object, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, content_type="application/json")
