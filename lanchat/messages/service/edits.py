"""Changing what was said; whoever missed it gets it by `sync`."""

from functools import partial

from lanchat.accounts.errors import Forbidden
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.text_rules import shows_something
from lanchat.core.chat import Chat
from lanchat.messages.errors import EmptyMessage, MessageDeleted, SystemMessage
from lanchat.messages.hooks import reworded
from lanchat.messages.models import Changed, Message, MessageEdit, edit
from lanchat.messages.schemas.incoming import EditDraft
from lanchat.messages.schemas.lists import EditsPayload
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.read import READS
from lanchat.messages.service.telling import tell_change
from lanchat.rooms.authorise import authorise
from lanchat.rooms.permissions import Action, refusal

EDITS = Rate("edits", 60, 60)  # of a user


async def edit_message(chat: Chat, user_id: int, room_id: int, message_id: int, draft: EditDraft) -> MessagePayload:
    """Give one's own message other words, and tell the room; its files stay, whatever is said of them.

    Raises RoomNotFound, NotAMember, Muted, MessageNotFound, Forbidden for another's words, SystemMessage,
    MessageDeleted or EmptyMessage.
    """
    chat.limits.hit(EDITS, user_id)
    now = chat.clock.now()

    def store() -> Changed:
        standing = authorise(user_id, Action.SPEAK, room_id, now)
        message = Message.find(room_id, message_id, standing.hidden_seq)
        if message.message_type == "system":
            raise SystemMessage
        # Nobody puts other words into the mouth of whom they pass on.
        if message.user_id != user_id or message.forwarded_from is not None:
            raise Forbidden
        if message.is_deleted:
            raise MessageDeleted
        changed = edit(message, _words(message, draft), now)
        if changed.is_new:
            reworded.all(chat.fillings, message, changed.message)
        return changed

    return (await chat.db.write(store, then=partial(tell_change, chat))).message


async def list_edits(chat: Chat, user_id: int, room_id: int, message_id: int) -> EditsPayload:
    """A message's former versions: for its author and the room's managers. Raises as reading does, or Forbidden."""
    chat.limits.hit(READS, user_id)
    now = chat.clock.now()

    def find() -> EditsPayload:
        standing = authorise(user_id, Action.READ, room_id, now)
        message = Message.find(room_id, message_id, standing.hidden_seq)
        if message.user_id != user_id and (refused := refusal(standing, Action.MANAGE, now)) is not None:
            raise refused
        return EditsPayload(edits=[] if message.is_deleted else MessageEdit.of(message_id))

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


def _words(message: MessagePayload, draft: EditDraft) -> str:
    """A file without words is said by its path, as when it was sent."""
    if shows_something(draft.content):
        return draft.content
    if message.attachment is None:
        raise EmptyMessage
    return message.attachment.file_path
