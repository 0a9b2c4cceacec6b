"""Sending, history, what is unread, and catching up."""

import asyncio
from functools import partial

from lanchat.core.chat import Chat
from lanchat.core.errors import NotAMember
from lanchat.core.hub import Hub
from lanchat.core.limits import Rate
from lanchat.messages.models import Message, Stored
from lanchat.messages.schemas import (
    Draft,
    HistoryPayload,
    HistoryQuery,
    OverviewPayload,
    RoomOverview,
    RoomRead,
    RoomSync,
    SyncPayload,
    SyncRequest,
)
from lanchat.presence.typing import Typing
from lanchat.rooms.access import Action, authorise
from lanchat.rooms.models import Membership

MESSAGES = Rate("messages of a user", 60, 12)  # 5 a second, in bursts of 60
READS = Rate("reads of a user", 600, 10)
SYNC_BUDGET = 500  # messages in one answer, over all its rooms


def send_message(chat: Chat, author_id: int, draft: Draft) -> "asyncio.Future[Stored]":
    """Store a message, then tell the room.

    Sending the same `client_id` again returns the first message and tells nobody, so a client may
    retry after a lost acknowledgement. Queued before this returns: order is the order of calls.

    Raises TooMany; the future: RoomNotFound, NotAMember, FileNotThere, or Muted while the author
    may not speak there.
    """
    chat.limits.hit(MESSAGES, author_id)
    # Now and not after the commit: by then the author may be typing the next one.
    chat.part(Typing).stop(author_id, draft.room_id)
    return chat.db.write(Message.append, author_id, draft, chat.clock.now(), then=partial(_tell, chat.hub))


async def history(chat: Chat, user_id: int, room_id: int, query: HistoryQuery) -> HistoryPayload:
    """Members only: raises RoomNotFound or NotAMember."""
    chat.limits.hit(READS, user_id)

    def find() -> HistoryPayload:
        authorise(user_id, Action.READ, room_id)
        messages, has_more = Message.page(room_id, query)
        return HistoryPayload(messages=messages, has_more=has_more, last_seq=Message.last_seq(room_id))

    return await chat.db.read(find)


async def overview(chat: Chat, user_id: int) -> OverviewPayload:
    """What is new in each of the user's rooms."""
    chat.limits.hit(READS, user_id)

    def find() -> list[RoomOverview]:
        return Message.overview(user_id)

    return OverviewPayload(rooms=await chat.db.read(find))


async def mark_read(chat: Chat, user_id: int, room_id: int, seq: int) -> int:
    """Remember how far the user has read, and tell their other tabs. Raises NotAMember."""
    chat.limits.hit(READS, user_id)

    def tell(mark: int | None) -> None:
        if mark is not None:
            chat.hub.to_user(user_id, "room_read", RoomRead(room_id=room_id, last_read_seq=mark))

    mark = await chat.db.write(Membership.mark_read, user_id, room_id, seq, then=tell)
    if mark is None:
        raise NotAMember
    return mark


async def sync(chat: Chat, user_id: int, request: SyncRequest) -> SyncPayload:
    """What a returning client lacks, room by room; rooms that it isn't in (any more) are left out.

    Live events go on meanwhile: the client drops what it has by `seq` and `changed_seq`.
    """
    chat.limits.hit(READS, user_id)

    def find() -> dict[str, RoomSync]:
        rooms: dict[str, RoomSync] = {}
        budget = SYNC_BUDGET
        mine = set(Membership.room_ids_of(user_id))
        for key, seq in request.rooms.items():
            if int(key) in mine:
                rooms[key] = Message.changed_since(int(key), seq, limit=max(1, min(200, budget)))
                budget -= len(rooms[key].messages)
        return rooms

    return SyncPayload(rooms=await chat.db.read(find), epoch=chat.epoch)


def _tell(hub: Hub, stored: Stored) -> None:
    """Runs once the commit is durable, in commit order, whether or not the sender still waits."""
    if stored.is_new:
        hub.to_room(stored.payload.room_id, "new_message", stored.payload)
