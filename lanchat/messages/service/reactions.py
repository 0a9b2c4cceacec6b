"""Answering a message with a sign."""

from functools import partial

from lanchat.core.base.emoji import fully_qualified
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.messages.errors import InvalidEmoji, TooManyReactions
from lanchat.messages.models import Changed, Message
from lanchat.messages.models.verbs import Reaction
from lanchat.messages.schemas.lists import ReactionsPayload
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.read import READS
from lanchat.messages.service.target import find_target
from lanchat.messages.service.telling import tell_change
from lanchat.rooms.authorise import authorise
from lanchat.rooms.permissions import Action

REACTIONS = Rate("reactions", 120, 60)  # of a user
MAX_KINDS = 20  # of a message


async def react(chat: Chat, user_id: int, place: tuple[int, int], emoji: str) -> MessagePayload:
    """Once an emoji; again is no change. `place` is (room id, message id).

    Raises InvalidEmoji, TooManyReactions, RoomNotFound, NotAMember, Muted, RoomArchived, MessageNotFound,
    SystemMessage or MessageDeleted.
    """
    chat.limits.hit(REACTIONS, user_id)
    now, sign = chat.clock.now(), _emoji(emoji)

    def store() -> Changed:
        _, message = find_target(user_id, Action.REACT, place, now)
        kinds = {reaction.emoji for reaction in message.reactions}
        if sign not in kinds and len(kinds) >= MAX_KINDS:
            raise TooManyReactions(limit=MAX_KINDS)
        return Reaction.add(message, user_id, sign)

    return (await chat.db.write(store, then=partial(tell_change, chat))).message


async def unreact(chat: Chat, user_id: int, place: tuple[int, int], emoji: str) -> MessagePayload:
    """As `react`."""
    chat.limits.hit(REACTIONS, user_id)
    now, sign = chat.clock.now(), _emoji(emoji)

    def store() -> Changed:
        _, message = find_target(user_id, Action.REACT, place, now)
        return Reaction.take_back(message, user_id, sign)

    return (await chat.db.write(store, then=partial(tell_change, chat))).message


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
