"""REST for uploads that resume: tus 1.0.0, with creation, deferred length, expiration and termination."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from functools import wraps
from typing import ParamSpec, cast

from quart import Blueprint, Response, request
from quart_schema import document_response

from lanchat.core.base.errors import UnsupportedMediaType
from lanchat.core.base.refusals import invalid_input
from lanchat.core.edge.bodies import PacedBody
from lanchat.core.edge.rest import answer, current_chat, current_user_id, streams
from lanchat.files.schemas import AttachmentPayload
from lanchat.uploads import service
from lanchat.uploads.errors import VERSION, WrongTusVersion
from lanchat.uploads.service import More, Progress, Wanted

routes = Blueprint("uploads", __name__)
P = ParamSpec("P")

PATH = "/api/upload/resumable/"
CONTENT_TYPE = "application/offset+octet-stream"
MAX_LENGTH = 1 << 53  # bytes; what JavaScript counts exactly
HEADERS = {"Tus-Resumable": VERSION}


def tus(view: Callable[P, Awaitable[Response]]) -> Callable[P, Awaitable[Response]]:
    """The client speaks the version that we speak, and hears so."""

    @wraps(view)
    async def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        if request.headers.get("Tus-Resumable") != VERSION:
            raise WrongTusVersion
        response = await view(*args, **kwargs)
        response.headers.update(HEADERS)
        return response

    return run


@routes.post(PATH)
@tus
async def begin_upload() -> Response:
    """Begin an upload that may be interrupted: `Upload-Length` and `Upload-Metadata` say what is going to come."""
    length = None if request.headers.get("Upload-Defer-Length") == "1" else _number("Upload-Length")
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    filename, claimed_type = said.get("filename") or said.get("name", ""), said.get("filetype") or said.get("type", "")
    progress = await service.begin(current_chat(), current_user_id(), Wanted(length, filename, claimed_type))
    response = _tell(progress, 201)
    response.headers["Location"] = PATH + progress.name
    return response


@routes.get(f"{PATH}<name>")
@document_response(AttachmentPayload)
async def read_upload(name: str) -> Response:
    """The file, once it is whole. `HEAD` says how much of it has arrived."""
    if request.method == "HEAD":
        return await look(name)
    return answer(await service.result(current_chat(), current_user_id(), name))


@tus
async def look(name: str) -> Response:
    return _tell(await service.look(current_chat(), current_user_id(), name), 200)


@routes.patch(f"{PATH}<name>")
@streams
@tus
async def go_on_with_upload(name: str) -> Response:
    """Go on at `Upload-Offset`; a last `PATCH` makes the file, which `GET` then answers."""
    chat, body = current_chat(), cast(PacedBody, request.body)
    if request.mimetype != CONTENT_TYPE:
        raise UnsupportedMediaType(expected=CONTENT_TYPE)
    offset = _number("Upload-Offset")
    length = _number("Upload-Length") if "Upload-Length" in request.headers else None
    body.limit = int(chat.settings.max_file_bytes)
    return _tell(await service.go_on(chat, current_user_id(), name, More(offset, length, body)), 204)


@routes.delete(f"{PATH}<name>")
@tus
async def give_up_upload(name: str) -> Response:
    """Give an unfinished upload up: what has arrived is gone."""
    await service.give_up(current_chat(), current_user_id(), name)
    return Response(status=204)


def _tell(progress: Progress, status: int) -> Response:
    response = Response(status=status)
    response.headers["Upload-Offset"] = str(progress.offset)
    if progress.length is None:
        response.headers["Upload-Defer-Length"] = "1"
    else:
        response.headers["Upload-Length"] = str(progress.length)
    if progress.expires is not None:
        response.headers["Upload-Expires"] = format_datetime(progress.expires, usegmt=True)
    response.headers["Cache-Control"] = "no-store"
    return response


def _number(name: str) -> int:
    """A header that is a whole number. Raises InvalidInput."""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 16) or int(text) > MAX_LENGTH:
        raise invalid_input(name, "missing" if not text else "int_parsing")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """`key base64,key base64`, of which what isn't UTF-8 is refused."""
    found: dict[str, str] = {}
    for pair in filter(None, (each.strip() for each in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError):
            raise invalid_input("Upload-Metadata", "base64") from None
    return found
