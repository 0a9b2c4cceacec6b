"""Owns the edge of REST: who is asking, the one JSON reader, what a route takes and answers, and errors as JSON."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import orjson
import structlog
from pydantic import BaseModel, ValidationError
from quart import Quart, Request, Response, current_app, g, request
from quart_schema import (
    DataSource,
    RequestSchemaValidationError,
    document_response,
    validate_querystring,
    validate_request,
)
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lanchat.core.base import errors
from lanchat.core.base.errors import ChatError
from lanchat.core.base.i18n import negotiate
from lanchat.core.base.origin import ORIGIN
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.refusals import error_body, invalid_input
from lanchat.core.base.schemas import Plain
from lanchat.core.chat import Chat, Identity
from lanchat.core.edge.answer_bounds import SMALL_ANSWER
from lanchat.core.edge.bodies import PacedBody, PacedConnection
from lanchat.core.edge.headers import add_headers
from lanchat.core.edge.hooks import authenticate
from lanchat.core.edge.routing import AnyTrailingSlash, Id

# Bytes of a body, unless the route takes another bound; files have a path of their own. Whatever is larger is refused
# before it is parsed, which happens on the loop.
SMALL_BODY = 16 << 10
TEXT_BODY = 256 << 10  # of a message: 10,000 characters, however they are escaped
FORM_BODY = 4 << 10  # of a form: parsing one costs a microsecond a byte
REQUESTS = Rate("requests", 600, 10)  # of a user
PAGES = Rate("pages", 12_000, 10)  # of an address: the client's files, and whatever else isn't below /api/
PUBLIC_REQUESTS = Rate("public_requests", 3000, 10)  # of an address, which may be a class behind one access point
REFUSED_AFTER = 0.25  # s that who asks too often waits to hear so: to refuse costs no less than to answer
BODY_TIMEOUT = 30  # s for such a body to arrive

log = logging.getLogger(__name__)
Route = TypeVar("Route", bound=Callable[..., Any])
P = ParamSpec("P")
View = Callable[P, Awaitable[Response]]
Reply = BaseModel | Plain | tuple[BaseModel, int] | Response


@dataclass(frozen=True)
class Traits:
    """What is said of a route beside its path; travels with its function through every decorator."""

    is_public: bool = False
    max_body: int | None = SMALL_BODY  # bytes; None: the route sets the bound itself
    requires_body: bool = False  # where its schema would take an empty one
    answers_with_file: bool = False
    answer: type[BaseModel] | None = None  # None: no JSON
    max_answer: int = SMALL_ANSWER  # bytes


def traits(view: Callable[..., Any]) -> Traits:
    return getattr(view, "traits", Traits())


def _mark(route: Route, **said: object) -> Route:
    route.traits = replace(traits(route), **said)  # type: ignore[attr-defined]
    return route


def rate_of(path: str, view: Callable[..., Any]) -> Rate:
    """By which each call of a route is counted, whatever else its use case counts."""
    if traits(view).answers_with_file:
        return REQUESTS
    if not path.startswith("/api/"):
        return PAGES
    return PUBLIC_REQUESTS if traits(view).is_public else REQUESTS


def public(route: Route) -> Route:
    """Mark a route that needs no login. All others under `/api/` do."""
    return _mark(route, is_public=True)


def current_chat() -> Chat:
    return current_app.config["CHAT"]


def current_identity() -> Identity:
    return g.identity


def current_user_id() -> int:
    return current_identity().user_id


def current_language() -> str:
    return negotiate(request.headers.get("Accept-Language"), current_chat().settings.language)


class JsonRequest(Request):
    """Reads JSON bodies strictly: our types, our size, UTF-8, an object; an empty body is `{}`."""

    body_class = PacedBody

    async def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:  # noqa: ARG002, theirs
        body = cast(bytes, await self.get_data(as_text=False))
        if not body:
            return {}
        if not self.is_json:
            raise errors.UnsupportedMediaType(expected="application/json")
        try:
            content = orjson.loads(body)  # refuses bad UTF-8, lone surrogates, NaN, deep nesting
        except orjson.JSONDecodeError:
            raise invalid_input("body", "json_invalid") from None
        if not isinstance(content, dict):
            raise invalid_input("body", "json_object")
        return content


def install(app: Quart, chat: Chat) -> None:
    """Give `app` its edge: login by default, JSON errors, headers. Call it after QuartSchema."""
    app.config.update(
        CHAT=chat,
        MAX_CONTENT_LENGTH=SMALL_BODY,
        MAX_FORM_MEMORY_SIZE=SMALL_BODY,
        BODY_TIMEOUT=BODY_TIMEOUT,
        RESPONSE_TIMEOUT=None,  # a large file may take its time; each piece may not
    )
    app.request_class = JsonRequest
    app.asgi_http_class = PacedConnection
    app.url_rule_class = AnyTrailingSlash  # pyright: ignore[reportAttributeAccessIssue], any Rule will do
    app.url_map.converters = {**app.url_map.converters, "int": Id}

    async def require_login() -> None:
        ORIGIN.set(request.remote_addr or "")
        if request.url_rule is None:
            return
        view = app.view_functions[request.url_rule.endpoint]
        # Of a route that streams, until it says so itself.
        cast(PacedBody, request.body).limit = traits(view).max_body or SMALL_BODY
        if traits(view).answers_with_file:
            return  # it takes a cookie as well, and counts by itself
        rate = rate_of(request.path, view)
        if rate is REQUESTS:
            g.identity = await authenticate.only(chat.fillings, chat, bearer_token())
            chat.limits.hit(rate, current_user_id())
        else:
            chat.limits.hit(rate, request.remote_addr or "")

    app.before_request(require_login)
    app.after_request(add_headers)
    app.register_error_handler(ChatError, refuse)
    app.register_error_handler(RequestSchemaValidationError, _refuse_schema)
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(Exception, _fail)


def bearer_token() -> str:
    """The token of the `Authorization` header; raises NotAuthenticated without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise errors.NotAuthenticated
    return token.strip()


