"""Socket.IO events for messages."""

from lanchat.core.chat import Chat
from lanchat.core.delivery.hub import Socket
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.events import Ack, Events
from lanchat.core.storage.group_commit import Answer
from lanchat.messages.models import Stored
from lanchat.messages.schemas.incoming import DeliveryMark, Draft, ReadMark, SyncRequest
from lanchat.messages.schemas.outgoing import (
    MarkedRead,
    MessagePayload,
    MessageSent,
    ReceiptsPayload,
    RoomRead,
    SyncPayload,
)
from lanchat.messages.service import read, read_marks, send

events = Events(
    new_message=MessagePayload, message_updated=MessagePayload, room_read=RoomRead, receipts_update=ReceiptsPayload
)


def _acknowledge(stored: Stored) -> Ack:
    return {"message": stored.json}


@events.hot("send_message", Draft, answers=MessageSent, answer=_acknowledge, rate=send.MESSAGES)
def send_message(chat: Chat, socket: Socket, draft: Draft, answer: Answer[Stored]) -> None:
    send.queue_message(chat, socket.user_id, draft, answer, is_guest=socket.is_guest)


@events.on("mark_read", ReadMark, answers=MarkedRead)
async def mark_read(chat: Chat, socket: Socket, mark: ReadMark) -> MarkedRead:
    return MarkedRead(last_read_seq=await read_marks.mark_read(chat, socket.user_id, mark.room_id, mark.seq))


@events.on("mark_delivered", DeliveryMark)
async def mark_delivered(chat: Chat, socket: Socket, mark: DeliveryMark) -> None:
    await read_marks.mark_delivered(chat, socket.user_id, mark.room_id, mark.seq)


@events.on("sync", SyncRequest, answers=SyncPayload, at_most=LONG_ANSWER)
async def sync(chat: Chat, socket: Socket, request: SyncRequest) -> SyncPayload:
    return await read.sync(chat, socket.user_id, request)
