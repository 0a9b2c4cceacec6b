"""Taking uploads in, finding what somebody may read, and sweeping up what nobody does."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path, PurePath
from typing import NamedTuple

from lanchat.config import Settings
from lanchat.core.base.errors import ChatError, TooLarge
from lanchat.core.base.metrics import Metrics
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.files import storage
from lanchat.files.errors import EmptyFile, FileNotThere
from lanchat.files.hooks import pending, used
from lanchat.files.images.clean import Picture
from lanchat.files.images.formats import FORMATS, HEAD, image_type
from lanchat.files.images.thumbnails import CONTENT_TYPE, Thumbnails
from lanchat.files.models import Attachment, NewAttachment, Quota
from lanchat.files.multipart import Incoming
from lanchat.files.names import UNKNOWN_TYPE, display_name, guess_type
from lanchat.files.schemas import AttachmentPayload
from lanchat.files.storage import Upload
from lanchat.files.threads import LOOKING_UP, SWEEPING, FileThreads

UPLOADS = Rate("uploads", 60, 60, of_address=300)  # of a user
UNSENT_LIFE = timedelta(hours=24)
STRAY_AGE = 3600.0  # s; a file is in its place a moment before its row is
SWEEP_EVERY = 3600.0  # s

log = logging.getLogger(__name__)


class Brought(NamedTuple):
    """Whose file it is, and what it is called."""

    uploader_id: int
    filename: str


def _nothing() -> None:
    pass


class StoredFile(NamedTuple):
    """A file that somebody may read, and where it lies."""

    payload: AttachmentPayload
    path: Path


async def admit_upload(chat: Chat, uploader_id: int, size: int) -> None:
    """Whether somebody may start sending `size` bytes: refused now, they are spared the sending.

    Raises TooMany, TooLarge, QuotaExceeded or StorageFull.
    """
    settings = chat.settings
    chat.limits.hit(UPLOADS, uploader_id)
    if size > settings.max_file_bytes:
        raise TooLarge(limit=int(settings.max_file_bytes))
    await chat.db.read(Attachment.require_room, uploader_id, size, quota_of(chat))
    await LOOKING_UP.run(storage.require_space, settings.uploads_dir, size + settings.disk_reserve_bytes)


async def save_upload(chat: Chat, uploader_id: int, incoming: Incoming) -> AttachmentPayload:
    """Store what is being sent; when this returns it is durable. Of a failure nothing remains.

    Raises TooMany, TooLarge, EmptyFile, QuotaExceeded, StorageFull and what reading raises.
    """
    filename = display_name(incoming.filename)
    async with under_way(chat, uploader_id) as upload:
        limit = limit_of(chat.settings, filename, incoming.claimed_type)
        found_type = await receive(chat, upload, incoming, limit, uploader_id)
        return await keep(chat, upload, Brought(uploader_id, filename), found_type)


async def keep(
    chat: Chat,
    upload: Upload,
    brought: Brought,
    found_type: str | None,
    first: Callable[[], object] = _nothing,
) -> AttachmentPayload:
    """Put what has arrived whole in its place, cleaned if it is an image; when this returns it is durable.

    `first` is done in the same transaction, before it counts. Raises TooMany, QuotaExceeded or StorageFull.
    """
    threads, picture = chat.part(FileThreads), None
    uploader_id, filename = brought
    if found_type is not None:
        picture = await threads.pictures.run(uploader_id, upload.clean, found_type)
    size = await threads.writing.run(uploader_id, upload.place)
    look = seen_as(picture, filename)
    new = NewAttachment(upload.name, uploader_id, filename, size, *look, now=chat.clock.steady())

    def store() -> AttachmentPayload:
        first()
        return Attachment.add(new, quota_of(chat))

    upload.is_kept = True  # also where nobody waits for the answer any more
    try:
        payload = await chat.db.write(store)
    except Exception:
        upload.is_kept = False
        raise
    chat.metrics.count_upload(size)
    return payload


def limit_of(settings: Settings, filename: str, claimed_type: str) -> int:
    """Of a file of which nothing but this is known yet, in bytes."""
    is_image = claimed_type in FORMATS or guess_type(filename) in FORMATS
    return int(settings.max_image_bytes if is_image else settings.max_file_bytes)


def quota_of(chat: Chat) -> Quota:
    settings, unfinished = chat.settings, tuple(pending.all(chat.fillings))
    return Quota(settings.upload_quota_bytes, settings.guest_quota_bytes, settings.guests_quota_bytes, unfinished)


async def find_readable(chat: Chat, name: str, user_id: int) -> StoredFile:
    """Raises FileNotThere, the same for what doesn't exist and for what isn't theirs."""
    payload = await chat.db.read(Attachment.find_readable, name, user_id, used.all(chat.fillings))
    if payload is None:
        raise FileNotThere
    return StoredFile(payload, storage.path_of(chat.settings.uploads_dir, name))


async def find_thumbnail(chat: Chat, name: str, user_id: int) -> StoredFile:
    """What a chat shows of an image: a small copy, or else the file itself. Raises FileNotThere as well."""
    stored = await find_readable(chat, name, user_id)
    file = stored.payload
    if file.thumbnail_path is None:
        return stored
    found = await chat.part(Thumbnails).find(user_id, name, stored.path, file.content_type)
    if found is None:
        return stored
    path, size = found
    seen_as = {"filename": f"{PurePath(file.filename).stem}.webp", "file_size": size, "content_type": CONTENT_TYPE}
    return StoredFile(file.model_copy(update=seen_as), path)


async def discard(chat: Chat, name: str) -> None:
    """Remove a file that has no row any more, and its small copy."""
    folders = (chat.settings.uploads_dir, chat.settings.thumbnails_dir)
    await SWEEPING.run(storage.remove, [storage.path_of(folder, name) for folder in folders])


async def sweep(chat: Chat) -> None:
    """Remove uploads that were never sent, files that have no row, and the thumbnails of both."""
    folders = (chat.settings.uploads_dir, chat.settings.thumbnails_dir)
    unsent = await chat.db.write(Attachment.forget_unsent, chat.clock.steady(-UNSENT_LIFE), used.all(chat.fillings))
    for folder in folders:
        await SWEEPING.run(storage.remove, [storage.path_of(folder, name) for name in unsent])
        old = await SWEEPING.run(storage.old_files, folder, STRAY_AGE)
        known = await chat.db.read(Attachment.known, old)
        await SWEEPING.run(storage.remove, [path for name, path in old.items() if name not in known])


async def start(chat: Chat) -> None:
    """Clear away what a former run left unfinished."""
    await SWEEPING.run(storage.discard_incoming, chat.settings.uploads_dir)


async def stop(chat: Chat) -> None:
    chat.part(Thumbnails).close()
    chat.part(FileThreads).close()


def show_figures(chat: Chat, metrics: Metrics) -> None:
    thumbnails = chat.part(Thumbnails)
    metrics.counter("thumbnails", "Thumbnails made.", lambda: thumbnails.made)
    metrics.gauge("thumbnails_waiting", "Thumbnails that are being made.", thumbnails.waiting)


async def keep_swept(chat: Chat) -> None:
    """Now and every hour."""
    while True:
        try:
            await sweep(chat)
        except (ChatError, OSError) as error:
            log.warning("files could not be swept, next time in an hour: %s", error)
        await asyncio.sleep(SWEEP_EVERY)


@asynccontextmanager
async def under_way(chat: Chat, uploader_id: int) -> AsyncGenerator[Upload]:
    threads = chat.part(FileThreads)
    upload = Upload(chat.settings.uploads_dir, chat.settings.disk_reserve_bytes)
    async with threads.upload(uploader_id):
        try:
            await threads.writing.run(uploader_id, upload.open)
            yield upload
        finally:
            if not upload.is_kept:
                await threads.writing.clean_up(upload.discard)


async def receive(chat: Chat, upload: Upload, incoming: Incoming, limit: int, uploader_id: int) -> str | None:
    """Write the content as it comes; returns the type of image that it looks like.

    Raises EmptyFile, and TooLarge above `limit` bytes or those of an image.
    """
    writing = chat.part(FileThreads).writing
    head, size = b"", 0
    async for data in incoming.content:
        size += len(data)
        if len(head) < HEAD:
            head += data[:HEAD]
            if image_type(head):
                limit = min(limit, int(chat.settings.max_image_bytes))
        if size > limit:
            raise TooLarge(limit=limit)
        await writing.run(uploader_id, upload.write, data)
    if size == 0:
        raise EmptyFile
    await writing.run(uploader_id, upload.close)
    return image_type(head)


def seen_as(picture: Picture | None, filename: str) -> tuple[str, int | None, int | None]:
    """Type, width and height. Only what was looked at may be called an image that browsers show."""
    if picture is not None:
        return picture
    guessed = guess_type(filename)
    return UNKNOWN_TYPE if guessed in FORMATS else guessed, None, None
