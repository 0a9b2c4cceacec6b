"""Saying something."""

import asyncio
import time
from functools import partial

from lanchat.core.base.origin import ORIGIN
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.core.storage.group_commit import Answer
from lanchat.messages.models import Sending, Stored, append
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.service.telling import tell_change
from lanchat.presence.typing import Typing
from lanchat.rooms.service.tell import tell_listed

MESSAGES = Rate("messages", 60, 12)  # of a user: 5 a second, in bursts of 60
# Guests are as many as somebody likes, so they share; forty who talk at once say half of it. Beyond, whoever says
# little goes on, until the second of each pair.
OF_ADDRESS = Rate("guest_messages_of_address", 600, 12), Rate("all_guest_messages_of_address", 1200, 12)
OF_ROOM = Rate("guest_messages_of_room", 600, 12), Rate("all_guest_messages_of_room", 1200, 12)
LITTLE = 6  # messages in 12 s


def queue_message(chat: Chat, author_id: int, draft: Draft, answer: Answer[Stored], *, is_guest: bool = False) -> None:
    """Store a message, then tell the room, then `answer`, which gets RoomNotFound, NotAMember,
    FileNotThere, MessageNotFound of what is passed on, or Muted where the author may not speak.

    Sending the same `client_id` again returns the first message and tells nobody, so a client may
    retry after a lost acknowledgement. Queued before this returns: order is the order of calls.

    Raises TooMany.
    """
    if is_guest:
        _require_share(chat, author_id, draft.room_id)
    chat.limits.hit(MESSAGES, author_id)
    # Now and not after the commit: by then the author may be typing the next one.
    chat.part(Typing).stop(author_id, draft.room_id)
    tell = partial(_tell, chat, time.perf_counter(), answer)
    chat.db.write_batch(append, Sending(author_id, draft, chat.clock.now()), tell)


def send_message(chat: Chat, author_id: int, draft: Draft, *, is_guest: bool = False) -> "asyncio.Future[Stored]":
    """As `queue_message`, for who waits; the future raises what that answers."""
    answered: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()

    def answer(outcome: Stored | BaseException) -> None:
        if answered.cancelled():
            return
        if isinstance(outcome, Stored):
            answered.set_result(outcome)
        else:
            answered.set_exception(outcome)

    queue_message(chat, author_id, draft, answer, is_guest=is_guest)
    return answered


def _require_share(chat: Chat, author_id: int, room_id: int) -> None:
    """Count one of all guests at an address and in a room. Raises TooMany."""
    says_little = chat.limits.used(MESSAGES, author_id) < LITTLE
    windows = [(rates, key) for rates, key in ((OF_ADDRESS, ORIGIN.get()), (OF_ROOM, room_id)) if key]
    for (usual, utmost), key in windows:
        chat.limits.check(utmost if says_little else usual, key)
    for rates, key in windows:
        for rate in rates:
            chat.limits.count(rate, key)


def _tell(chat: Chat, started: float, answer: Answer[Stored], outcome: Stored | BaseException) -> None:
    """Runs once the commit is durable, in commit order, whether or not the sender still waits."""
    if isinstance(outcome, Stored) and outcome.is_new:
        chat.metrics.count_message(started)
        for listed in outcome.listed:
            tell_listed(chat.hub, listed)
        chat.hub.to_room(outcome.room_id, "new_message", outcome.json)
        if outcome.root is not None:
            tell_change(chat, outcome.root)
    answer(outcome)
