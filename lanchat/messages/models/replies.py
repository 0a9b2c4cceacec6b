"""Chains of replies: what an answer stands under, and how many stand there."""

from typing import NamedTuple

from lanchat.core.base.errors import ChatError
from lanchat.messages.errors import MessageDeleted, ReplyElsewhere, SystemMessage
from lanchat.messages.models.changes import Changed, change, changed
from lanchat.messages.models.messages import Message
from lanchat.messages.models.payload import QUOTE_COLUMNS, QUOTE_JOINED, QuoteRow
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.rooms.models import Membership

QUOTE = f"SELECT q.room_id, q.thread_id, {QUOTE_COLUMNS} FROM message q {QUOTE_JOINED} WHERE q.id = ?"  # noqa: S608, ours


class Answered(NamedTuple):
    """What somebody answers."""

    quote: QuoteRow
    thread_id: int  # the first message of its chain: itself, if it answers nothing


def find_answered(author_id: int, room_id: int, message_id: int) -> Answered | ChatError:
    """Or why it can't be answered: ReplyElsewhere, SystemMessage or MessageDeleted."""
    row = Message.run_sql(QUOTE, message_id).fetchone()
    if row is None or row[0] != room_id:
        return ReplyElsewhere()
    quote = QuoteRow.read(row[2:])
    standing = Membership.find_standing(author_id, room_id)
    if standing is None or quote.seq <= standing.hidden_seq:
        return ReplyElsewhere()
    if quote.message_type == "system":
        return SystemMessage()
    return MessageDeleted() if quote.deleted_at is not None else Answered(quote, row[1] or quote.id)


def count_reply(room_id: int, thread_id: int, by: int) -> Changed | None:
    """Say at the first message of a chain that one more (1) or less (-1) stands under it.

    None where it isn't there any more. Not counted anew: a chain has no end, and the event loop stores its replies.
    """
    standing = "SELECT reply_count FROM message WHERE id = ? AND room_id = ?"
    row = Message.run_sql(standing, thread_id, room_id).fetchone()
    return None if row is None else changed(change(room_id, thread_id, reply_count=row[0] + by))


def root_of(message: MessagePayload) -> int:
    return message.thread_id or message.id
