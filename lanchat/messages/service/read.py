"""History, what is new, and catching up."""

from lanchat.core.base.answer_size import Space
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.schemas import Plain
from lanchat.core.chat import Chat
from lanchat.messages import models
from lanchat.messages.models import Message
from lanchat.messages.schemas.incoming import HistoryQuery, SyncRequest
from lanchat.messages.schemas.outgoing import HistoryPayload, MessagePayload, RoomSync, SyncPayload
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models.hidden import hidden_seqs_of
from lanchat.rooms.permissions import Action

READS = Rate("reads", 600, 10)  # of a user
SYNC_PAGE = 200  # messages of a room in one answer
SYNC_BUDGET = 500  # messages in one answer, over all its rooms


async def history(chat: Chat, user_id: int, room_id: int, query: HistoryQuery) -> HistoryPayload:
    """Members only: raises RoomNotFound or NotAMember."""
    chat.limits.hit(READS, user_id)

    def find() -> HistoryPayload:
        standing = authorise(user_id, Action.READ, room_id, chat.clock.now())
        has_newer = False
        if query.around_seq is None:
            messages, has_more = Message.page(room_id, query, standing.hidden_seq)
        else:
            around = Message.around(room_id, query.around_seq, query.limit, standing.hidden_seq)
            messages, has_more, has_newer = around
        last_seq = Message.last_seq(room_id)
        return HistoryPayload(messages=messages, has_more=has_more, has_newer=has_newer, last_seq=last_seq)

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


async def find_message(chat: Chat, user_id: int, room_id: int, message_id: int) -> MessagePayload:
    """Members only: raises RoomNotFound, NotAMember or MessageNotFound."""
    chat.limits.hit(READS, user_id)

    def find() -> MessagePayload:
        standing = authorise(user_id, Action.READ, room_id, chat.clock.now())
        return Message.find(room_id, message_id, standing.hidden_seq)

    return await chat.db.read(find)


async def overview(chat: Chat, user_id: int) -> Plain:
    """What is new in each of the user's rooms, as the fields of an OverviewPayload."""
    chat.limits.hit(READS, user_id)
    async with chat.large_answers.turn(user_id):
        return {"rooms": await chat.db.read(models.overview, user_id)}


async def sync(chat: Chat, user_id: int, request: SyncRequest) -> SyncPayload:
    """What a returning client lacks, room by room; rooms that it isn't in (any more) are left out.

    Live events go on meanwhile: the client drops what it has by `seq` and `changed_seq`.
    """
    chat.limits.hit(READS, user_id)

    def find() -> dict[str, RoomSync]:
        rooms: dict[str, RoomSync] = {}
        budget, space = SYNC_BUDGET, Space()
        hidden = hidden_seqs_of(user_id)
        for key, seq in request.rooms.items():
            if (hidden_seq := hidden.get(int(key))) is not None:
                limit = max(1, min(SYNC_PAGE, budget))
                rooms[key] = Message.changed_since(int(key), seq, limit, space, hidden_seq)
                budget -= len(rooms[key].messages)
                space.is_full = space.is_full or budget <= 0
        return rooms

    async with chat.large_answers.turn(user_id):
        return SyncPayload(rooms=await chat.db.read(find), epoch=chat.epoch)
