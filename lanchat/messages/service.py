"""Sending, history, what is unread, and catching up."""

import asyncio
import time
from functools import partial

from lanchat.accounts.models import User
from lanchat.core.base.answers import Space
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.schemas import Plain
from lanchat.core.chat import Chat
from lanchat.core.storage.group_commit import Answer
from lanchat.messages import models
from lanchat.messages.models import Message, Sending, Stored, append
from lanchat.messages.receipts import Receipts
from lanchat.messages.schemas import (
    Draft,
    HistoryPayload,
    HistoryQuery,
    ReadersPayload,
    RoomRead,
    RoomSync,
    SyncPayload,
    SyncRequest,
)
from lanchat.presence.typing import Typing
from lanchat.rooms.access import authorise
from lanchat.rooms.errors import NotAMember
from lanchat.rooms.models import Marks, Membership
from lanchat.rooms.permissions import Action

MESSAGES = Rate("messages", 60, 12)  # of a user: 5 a second, in bursts of 60
READS = Rate("reads", 600, 10)  # of a user
MAX_READERS = 50  # listed; all are counted
SYNC_PAGE = 200  # messages of a room in one answer
SYNC_BUDGET = 500  # messages in one answer, over all its rooms


def queue_message(chat: Chat, author_id: int, draft: Draft, answer: Answer[Stored]) -> None:
    """Store a message, then tell the room, then `answer`, which gets RoomNotFound, NotAMember,
    FileNotThere, or Muted where the author may not speak.

    Sending the same `client_id` again returns the first message and tells nobody, so a client may
    retry after a lost acknowledgement. Queued before this returns: order is the order of calls.

    Raises TooMany.
    """
    chat.limits.hit(MESSAGES, author_id)
    # Now and not after the commit: by then the author may be typing the next one.
    chat.part(Typing).stop(author_id, draft.room_id)
    tell = partial(_tell, chat, time.perf_counter(), answer)
    chat.db.write_batch(append, Sending(author_id, draft, chat.clock.now()), tell)


def send_message(chat: Chat, author_id: int, draft: Draft) -> "asyncio.Future[Stored]":
    """As `queue_message`, for who waits; the future raises what that answers."""
    answered: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()

    def answer(outcome: Stored | BaseException) -> None:
        if answered.cancelled():
            return
        if isinstance(outcome, Stored):
            answered.set_result(outcome)
        else:
            answered.set_exception(outcome)

    queue_message(chat, author_id, draft, answer)
    return answered


async def history(chat: Chat, user_id: int, room_id: int, query: HistoryQuery) -> HistoryPayload:
    """Members only: raises RoomNotFound or NotAMember."""
    chat.limits.hit(READS, user_id)

    def find() -> HistoryPayload:
        authorise(user_id, Action.READ, room_id, chat.clock.now())
        messages, has_more = Message.page(room_id, query)
        return HistoryPayload(messages=messages, has_more=has_more, last_seq=Message.last_seq(room_id))

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


async def overview(chat: Chat, user_id: int) -> Plain:
    """What is new in each of the user's rooms, as the fields of an OverviewPayload."""
    chat.limits.hit(READS, user_id)
    async with chat.large_answers.turn(user_id):
        return {"rooms": await chat.db.read(models.overview, user_id)}


async def mark_read(chat: Chat, user_id: int, room_id: int, seq: int) -> int:
    """Remember how far the user has read, and tell their other tabs; the mark now. Raises NotAMember."""
    marks = await _mark(chat, user_id, room_id, delivered=0, read=seq)
    chat.hub.to_user(user_id, "room_read", RoomRead(room_id=room_id, last_read_seq=marks.read_seq))
    return marks.read_seq


async def mark_delivered(chat: Chat, user_id: int, room_id: int, seq: int) -> None:
    """Remember how much of a room has reached the user. Raises NotAMember."""
    await _mark(chat, user_id, room_id, delivered=seq, read=0)


async def _mark(chat: Chat, user_id: int, room_id: int, delivered: int, read: int) -> Marks:
    chat.limits.hit(READS, user_id)

    def tell(marks: Marks | None) -> None:
        if marks is not None:
            chat.part(Receipts).moved(user_id, room_id, marks)

    marks = await chat.db.write(Membership.mark, user_id, room_id, delivered, read, then=tell)
    if marks is None:
        raise NotAMember
    return marks


async def readers(chat: Chat, user_id: int, room_id: int, seq: int) -> ReadersPayload:
    """Who has read a message; members only: raises RoomNotFound or NotAMember."""
    chat.limits.hit(READS, user_id)

    def find() -> ReadersPayload:
        authorise(user_id, Action.READ, room_id, chat.clock.now())
        ids, total = Membership.readers_of(room_id, seq, MAX_READERS)
        return ReadersPayload(readers=User.payloads(ids), total=total)

    async with chat.large_answers.turn(user_id):
        found = await chat.db.read(find)
    people = [person.model_copy(update={"is_online": chat.hub.is_online(person.id)}) for person in found.readers]
    return ReadersPayload(readers=people, total=found.total)


async def sync(chat: Chat, user_id: int, request: SyncRequest) -> SyncPayload:
    """What a returning client lacks, room by room; rooms that it isn't in (any more) are left out.

    Live events go on meanwhile: the client drops what it has by `seq` and `changed_seq`.
    """
    chat.limits.hit(READS, user_id)

    def find() -> dict[str, RoomSync]:
        rooms: dict[str, RoomSync] = {}
        budget, space = SYNC_BUDGET, Space()
        mine = set(Membership.room_ids_of(user_id))
        for key, seq in request.rooms.items():
            if int(key) in mine:
                rooms[key] = Message.changed_since(int(key), seq, max(1, min(SYNC_PAGE, budget)), space)
                budget -= len(rooms[key].messages)
                space.is_full = space.is_full or budget <= 0
        return rooms

    async with chat.large_answers.turn(user_id):
        return SyncPayload(rooms=await chat.db.read(find), epoch=chat.epoch)


def _tell(chat: Chat, started: float, answer: Answer[Stored], outcome: Stored | BaseException) -> None:
    """Runs once the commit is durable, in commit order, whether or not the sender still waits."""
    if isinstance(outcome, Stored) and outcome.is_new:
        chat.metrics.count_message(started)
        chat.hub.to_room(outcome.room_id, "new_message", outcome.json)
    answer(outcome)
