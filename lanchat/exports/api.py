"""REST for taking it with you."""

from collections.abc import AsyncIterator, Callable

from quart import Blueprint, Response, request
from quart.wrappers.response import ResponseBody

from lanchat.accounts.readers import who_reads
from lanchat.accounts.service.identity import authenticate
from lanchat.core.chat import Chat
from lanchat.core.edge.rest import (
    REQUESTS,
    answers,
    answers_with_file,
    bearer_token,
    current_chat,
    current_language,
    current_user_id,
    takes,
    takes_query,
)
from lanchat.exports import service
from lanchat.exports.schemas import ExportDraft, ExportPayload, ExportQuery, ExportSizePayload
from lanchat.exports.service import Opened
from lanchat.exports.tickets import Exports, Wanted
from lanchat.files.download import disposition

routes = Blueprint("exports", __name__)


@routes.post("/api/rooms/<int:room_id>/export")
@takes(ExportDraft)
@answers(ExportPayload, 201)
async def order_room(room_id: int, data: ExportDraft) -> ExportPayload:
    """Ask for a room as one archive, for a browser to save: everything in it that I may read."""
    return await service.order(current_chat(), _wanted(current_user_id(), room_id, data))


@routes.get("/api/rooms/<int:room_id>/export")
@takes_query(ExportQuery)
@answers_with_file
async def fetch_room(room_id: int, query_args: ExportQuery) -> Response:
    """The same at once, for programs."""
    return await _at_once(room_id, query_args)


@routes.get("/api/rooms/<int:room_id>/export/size")
@answers(ExportSizePayload)
async def measure_room(room_id: int) -> ExportSizePayload:
    """How much an export of the room would take with it."""
    return await service.measure(current_chat(), current_user_id(), room_id)


@routes.post("/api/auth/me/export")
@takes(ExportDraft)
@answers(ExportPayload, 201)
async def order_mine(data: ExportDraft) -> ExportPayload:
    """Ask for all that is mine as one archive: profile, preferences, rooms, files, what I keep, and what I said."""
    return await service.order(current_chat(), _wanted(current_user_id(), None, data))


@routes.get("/api/auth/me/export")
@takes_query(ExportQuery)
@answers_with_file
async def fetch_mine(query_args: ExportQuery) -> Response:
    """The same at once, for programs."""
    return await _at_once(None, query_args)


@routes.get("/api/auth/me/export/size")
@answers(ExportSizePayload)
async def measure_mine() -> ExportSizePayload:
    """How much an export of all that is mine would take with it."""
    return await service.measure(current_chat(), current_user_id(), None)


@routes.get("/files/exports/<name>")
@answers_with_file
async def fetch(name: str) -> Response:
    """An archive that was ordered, to whoever ordered it: once, within 10 minutes."""
    chat, exports = current_chat(), current_chat().part(Exports)
    readers = await who_reads(chat)
    for reader in readers:
        chat.limits.hit(REQUESTS, reader.user_id)
    opened = await service.open_ordered(chat, name, [reader.user_id for reader in readers])
    return _answer(chat, opened, lambda: exports.redeem(name))


async def _at_once(room_id: int | None, query: ExportQuery) -> Response:
    chat = current_chat()
    identity = await authenticate(chat, bearer_token())
    chat.limits.hit(REQUESTS, identity.user_id)
    opened = await service.open_at_once(chat, _wanted(identity.user_id, room_id, query))
    return _answer(chat, opened, lambda: None)


def _wanted(user_id: int, room_id: int | None, said: ExportDraft | ExportQuery) -> Wanted:
    return Wanted(user_id, room_id, said.format, said.language or current_language(), said.tz)


def _answer(chat: Chat, opened: Opened, begin: Callable[[], None]) -> Response:
    """`begin` is called once somebody takes the first piece."""
    response = Response(b"" if request.method == "HEAD" else ArchiveBody(chat, opened, begin))
    response.content_type = "application/zip"
    response.headers["Content-Disposition"] = disposition(False, opened.filename)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


class ArchiveBody(ResponseBody):
    """An archive while it comes about; whoever hangs up ends it."""

    def __init__(self, chat: Chat, opened: Opened, begin: Callable[[], None]) -> None:
        self._begin = begin
        self._pieces = service.stream(chat, opened)

    async def __aenter__(self) -> AsyncIterator[bytes]:
        self._begin()
        return self._pieces

    async def __aexit__(self, *_: object) -> None:
        await self._pieces.aclose()
