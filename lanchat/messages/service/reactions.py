"""Answering a message with a sign."""

from lanchat.core.base.emoji import fully_qualified
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.messages.errors import InvalidEmoji
from lanchat.messages.models import Message
from lanchat.messages.models.verbs import Reaction
from lanchat.messages.schemas.lists import ReactionsPayload
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.bursts import Bursts, Wish
from lanchat.messages.service.read import READS
from lanchat.rooms.authorise import authorise
from lanchat.rooms.permissions import Action

REACTIONS = Rate("reactions", 120, 60)  # of a user


async def react(chat: Chat, user_id: int, place: tuple[int, int], emoji: str) -> MessagePayload:
    """Once an emoji; again is no change. `place` is (room id, message id).

    Raises InvalidEmoji, TooManyReactions, RoomNotFound, NotAMember, Muted, RoomArchived, MessageNotFound,
    SystemMessage or MessageDeleted.
    """
    return await _take(chat, user_id, place, emoji, is_wanted=True)


async def unreact(chat: Chat, user_id: int, place: tuple[int, int], emoji: str) -> MessagePayload:
    """As `react`."""
    return await _take(chat, user_id, place, emoji, is_wanted=False)


async def _take(chat: Chat, user_id: int, place: tuple[int, int], emoji: str, *, is_wanted: bool) -> MessagePayload:
    chat.limits.hit(REACTIONS, user_id)
    return await chat.part(Bursts).take(place, Wish(user_id, _emoji(emoji), is_wanted, chat.clock.now()))


async def list_reactions(chat: Chat, user_id: int, place: tuple[int, int]) -> ReactionsPayload:
    """Members only."""
    chat.limits.hit(READS, user_id)

    def find() -> ReactionsPayload:
        standing = authorise(user_id, Action.READ, place[0], chat.clock.now())
        message = Message.find(*place, standing.hidden_seq)
        return ReactionsPayload(reactions=Reaction.everybody(message.id))

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


def _emoji(text: str) -> str:
    if (sign := fully_qualified(text)) is None:
        raise InvalidEmoji
    return sign
