"""Reading a chain of replies."""

from lanchat.core.base.lists import ListQuery, page
from lanchat.core.chat import Chat
from lanchat.messages.models import Message
from lanchat.messages.models.replies import root_of
from lanchat.messages.schemas.lists import ThreadPayload
from lanchat.messages.service.read import READS
from lanchat.rooms.authorise import authorise
from lanchat.rooms.permissions import Action


async def read_thread(chat: Chat, user_id: int, place: tuple[int, int], query: ListQuery) -> ThreadPayload:
    """The chain that a message stands in or begins; members only. `place` is (room id, message id).

    Raises RoomNotFound, NotAMember or MessageNotFound.
    """
    chat.limits.hit(READS, user_id)
    room_id, message_id = place

    def find() -> ThreadPayload:
        hidden_seq = authorise(user_id, Action.READ, room_id, chat.clock.now()).hidden_seq
        message = Message.find(room_id, message_id, hidden_seq)
        root = Message.find(room_id, root_of(message), hidden_seq)
        replies = Message.thread_page(root.id, hidden_seq, query.number_after(0), query.limit + 1)
        found, next_cursor = page(replies, query.limit, lambda reply: [reply.seq])
        return ThreadPayload(root=root, messages=list(found), next_cursor=next_cursor)

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)
