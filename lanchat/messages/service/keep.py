"""Keeping messages at hand: pinned for everybody in a room, saved for oneself."""

from functools import partial
from typing import NamedTuple

from lanchat.core.base.lists import ListQuery, page
from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.messages.errors import MessageNotFound, TooManyPins
from lanchat.messages.models import Changed, Message
from lanchat.messages.models.system_lines import append_line
from lanchat.messages.models.verbs import Saved, pin
from lanchat.messages.schemas.lists import PinsPayload, SavedListPayload, SavedPayload
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.edits import EDITS
from lanchat.messages.service.read import READS
from lanchat.messages.service.target import find_target
from lanchat.messages.service.telling import tell_change
from lanchat.rooms.authorise import authorise
from lanchat.rooms.hooks import Fact
from lanchat.rooms.permissions import Action

MAX_PINS = 100  # of a room


class Pinned(NamedTuple):
    changed: Changed
    lines: list[Tell]


async def pin_message(chat: Chat, user_id: int, place: tuple[int, int], *, is_pinned: bool) -> MessagePayload:
    """Pin a message for everybody in its room, or not. `place` is (room id, message id).

    Raises Forbidden, Muted, RoomArchived, MessageNotFound, SystemMessage, MessageDeleted or TooManyPins.
    """
    chat.limits.hit(EDITS, user_id)
    now, room_id = chat.clock.now(), place[0]

    def store() -> Pinned:
        _, message = find_target(user_id, Action.PIN, place, now)
        if is_pinned and message.pinned_at is None and Message.count_pinned(room_id) >= MAX_PINS:
            raise TooManyPins(limit=MAX_PINS)
        changed = pin(message, now if is_pinned else None)
        says = is_pinned and changed.is_new
        return Pinned(changed, [append_line(room_id, Fact("message_pinned", user_id), now)] if says else [])

    def tell(pinned: Pinned) -> None:
        tell_change(chat, pinned.changed)
        for line in pinned.lines:
            line(chat)

    return (await chat.db.write(store, then=tell)).changed.message


async def list_pins(chat: Chat, user_id: int, room_id: int, query: ListQuery) -> PinsPayload:
    """Members only."""
    chat.limits.hit(READS, user_id)

    def find() -> PinsPayload:
        standing = authorise(user_id, Action.READ, room_id, chat.clock.now())
        rows = Message.pinned(room_id, standing.hidden_seq, query.moment_after(), query.limit + 1)
        found, next_cursor = page(rows, query.limit, lambda row: [row.pinned_at, row.id])
        return PinsPayload(messages=list(found), next_cursor=next_cursor)

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


async def save_message(chat: Chat, user_id: int, message_id: int) -> SavedPayload:
    """Raises MessageNotFound for whatever one may not read."""
    chat.limits.hit(EDITS, user_id)
    now = chat.clock.now()

    def store() -> SavedPayload:
        message = Message.readable_among([message_id], user_id).get(message_id)
        if message is None:
            raise MessageNotFound
        return SavedPayload(message=message, saved_at=Saved.keep(user_id, message_id, now))

    return await chat.db.write(store)


async def unsave_message(chat: Chat, user_id: int, message_id: int) -> None:
    chat.limits.hit(EDITS, user_id)
    await chat.db.write(partial(Saved.drop, user_id, message_id))


async def list_saved(chat: Chat, user_id: int, query: ListQuery) -> SavedListPayload:
    chat.limits.hit(READS, user_id)

    def find() -> SavedListPayload:
        rows = Saved.list_of(user_id, query.moment_after(), query.limit + 1)
        found, next_cursor = page(rows, query.limit, lambda row: [row[1], row[0]])
        readable = Message.readable_among([message_id for message_id, _ in found], user_id)
        saved = [SavedPayload(message=readable.get(message_id), saved_at=at) for message_id, at in found]
        return SavedListPayload(saved=saved, next_cursor=next_cursor)

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)
