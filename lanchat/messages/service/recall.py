"""Taking back what was said: one's own for a time, and whatever a manager takes out of their room."""

from datetime import datetime, timedelta
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.core.chat import Chat
from lanchat.files.hooks import used
from lanchat.files.models import Attachment
from lanchat.files.service import discard
from lanchat.host.policy import Policy
from lanchat.messages.erasing import Erasing
from lanchat.messages.errors import RecallTooLate
from lanchat.messages.hooks import reworded
from lanchat.messages.models import Changed, Message, recall
from lanchat.messages.models.replies import count_reply
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.edits import EDITS
from lanchat.messages.service.target import find_target
from lanchat.messages.service.telling import tell_change
from lanchat.rooms.models import LogRow, RoomLog
from lanchat.rooms.permissions import Action, refusal


class Recalled(NamedTuple):
    changed: Changed
    root: Changed | None  # the first message of its chain of replies, which counts one less
    file: str | None  # that nothing shows any more


async def recall_message(chat: Chat, user_id: int, room_id: int, message_id: int) -> MessagePayload:
    """The tombstone; again, if it was one already. Text, former texts and file are gone from the disk.

    Raises RoomNotFound, NotAMember, MessageNotFound, SystemMessage, Forbidden for another's, or RecallTooLate.
    """
    chat.limits.hit(EDITS, user_id)
    now, minutes = chat.clock.now(), chat.part(Policy).recall_minutes

    def store() -> Recalled:
        standing, message = find_target(user_id, Action.READ, (room_id, message_id), now, may_be_deleted=True)
        if message.is_deleted:
            return Recalled(Changed(message, is_new=False), None, None)
        is_mine, may_manage = message.user_id == user_id, refusal(standing, Action.MANAGE, now) is None
        if not is_mine and not may_manage:
            raise Forbidden
        if not may_manage and not _is_recent(message, now, minutes):
            raise RecallTooLate(minutes=minutes)
        if not is_mine:
            row = LogRow(0, now, user_id, "message_removed", message.user_id, {"message_id": message_id})
            RoomLog.note(room_id, row)
        attachment_id = Message.attachment_id_of(message_id)
        changed = recall(message, "author" if is_mine else "moderator", now)
        reworded.all(chat.fillings, message, changed.message)
        file = attachment_id and Attachment.forget_unless_kept(attachment_id, used.all(chat.fillings))
        root = None if message.thread_id is None else count_reply(room_id, message.thread_id, -1)
        return Recalled(changed, root, file or None)

    def tell(stored: Recalled) -> None:
        tell_change(chat, stored.changed)
        if stored.root is not None:
            tell_change(chat, stored.root)

    recalled = await chat.db.write(store, then=tell)
    if recalled.file is not None:
        await discard(chat, recalled.file)
    if recalled.changed.is_new:
        chat.part(Erasing).is_due.set()
    return recalled.changed.message


def _is_recent(message: MessagePayload, now: str, minutes: int) -> bool:
    said = datetime.fromisoformat(message.timestamp)
    return minutes > 0 and datetime.fromisoformat(now) - said <= timedelta(minutes=minutes)
