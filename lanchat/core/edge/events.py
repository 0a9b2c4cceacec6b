"""Owns the edge of Socket.IO: a socket's user, and one way to parse, run and answer every event."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, overload

import engineio
import orjson
import socketio
from pydantic import BaseModel
from socketio.exceptions import ConnectionRefusedError as Refused

from lanchat.core.base import errors
from lanchat.core.base.errors import ChatError
from lanchat.core.base.i18n import negotiate
from lanchat.core.base.origin import ORIGIN
from lanchat.core.base.rate_limits import Rate, Slowdown
from lanchat.core.base.refusals import ErrorEvent, error_body, parse
from lanchat.core.chat import Chat, Hello
from lanchat.core.delivery.fanout import Fanout
from lanchat.core.delivery.hub import Resync, ServerStopping, SessionRevoked, Socket
from lanchat.core.delivery.sockets.packets import MAX_EVENT, NAMESPACE
from lanchat.core.edge.answer_bounds import SMALL_ANSWER
from lanchat.core.edge.hooks import come_online, go
from lanchat.core.server.asgi import Receive, Scope, Send, lingering
from lanchat.core.storage.group_commit import Answer

FLOODS = Rate("floods", 1, 60)  # of a user: sockets that were shown out for what came to nothing
RETURN = Slowdown(FLOODS, first=5, longest=300)
EVENTS = Rate("events", 1200, 10)  # of a user, but for messages, which have a rate of their own
POST_LINGER = 2.0  # s for the rest of a polling client's POST that was refused unread

log = logging.getLogger(__name__)
Input = TypeVar("Input", bound=BaseModel)
Result = TypeVar("Result")
Output = TypeVar("Output", bound=BaseModel)
Ack = dict[str, object]
Handler = Callable[[Chat, Socket, Input], Awaitable[Output]]
Silent = Callable[[Chat, Socket, Input], Awaitable[None]]
HotHandler = Callable[[Chat, Socket, Input, Answer[Result]], None]


@dataclass(frozen=True)
class Event:
    name: str
    schema: type[BaseModel]
    handler: Callable[..., Any]
    answers: type[BaseModel] | None = None  # what its acknowledgement carries besides `ok`
    answer: Callable[[Any], Ack] | None = None  # of a hot event: its result as an acknowledgement
    comes_first: bool = False
    rate: Rate = EVENTS  # by which each is counted
    max_answer: int = SMALL_ANSWER  # bytes


class Events:
    """The events of one slice, as a Blueprint is its routes."""

    def __init__(self, **told: type[BaseModel]) -> None:
        """`told` names the events that the slice sends, with the schema of each."""
        self.all: list[Event] = []
        self.told = told

    @overload
    def on(
        self, name: str, schema: type[Input], *, answers: type[Output], comes_first: bool = False, at_most: int = ...
    ) -> Callable[[Handler[Input, Output]], Handler[Input, Output]]: ...

    @overload
    def on(
        self, name: str, schema: type[Input], *, comes_first: bool = False
    ) -> Callable[[Silent[Input]], Silent[Input]]: ...

    def on(
        self,
        name: str,
        schema: type[BaseModel],
        *,
        answers: type[BaseModel] | None = None,
        comes_first: bool = False,
        at_most: int = SMALL_ANSWER,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a handler of the sender's socket and the parsed payload; it returns what the ack carries.

        That is an `answers` of `at_most` so many bytes, and stands so in the contract; without one it carries nothing.

        With `comes_first`, what the socket sends next begins when this has ended: nobody needs to wait for
        the answer to `join_room` before they speak.
        """

        def register(handler: Callable[..., Any]) -> Callable[..., Any]:
            self.all.append(Event(name, schema, handler, answers, comes_first=comes_first, max_answer=at_most))
            return handler

        return register

    def hot(
        self, name: str, schema: type[Input], *, answers: type[BaseModel], answer: Callable[[Result], Ack], rate: Rate
    ) -> Callable[[HotHandler[Input, Result]], HotHandler[Input, Result]]:
        """Register a handler that runs inline, without a task, in the order in which frames arrive.

        It is a plain function, and calls what it is given last, once, with its result or what went wrong;
        of a result `answer` makes an acknowledgement, the fields of an `answers`. Its use case counts each by `rate`.
        """

        def register(handler: HotHandler[Input, Result]) -> HotHandler[Input, Result]:
            self.all.append(Event(name, schema, handler, answers, answer, rate=rate))
            return handler

        return register


class Engine(engineio.AsyncServer):
    """python-engineio's server, which refuses a POST for a session that has just ended instead of failing."""

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> Any:
        if scope.get("method") == "POST":
            receive, send = lingering(receive, send, POST_LINGER)
        try:
            return await super().handle_request(scope, receive, send)
        except KeyError:  # what it raises for such a session, before it has answered anything
            await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"Session is disconnected", "more_body": False})


class Server(socketio.AsyncServer):
    """python-socketio's server on our engine."""

    def _engineio_server_class(self) -> type[Engine]:
        return Engine


events = Events(error=ErrorEvent, session_revoked=SessionRevoked, server_stopping=ServerStopping, resync=Resync)


