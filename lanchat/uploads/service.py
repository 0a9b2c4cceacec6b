"""Beginning an upload, going on with it after any interruption, and having it stored once it is whole."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from lanchat.core.base.bounds import Bound
from lanchat.core.base.errors import ChatError, TooLarge
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.files import service as files
from lanchat.files import storage
from lanchat.files.errors import EmptyFile, QuotaExceeded
from lanchat.files.images.formats import HEAD, image_type
from lanchat.files.models import Attachment
from lanchat.files.multipart import steadily
from lanchat.files.names import display_name
from lanchat.files.schemas import AttachmentPayload, file_path
from lanchat.files.service import Brought
from lanchat.files.storage import Upload
from lanchat.files.threads import SWEEPING, FileThreads
from lanchat.uploads.errors import StillUnfinished, UploadNotFound, WrongOffset
from lanchat.uploads.models import MAX_UNFINISHED, Unfinished, UnfinishedUpload
from lanchat.uploads.turns import Turns

LIFE = timedelta(hours=24)  # since it last went on
SWEEP_EVERY = 3600.0  # s
UNFINISHED = Bound(
    "unfinished_uploads",
    f"{MAX_UNFINISHED} for {LIFE.total_seconds() / 3600:.0f} hours; their bytes count as stored ones do",
    "a user",
)

log = logging.getLogger(__name__)


class Wanted(NamedTuple):
    """What a client says of a file before it sends it; `length` in bytes, None while it doesn't know."""

    length: int | None
    filename: str
    claimed_type: str


class More(NamedTuple):
    """What is sent of an upload from `offset` on; `length` of the whole, where it was not known before."""

    offset: int
    length: int | None
    body: AsyncIterable[bytes]


class Progress(NamedTuple):
    """Of an upload: bytes that have arrived, and will; `expires` unless it is whole."""

    name: str
    offset: int
    length: int | None
    expires: datetime | None


async def begin(chat: Chat, uploader_id: int, wanted: Wanted) -> Progress:
    """Raises EmptyFile, TooMany, TooManyUnfinished, TooLarge, QuotaExceeded or StorageFull."""
    if wanted.length == 0:
        raise EmptyFile
    settings, filename = chat.settings, display_name(wanted.filename)
    limit = files.limit_of(settings, filename, wanted.claimed_type)
    if (wanted.length or 0) > limit:
        raise TooLarge(limit=limit)
    await files.admit_upload(chat, uploader_id, wanted.length or 0)
    await _forget_lost(chat, await chat.db.read(UnfinishedUpload.of, uploader_id))
    name, most = storage.new_name(), wanted.length or limit
    new = Unfinished(name, uploader_id, filename, wanted.claimed_type, wanted.length, most, chat.clock.steady())
    upload, writing = _aside(chat, name), chat.part(FileThreads).writing
    async with chat.part(Turns).turn(name):
        try:
            await writing.run(uploader_id, upload.open)
            await writing.run(uploader_id, upload.close)
            await chat.db.write(UnfinishedUpload.add, new, files.quota_of(chat))
        except BaseException:
            await writing.clean_up(upload.discard)
            raise
    return Progress(name, 0, wanted.length, _expiry(new))


async def look(chat: Chat, uploader_id: int, name: str) -> Progress:
    """Where it goes on; a request that still sends it ends. Raises UploadNotFound."""
    async with chat.part(Turns).turn(name):
        whole = await chat.db.read(Attachment.find_own, uploader_id, file_path(name))
        if whole is not None:
            return Progress(name, whole.payload.file_size, whole.payload.file_size, None)
        row = await _find(chat, uploader_id, name)
        async with _opened(chat, row) as (_, offset):
            return Progress(name, offset, row.length, _expiry(row))


async def go_on(chat: Chat, uploader_id: int, name: str, more: More) -> Progress:
    """Take what comes from its offset on, and store the file once it is whole.

    What has arrived stays whatever happens. Raises UploadNotFound, WrongOffset, TooLarge, TooSlow, TakenOver,
    StorageFull or TooMany; of a whole one also what `files.keep` raises: nothing remains of what is too large for the
    quota, all else can be asked for again by `result`.
    """
    async with chat.part(Turns).turn(name) as turn:
        row = await _find(chat, uploader_id, name)
        length = more.length if row.length is None else row.length
        if (length or 0) > row.most:
            raise TooLarge(limit=row.most)
        row = row._replace(touched_at=chat.clock.steady(), length=length)
        async with _opened(chat, row) as (upload, offset):
            if more.offset != offset:
                raise WrongOffset(offset=offset)
            if length is not None and length < max(1, offset):  # else what lies here would count as less
                raise invalid_input("Upload-Length", "shorter", arrived=offset)
            await chat.db.write(UnfinishedUpload.touch, name, length, row.touched_at)
            arrived = await _take(chat, row, upload, offset, turn.pieces(steadily(more.body)))
    if arrived == row.length:
        await _finish(chat, row)
    return Progress(name, arrived, row.length, _expiry(row))


async def result(chat: Chat, uploader_id: int, name: str) -> AttachmentPayload:
    """Raises UploadNotFound, or StillUnfinished while bytes are missing."""
    progress = await look(chat, uploader_id, name)
    if progress.expires is not None and progress.offset == progress.length:  # it could not be stored when it came
        with suppress(UploadNotFound):  # it has been in between
            await _finish(chat, await _find(chat, uploader_id, name))
    whole = await chat.db.read(Attachment.find_own, uploader_id, file_path(name))
    if whole is None:
        raise StillUnfinished(offset=progress.offset, length=progress.length)
    return whole.payload


