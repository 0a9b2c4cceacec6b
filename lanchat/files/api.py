"""REST for files."""

from typing import cast

from quart import Blueprint, Response, request
from quart_schema import DataSource, document_request, document_response

from lanchat.accounts.service.identity import authenticate, authenticate_cookie
from lanchat.core.base.schemas import Input
from lanchat.core.edge.bodies import PacedBody
from lanchat.core.edge.rest import (
    REQUESTS,
    Identity,
    answer,
    answers_with_file,
    bearer_token,
    current_chat,
    current_user_id,
    files_cookie_name,
    streams,
)
from lanchat.files import multipart, service
from lanchat.files.download import Reader, send_file
from lanchat.files.schemas import AttachmentPayload
from lanchat.files.threads import FileThreads

routes = Blueprint("files", __name__)


class UploadForm(Input):
    """For the document only: what is really read is a stream."""

    file: bytes
    """One file, with its name."""


@routes.post("/api/upload/")
@document_request(UploadForm, source=DataSource.FORM_MULTIPART)
@document_response(AttachmentPayload, 201)
@streams
async def upload() -> Response:
    """Store a file; it is mine until I send it.

    Of a JPEG, PNG, GIF or WebP picture, where, when and by which device it was taken is removed.
    """
    chat, body = current_chat(), cast(PacedBody, request.body)
    limit = int(chat.settings.max_file_bytes)
    body.limit = limit + multipart.OVERHEAD
    size = max(0, (request.content_length or 0) - multipart.OVERHEAD)
    await service.admit_upload(chat, current_user_id(), size)
    incoming = await multipart.read_file(body, request.headers.get("Content-Type", ""), limit)
    return answer(await service.save_upload(chat, current_user_id(), incoming), 201)


@routes.get("/files/<name>")
@answers_with_file
async def read(name: str) -> Response:
    """A file, to its uploader and to the members of rooms where it was sent."""
    chat = current_chat()
    user_id = (await _who_reads()).user_id
    stored = await service.find_readable(chat, name, user_id)
    return send_file(request, stored, Reader(user_id, chat.part(FileThreads).reading))


@routes.get("/files/<name>/thumbnail")
@answers_with_file
async def read_small(name: str) -> Response:
    """What a chat shows of an image, to those who may read it: a small copy, or the file itself."""
    chat = current_chat()
    user_id = (await _who_reads()).user_id
    stored = await service.find_thumbnail(chat, name, user_id)
    return send_file(request, stored, Reader(user_id, chat.part(FileThreads).reading))


async def _who_reads() -> Identity:
    """By the token, or by the cookie that lets `<img src>` work; only these two routes take that."""
    chat = current_chat()
    if "Authorization" in request.headers:
        identity = await authenticate(chat, bearer_token())
    else:
        identity = await authenticate_cookie(chat, request.cookies.get(files_cookie_name(), ""))
    chat.limits.hit(REQUESTS, identity.user_id)
    return identity
