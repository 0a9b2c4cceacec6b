"""Taking back what was said: one's own for a time, and whatever a manager takes out of their room."""

from datetime import datetime, timedelta
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.core.hooks import Fillings
from lanchat.files.hooks import used
from lanchat.files.models import Attachment
from lanchat.files.service import discard
from lanchat.host.policy import Policy
from lanchat.messages.erasing import Erasing
from lanchat.messages.errors import RecallTooLate
from lanchat.messages.hooks import reworded
from lanchat.messages.models import Changed, recall
from lanchat.messages.models.files import file_ids_of
from lanchat.messages.models.replies import count_reply
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.target import find_target
from lanchat.messages.service.telling import tell_change
from lanchat.rooms.models import LogRow, RoomLog
from lanchat.rooms.permissions import Action, refusal

RECALLS = Rate("recalls", 600, 60)  # of a user: a manager takes out faster than anybody writes


class Recalled(NamedTuple):
    changed: Changed
    root: Changed | None  # the first message of its chain of replies, which counts one less
    files: tuple[str, ...] = ()  # that nothing shows any more


async def recall_message(chat: Chat, user_id: int, room_id: int, message_id: int) -> MessagePayload:
    """The tombstone; again, if it was one already. Text, former texts and files are gone from the disk.

    Raises RoomNotFound, NotAMember, MessageNotFound, SystemMessage, Forbidden for another's, or RecallTooLate.
    """
    chat.limits.hit(RECALLS, user_id)
    now, minutes = chat.clock.now(), chat.part(Policy).recall_minutes

    def store() -> Recalled:
        standing, message = find_target(user_id, Action.READ, (room_id, message_id), now, may_be_deleted=True)
        if message.is_deleted:
            return Recalled(Changed(message, is_new=False), None)
        is_mine, may_manage = message.user_id == user_id, refusal(standing, Action.MANAGE, now) is None
        if not is_mine and not may_manage:
            raise Forbidden
        if not may_manage and not _is_recent(message, now, minutes):
            raise RecallTooLate(minutes=minutes)
        return take_back(chat.fillings, user_id, message, now)

    recalled = await chat.db.write(store, then=lambda stored: tell_recalled(chat, stored))
    await clear_away(chat, recalled)
    return recalled.changed.message


def take_back(fillings: Fillings, user_id: int, message: MessagePayload, now: str) -> Recalled:
    """In a transaction: leave nothing of a message but its place. Who may is not asked; of another's the log tells."""
    if message.is_deleted:
        return Recalled(Changed(message, is_new=False), None)
    is_mine = message.user_id == user_id
    if not is_mine:
        row = LogRow(0, now, user_id, "message_removed", message.user_id, {"message_id": message.id})
        RoomLog.note(message.room_id, row)
    attachment_ids = file_ids_of(message.id)
    changed = recall(message, "author" if is_mine else "moderator", now)
    reworded.all(fillings, message, changed.message)
    uses = list(used.all(fillings))
    gone = [Attachment.forget_unless_kept(attachment_id, uses) for attachment_id in attachment_ids]
    root = None if message.thread_id is None else count_reply(message.room_id, message.thread_id, -1)
    return Recalled(changed, root, tuple(name for name in gone if name is not None))


def tell_recalled(chat: Chat, recalled: Recalled) -> None:
    tell_change(chat, recalled.changed)
    if recalled.root is not None:
        tell_change(chat, recalled.root)


async def clear_away(chat: Chat, recalled: Recalled) -> None:
    """What it left on the disk, after the commit."""
    for name in recalled.files:
        await discard(chat, name)
    if recalled.changed.is_new:
        chat.part(Erasing).is_due.set()


def _is_recent(message: MessagePayload, now: str, minutes: int) -> bool:
    said = datetime.fromisoformat(message.timestamp)
    return minutes > 0 and datetime.fromisoformat(now) - said <= timedelta(minutes=minutes)