async def give_up(chat: Chat, uploader_id: int, name: str) -> None:
    """Nothing of it remains. Raises UploadNotFound, of one that is whole as well: that is a file now."""
    async with chat.part(Turns).turn(name):
        await _find(chat, uploader_id, name)
        await _drop(chat, _aside(chat, name))


async def drop_all_of(chat: Chat, uploader_id: int) -> None:
    """Of somebody who has gone, nothing that isn't whole remains, and nothing goes on."""
    for name in await chat.db.read(UnfinishedUpload.of, uploader_id):
        async with chat.part(Turns).turn(name):
            await _drop(chat, _aside(chat, name))


async def sweep(chat: Chat) -> None:
    """Remove what nobody went on with for a day, bytes that no row knows, and rows whose bytes are gone."""
    folder, turns = chat.settings.uploads_dir / storage.UNFINISHED, chat.part(Turns)
    touched = await chat.db.read(UnfinishedUpload.all_touched)
    latest = chat.clock.steady(-LIFE)
    old = [name for name, at in touched.items() if at < latest and not turns.is_busy(name)]
    await chat.db.write(UnfinishedUpload.forget_all, old)
    await SWEEPING.run(storage.remove, [folder / name for name in old])
    await _forget_lost(chat, touched)
    there = await SWEEPING.run(storage.aged, folder, files.STRAY_AGE)
    known = await chat.db.read(UnfinishedUpload.all_touched)
    await SWEEPING.run(storage.remove, [path for name, path in there.items() if name not in known])


async def keep_swept(chat: Chat) -> None:
    """Now and every hour."""
    while True:
        try:
            await sweep(chat)
        except (ChatError, OSError) as error:
            log.warning("unfinished uploads could not be swept, next time in an hour: %s", error)
        await asyncio.sleep(SWEEP_EVERY)


async def stop(chat: Chat) -> None:
    await chat.part(Turns).tasks.finish(1.0)


def _aside(chat: Chat, name: str) -> Upload:
    return Upload(chat.settings.uploads_dir, chat.settings.disk_reserve_bytes, name)


def _expiry(row: Unfinished) -> datetime:
    return datetime.fromisoformat(row.touched_at) + LIFE


async def _forget_lost(chat: Chat, touched: Iterable[str]) -> None:
    """Rows without bytes, of a crash or a backup: they would count for a day, and nobody could go on with them."""
    folder, turns = chat.settings.uploads_dir / storage.UNFINISHED, chat.part(Turns)
    lost = await SWEEPING.run(storage.missing, folder, [name for name in touched if not turns.is_busy(name)])
    if lost:
        await chat.db.write(UnfinishedUpload.forget_all, lost)


async def _find(chat: Chat, uploader_id: int, name: str) -> Unfinished:
    row = await chat.db.read(UnfinishedUpload.find, name, uploader_id, chat.clock.steady(-LIFE))
    if row is None:
        raise UploadNotFound
    return row


@asynccontextmanager
async def _opened(chat: Chat, row: Unfinished) -> AsyncGenerator[tuple[Upload, int]]:
    """The upload and the number of bytes that have arrived, within a turn."""
    threads, upload = chat.part(FileThreads), _aside(chat, row.name)
    async with threads.upload(row.uploader_id):
        try:
            arrived = await threads.writing.run(row.uploader_id, upload.go_on)
            if arrived is None:
                raise UploadNotFound
            yield upload, arrived
        finally:
            await threads.writing.clean_up(upload.close)


async def _take(chat: Chat, row: Unfinished, upload: Upload, arrived: int, pieces: AsyncIterable[bytes]) -> int:
    writing, most = chat.part(FileThreads).writing, row.length or row.most
    async for data in pieces:
        if arrived + len(data) > most:
            raise TooLarge(limit=most)
        await writing.run(row.uploader_id, upload.write, data)
        arrived += len(data)
    return arrived


async def _finish(chat: Chat, row: Unfinished) -> None:
    """Goes on when whoever sent the last byte has gone: they come back and ask."""
    refusals: list[ChatError] = []

    async def store() -> None:
        try:
            await _store(chat, row)
        except ChatError as refusal:
            refusals.append(refusal)

    await asyncio.shield(chat.part(Turns).tasks.run(store(), f"storing of upload {row.name}"))
    if refusals:
        raise refusals[0]


async def _store(chat: Chat, row: Unfinished) -> None:
    uploader_id, writing = row.uploader_id, chat.part(FileThreads).writing
    async with chat.part(Turns).turn(row.name):
        if await chat.db.read(UnfinishedUpload.find, row.name, uploader_id, "") is None:
            return  # another request was quicker
        upload = _aside(chat, row.name)
        try:
            found_type = image_type(await writing.run(uploader_id, upload.head, HEAD))
            if found_type is not None:
                _require_small(row, int(chat.settings.max_image_bytes))
            forget = partial(UnfinishedUpload.forget, row.name)
            await files.keep(chat, upload, Brought(uploader_id, row.filename), found_type, forget)
        except (TooLarge, QuotaExceeded):
            await _drop(chat, upload)  # it will fit no better the next time
            raise
        finally:  # after any other trouble it stays as it came, to be tried again
            await writing.clean_up(upload.tidy)


def _require_small(row: Unfinished, limit: int) -> None:
    if (row.length or 0) > limit:
        raise TooLarge(limit=limit)


async def _drop(chat: Chat, upload: Upload) -> None:
    try:
        await chat.db.write(UnfinishedUpload.forget, upload.name)
    finally:
        await chat.part(FileThreads).writing.clean_up(upload.discard)