class Realtime:
    """Binds a Socket.IO server to the slices' events."""

    def __init__(self, sio: Server, fanout: Fanout, chat: Chat) -> None:
        self._sio, self._fanout, self._chat = sio, fanout, chat
        self._events: dict[str, Event] = {}
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        fanout.on_other(self._dispatch)
        fanout.on_refused(self._refuse)
        fanout.on_flood(self._remember_flood)

    def register(self, events: Events) -> None:
        for event in events.all:
            self._events[event.name] = event
            if event.answer is not None:
                self._fanout.on_hot(event.name, self._inline(event, event.answer))
            if event.comes_first:
                self._fanout.comes_first(event.name)

    def has_entered(self, eio_sid: str) -> bool:
        """Whether a transport's socket belongs to somebody by now."""
        sid = self._sio.manager.sid_from_eio_sid(eio_sid, NAMESPACE)
        return sid is not None and self._chat.hub.socket(sid) is not None

    async def _connect(self, sid: str, environ: dict[str, Any], auth: object) -> None:
        auth = auth if isinstance(auth, dict) else {}
        chosen = auth.get("language")
        language = negotiate(
            chosen if isinstance(chosen, str) else environ.get("HTTP_ACCEPT_LANGUAGE"),
            self._chat.settings.language,
        )
        token = auth.get("token")
        wants_ids, address = auth.get("presence") == "ids", environ.get("REMOTE_ADDR", "")
        hello = Hello(token if isinstance(token, str) else "", language, wants_ids, address)
        try:
            await come_online.only(self._chat.fillings, self._chat, sid, hello)
        except ChatError as error:
            body = error_body(error, language)["error"]
            raise Refused(body["message"], body) from None

    def _remember_flood(self, sid: str) -> None:
        socket = self._chat.hub.socket(sid)
        if socket is not None:
            self._chat.limits.count(RETURN, (socket.user_id, socket.user_id))

    async def _disconnect(self, sid: str, _reason: str) -> None:
        gone = self._chat.hub.disconnect(sid)
        if gone is not None:
            for left in go.all(self._chat.fillings, self._chat, gone):
                try:
                    await left
                except Exception:
                    log.exception("a feature could not let go of a socket")  # the library must, whatever is with it

    async def _dispatch(self, sid: str, data: list[Any], ack_id: int | None) -> None:
        """Every event that isn't hot. No `await` before the handler's own: order is arrival order."""
        name, *arguments = data
        try:
            event = self._find(name)
            socket = self._socket(sid)
            self._chat.limits.hit(event.rate, socket.user_id)
            ack = await event.handler(self._chat, socket, parse(event.schema, arguments[0] if arguments else {}))
        except Exception as error:  # noqa: BLE001, every one is answered
            self._answer_error(sid, name, ack_id, error)
            return
        if ack_id is not None:
            self._fanout.acknowledge(sid, ack_id, _acknowledgement(ack))

    def _inline(self, event: Event, to_ack: Callable[[Any], Ack]) -> Callable[[str, object, int | None], None]:
        """A hot event's handler as the fast path calls it: synchronous up to the writer's queue."""

        def handle(sid: str, payload: object, ack_id: int | None) -> None:
            answer = partial(self._answer, sid, event.name, to_ack, ack_id)
            try:
                event.handler(self._chat, self._socket(sid), parse(event.schema, payload), answer)
            except Exception as error:  # noqa: BLE001, every one is answered
                self._answer_error(sid, event.name, ack_id, error)

        return handle

    def _answer(
        self, sid: str, name: str, to_ack: Callable[[Any], Ack], ack_id: int | None, outcome: object | BaseException
    ) -> None:
        if isinstance(outcome, BaseException):
            self._answer_error(sid, name, ack_id, outcome)
        elif ack_id is not None:
            self._fanout.acknowledge(sid, ack_id, {"ok": True, **to_ack(outcome)})

    def _refuse(self, sid: str, code: str, event: str | None, ack_id: int | None) -> None:
        """What the fan-out gave to no handler."""
        known = {
            errors.TooLarge.code: errors.TooLarge(limit=MAX_EVENT),
            errors.TooMany.code: errors.TooMany(retry_after=1),
        }
        self._answer_error(sid, event or "", ack_id, known.get(code) or errors.InvalidInput(fields={}))

    def _find(self, name: object) -> Event:
        event = self._events.get(name) if isinstance(name, str) else None
        if event is None:
            raise errors.UnknownEvent(event=str(name)[:64])
        return event

    def _socket(self, sid: str) -> Socket:
        """Who sent it; raises NotAuthenticated for a socket that was shown out."""
        socket = self._chat.hub.socket(sid)
        if socket is None:
            raise errors.NotAuthenticated
        ORIGIN.set(socket.address)
        return socket

    def _answer_error(self, sid: str, name: object, ack_id: int | None, error: BaseException) -> None:
        if not isinstance(error, ChatError):
            request_id = secrets.token_hex(6)
            log.error("event failed: %s", name, exc_info=error, extra={"request_id": request_id})
            error = errors.InternalError(request_id=request_id)
        self._chat.metrics.event_errors[error.code] += 1
        self._fanout.count_refusal(sid)
        socket = self._chat.hub.socket(sid)
        language = socket.language if socket else self._chat.settings.language
        body = error_body(error, language)["error"]
        if ack_id is None:
            self._fanout.send(sid, "error", {**body, "event": str(name)[:64]})
        else:
            self._fanout.acknowledge(sid, ack_id, {"ok": False, "error": body})


def _acknowledgement(answer: BaseModel | None) -> object:
    """`ok`, and the fields of the answer, encoded once by its own serializer."""
    if answer is None:
        return {"ok": True}
    return orjson.Fragment(b'{"ok":true,' + answer.model_dump_json().encode().removeprefix(b"{"))
