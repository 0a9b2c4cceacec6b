"""REST for files."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import cast

from quart import Blueprint, Response, request
from quart_schema import DataSource, document_request, document_response

from lanchat.accounts.readers import who_reads
from lanchat.core.base.schemas import Input
from lanchat.core.chat import Chat
from lanchat.core.edge.bodies import PacedBody
from lanchat.core.edge.conditions import has_it
from lanchat.core.edge.rest import (
    REQUESTS,
    answer,
    answers_with_file,
    current_chat,
    current_user_id,
    streams,
)
from lanchat.files import multipart, service
from lanchat.files.download import Reader, send_file, with_headers
from lanchat.files.errors import FileNotThere
from lanchat.files.pictures import CONTENT_TYPE, find_square
from lanchat.files.schemas import AttachmentPayload
from lanchat.files.service import StoredFile
from lanchat.files.threads import LOOKING_UP, FileThreads

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
    """A file, to its uploader and to the members of rooms where it was sent.

    `?as=` of a user id says with which of a browser's accounts; without it, with any that may.
    """
    return await _send(service.find_readable, name)


@routes.get("/files/<name>/thumbnail")
@answers_with_file
async def read_small(name: str) -> Response:
    """What a chat shows of an image, to those who may read it: a small copy, or the file itself."""
    return await _send(service.find_thumbnail, name)


@routes.get("/files/avatars/<name>")
@answers_with_file
async def read_square(name: str) -> Response:
    """A picture of a person or a room, to everybody signed in: 256 pixels wide and high, with `?s=64` as many."""
    chat = current_chat()
    readers = await who_reads(chat)
    chat.limits.hit(REQUESTS, readers[0].user_id)
    is_small = request.args.get("s") == "64"
    etag = f"{name}-64" if is_small else name
    response = (
        Response(status=304) if has_it(request, etag) else Response(await find_square(chat, name, is_small=is_small))
    )
    response.content_type = CONTENT_TYPE
    return with_headers(response, etag)


async def _send(find: Callable[[Chat, str, int], Awaitable[StoredFile]], name: str) -> Response:
    chat = current_chat()
    for identity in await who_reads(chat):
        chat.limits.hit(REQUESTS, identity.user_id)
        with suppress(FileNotThere):
            stored = await find(chat, name, identity.user_id)
            if not await LOOKING_UP.run(stored.path.exists):  # taken back meanwhile
                raise FileNotThere
            return send_file(request, stored, Reader(identity.user_id, chat.part(FileThreads).reading))
    raise FileNotThere
