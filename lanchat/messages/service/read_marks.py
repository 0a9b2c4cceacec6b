"""How far somebody has come in a room, and who has read a message."""

from lanchat.accounts.models import User
from lanchat.core.chat import Chat
from lanchat.messages.receipts import Receipts
from lanchat.messages.schemas.lists import ReadersPayload
from lanchat.messages.schemas.outgoing import RoomRead
from lanchat.messages.service.read import READS, find_message
from lanchat.rooms.authorise import authorise, refusal_to_outsider
from lanchat.rooms.models import Marks
from lanchat.rooms.models import marks as kept
from lanchat.rooms.models.members import readers_of
from lanchat.rooms.permissions import Action

MAX_READERS = 50  # listed; all are counted


async def mark_read(chat: Chat, user_id: int, room_id: int, seq: int) -> int:
    """Remember how far the user has read, and tell their other tabs; the mark now. Raises as `_mark`."""
    marks = await _mark(chat, user_id, room_id, delivered=0, read=seq)
    chat.hub.to_user(user_id, "room_read", RoomRead(room_id=room_id, last_read_seq=marks.read_seq))
    return marks.read_seq


async def mark_unread(chat: Chat, user_id: int, room_id: int, seq: int) -> int:
    """Have read only what stands before `seq`, on all of one's devices; the mark now. What others saw of it stays.

    Members only: raises RoomNotFound or NotAMember.
    """
    chat.limits.hit(READS, user_id)

    def store() -> int:
        authorise(user_id, Action.READ, room_id, chat.clock.now())
        return kept.mark_unread(user_id, room_id, seq)

    def tell(read_seq: int) -> None:
        chat.hub.to_user(user_id, "room_read", RoomRead(room_id=room_id, last_read_seq=read_seq, is_back=True))

    return await chat.db.write(store, then=tell)


async def mark_delivered(chat: Chat, user_id: int, room_id: int, seq: int) -> None:
    """Remember how much of a room has reached the user. Raises as `_mark`."""
    await _mark(chat, user_id, room_id, delivered=seq, read=0)


async def _mark(chat: Chat, user_id: int, room_id: int, delivered: int, read: int) -> Marks:
    """Raises RoomNotFound or NotAMember."""
    chat.limits.hit(READS, user_id)

    def tell(marks: Marks | None) -> None:
        if marks is not None:
            chat.part(Receipts).moved(user_id, room_id, marks)

    marks = await chat.db.write(kept.mark, user_id, room_id, delivered, read, then=tell)
    if marks is None:
        raise await chat.db.read(refusal_to_outsider, user_id, room_id, chat.clock.now())
    return marks


async def read_by(chat: Chat, user_id: int, room_id: int, message_id: int) -> ReadersPayload:
    """As `readers`, of a message by its id: raises MessageNotFound, too."""
    message = await find_message(chat, user_id, room_id, message_id)
    return await readers(chat, user_id, room_id, message.seq)


async def readers(chat: Chat, user_id: int, room_id: int, seq: int) -> ReadersPayload:
    """Who has read a message; to those who hide how far they read, nobody has.

    Members only: raises RoomNotFound or NotAMember.
    """
    chat.limits.hit(READS, user_id)

    def find() -> ReadersPayload:
        authorise(user_id, Action.READ, room_id, chat.clock.now())
        if not User.preferences_of(user_id).show_read_receipts:
            return ReadersPayload(readers=[], total=0)
        ids, total = readers_of(room_id, seq, MAX_READERS)
        return ReadersPayload(readers=User.payloads(ids), total=total)

    async with chat.large_answers.turn(user_id):
        found = await chat.db.read(find)
    people = [person.model_copy(update={"is_online": chat.hub.is_online(person.id)}) for person in found.readers]
    return ReadersPayload(readers=people, total=found.total)
