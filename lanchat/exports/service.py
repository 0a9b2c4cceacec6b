"""Asking for an export, and fetching it. Who may is asked at both, and again at each portion."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import NamedTuple

from lanchat.accounts.models import User
from lanchat.core.base.errors import NotAuthenticated
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.exports.making import Maker
from lanchat.exports.own import OwnMaker
from lanchat.exports.rooms import RoomMaker
from lanchat.exports.schemas import ExportPayload, ExportSizePayload
from lanchat.exports.tickets import Exports, Wanted
from lanchat.messages.models.portions import Extent, extent_of_author, extent_of_room
from lanchat.messages.service.read import READS
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models import Room
from lanchat.rooms.permissions import Action

EXPORTS = Rate("exports", 6, 3600, of_address=120)  # of a user
NAME_CHARACTERS = 60  # of a room's name in that of its archive


class Opened(NamedTuple):
    """An archive that is about to be made, and what it shall be called."""

    maker: Maker
    filename: str


async def measure(chat: Chat, user_id: int, room_id: int | None) -> ExportSizePayload:
    """How much it would be; without a room, all that is mine. Raises NotAMember or RoomNotFound."""
    chat.limits.hit(READS, user_id)

    def find() -> Extent:
        if room_id is None:
            return extent_of_author(user_id)
        return extent_of_room(room_id, authorise(user_id, Action.READ, room_id, chat.clock.now()).hidden_seq)

    async with chat.large_answers.turn(user_id):
        extent = await chat.db.read(find)
    return ExportSizePayload(messages=extent.messages, files=extent.files, file_bytes=extent.file_bytes)


async def order(chat: Chat, wanted: Wanted) -> ExportPayload:
    """Where to fetch it. Raises NotAMember, RoomNotFound, ExportRunning or TooMany."""
    await _require_readable(chat, wanted)
    chat.part(Exports).require_none(wanted.user_id)
    chat.limits.hit(EXPORTS, wanted.user_id)
    return ExportPayload(path=f"/files/exports/{chat.part(Exports).issue(wanted)}")


async def open_ordered(chat: Chat, name: str, user_ids: list[int]) -> Opened:
    """One that was ordered by one of these people. Raises ExportGone, ExportRunning, and what `order` does."""
    return await _open(chat, chat.part(Exports).find(name, user_ids))


async def open_at_once(chat: Chat, wanted: Wanted) -> Opened:
    """For programs. Raises NotAMember, RoomNotFound, ExportRunning or TooMany."""
    await _require_readable(chat, wanted)
    chat.part(Exports).require_none(wanted.user_id)
    chat.limits.hit(EXPORTS, wanted.user_id)
    return await _open(chat, wanted)


async def stream(chat: Chat, opened: Opened) -> AsyncGenerator[bytes]:
    """The archive; whoever closes this early ends all work on it. Raises ExportRunning."""
    exports, maker = chat.part(Exports), opened.maker
    with exports.under_way(maker.wanted.user_id):
        try:
            async with aclosing(maker.pieces()) as pieces:  # pyright: ignore[reportArgumentType], a generator
                async for piece in pieces:
                    if piece:
                        yield piece
        finally:
            await asyncio.shield(exports.making.clean_up(maker.discard))


async def stop(chat: Chat) -> None:
    chat.part(Exports).close()


async def _open(chat: Chat, wanted: Wanted) -> Opened:
    chat.part(Exports).require_none(wanted.user_id)
    user_id, room_id, now = wanted.user_id, wanted.room_id, chat.clock.now()

    def find() -> Maker:
        user = User.find_own(user_id)
        if user is None:
            raise NotAuthenticated
        if room_id is None:
            return OwnMaker(chat, wanted, user, Room.list_for(user_id, now, 0).mine, extent_of_author(user_id))
        standing = authorise(user_id, Action.READ, room_id, now)
        room = Room.find(user_id, room_id, now)
        return RoomMaker(chat, wanted, user, room, extent_of_room(room_id, standing.hidden_seq))

    async with chat.large_answers.turn(user_id):
        maker = await chat.db.read(find)
    about = maker.room.name if isinstance(maker, RoomMaker) else maker.user.username
    return Opened(maker, f"{_plain(chat.host.name)} - {_plain(about)} - {now[:10]}.zip")


async def _require_readable(chat: Chat, wanted: Wanted) -> None:
    if wanted.room_id is not None:
        await chat.db.read(authorise, wanted.user_id, Action.READ, wanted.room_id, chat.clock.now())


def _plain(name: str) -> str:
    """As part of a file's name on any system."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]', "_", name)[:NAME_CHARACTERS].strip(". ") or "LanChat"