def answer(payload: BaseModel | Plain, status: int = 200) -> Response:
    """A model as JSON, encoded once by its own serializer; what is plain already, as it stands."""
    content = payload.model_dump_json() if isinstance(payload, BaseModel) else orjson.dumps(payload)
    return Response(content, status, content_type="application/json")


def takes(
    schema: type[BaseModel],
    source: DataSource = DataSource.JSON,
    *,
    at_most: int = SMALL_BODY,
    is_required: bool = False,
) -> Callable[[Route], Route]:
    """The body is a `schema` of `at_most` so many bytes, handed over as `data`.

    `is_required` says in the document that none won't do, where the schema itself would take an empty one.
    """

    def decorate(route: Route) -> Route:
        view = cast("Route", validate_request(schema, source=source)(route))
        bound = at_most if source is DataSource.JSON else min(at_most, FORM_BODY)
        return _mark(view, max_body=bound, requires_body=is_required)

    return decorate


def streams(route: Route) -> Route:
    """Mark a route that sets its body's bound itself, and reads it piece by piece."""
    return _mark(route, max_body=None)


def takes_stream(*, at_most: int) -> Callable[[Route], Route]:
    """The route reads its body, of `at_most` so many bytes, piece by piece."""
    return lambda route: _mark(route, max_body=at_most)


def takes_query(schema: type[BaseModel]) -> Callable[[Route], Route]:
    """The query string is a `schema`, handed over as `query_args`."""
    return cast("Callable[[Route], Route]", validate_querystring(schema))


def answers(
    schema: type[BaseModel], *statuses: int, at_most: int = SMALL_ANSWER
) -> Callable[[Callable[P, Awaitable[Reply]]], View[P]]:
    """The route answers with a `schema`, and the first status (200) unless it names another of them.

    In at most `at_most` bytes: what grows without one is a mistake, and said in the log.
    """
    documented = statuses or (200,)

    def decorate(view: Callable[P, Awaitable[Reply]]) -> View[P]:
        @wraps(view)
        async def run(*args: P.args, **kwargs: P.kwargs) -> Response:
            result = await view(*args, **kwargs)
            if isinstance(result, Response):
                return result
            payload, status = result if isinstance(result, tuple) else (result, documented[0])
            response = answer(payload, status)
            if (response.content_length or 0) > at_most:
                log.error("answer of %s is larger than it may be: %s bytes", request.path, response.content_length)
            return response

        route: View[P] = _mark(run, answer=schema, max_answer=at_most)
        for status in documented:
            route = document_response(schema, status)(route)
        return route

    return decorate


def answers_with_file(route: Route) -> Route:
    """Mark a route that answers with bytes, whole or in part, so that the document says so."""
    return _mark(route, answers_with_file=True)


async def refuse(error: ChatError) -> Response:
    """The one shape of an error, in the language of who asked."""
    if isinstance(error, errors.TooMany):
        await asyncio.sleep(REFUSED_AFTER)
    body = error_body(error, current_language())
    return Response(
        orjson.dumps({**body, "detail": body["error"]["message"]}),
        error.status,
        error.headers(),
        content_type="application/json",
    )


async def _refuse_schema(error: RequestSchemaValidationError) -> Response:
    cause = error.validation_error
    if isinstance(cause, ValidationError):
        return await refuse(invalid_input(cause))
    return await refuse(errors.InvalidInput(fields={}))


async def _refuse_http(error: HTTPException) -> Response:
    """What Quart and Werkzeug refuse by themselves, in our shape."""
    if isinstance(error, RequestEntityTooLarge):
        return await refuse(errors.TooLarge(limit=cast(PacedBody, request.body).limit or SMALL_BODY))
    known = {404: errors.NotFound, 405: errors.MethodNotAllowed, 415: errors.UnsupportedMediaType}
    response = await refuse(known.get(error.code or 0, errors.InvalidInput)())
    response.status_code = error.code or 400
    if valid_methods := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(valid_methods))
    return response


async def _fail(error: Exception) -> Response:
    log.error("request failed: %s %s", request.method, request.path, exc_info=error)
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return await refuse(errors.InternalError(request_id=request_id))
