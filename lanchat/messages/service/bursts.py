"""Reactions that come together make one change of their message, which the room hears once.

The first goes at once. What follows within a moment is stored together at its end, in one transaction, and each who
reacted is answered then: acknowledged is durable, and every change has a number of its own, as everywhere in the feed.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from lanchat.core.base.errors import ChatError
from lanchat.core.chat import Chat, Part
from lanchat.messages.errors import TooManyReactions
from lanchat.messages.models import Changed
from lanchat.messages.models.verbs import Reaction
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.messages.service.target import find_target
from lanchat.messages.service.telling import tell_change
from lanchat.rooms.permissions import Action

WINDOW = 0.25  # s
MAX_KINDS = 20  # of a message

Place = tuple[int, int]  # room id, message id


class Wish(NamedTuple):
    """Of one person, to have reacted with a sign, or not to have."""

    user_id: int
    sign: str
    is_wanted: bool
    now: str


class Outcome(NamedTuple):
    """The message as it is now, and for each wish None, or why it was refused."""

    changed: Changed | None  # None where every wish was refused
    refusals: list[ChatError | None]


class Bursts(Part, scope="process"):
    """Messages that somebody reacted to a moment ago, each with the wishes that wait for its end.

    As many as there are requests under way, and no window outlasts its quarter of a second.
    """

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._waiting: dict[Place, list[tuple[Wish, asyncio.Future[MessagePayload]]]] = {}

    def take(self, place: Place, wish: Wish) -> "asyncio.Future[MessagePayload]":
        """The message once it is stored; raises what `find_target` does, or TooManyReactions."""
        answered: asyncio.Future[MessagePayload] = asyncio.get_running_loop().create_future()
        if (waiting := self._waiting.get(place)) is not None:
            waiting.append((wish, answered))
        else:
            self._open(place)
            self._store(place, [(wish, answered)])
        return answered

    def _open(self, place: Place) -> None:
        self._waiting[place] = []
        asyncio.get_running_loop().call_later(WINDOW, self._close, place)

    def _close(self, place: Place) -> None:
        if waiting := self._waiting.pop(place):
            self._open(place)
            self._store(place, waiting)

    def _store(self, place: Place, together: list[tuple[Wish, "asyncio.Future[MessagePayload]"]]) -> None:
        wishes = [wish for wish, _ in together]
        stored = self._chat.db.write(_react, place, wishes, then=self._tell)
        stored.add_done_callback(partial(_answer, [answered for _, answered in together]))

    def _tell(self, outcome: Outcome) -> None:
        if outcome.changed is not None:
            tell_change(self._chat, outcome.changed)


def _react(place: Place, wishes: list[Wish]) -> Outcome:
    refusals: list[ChatError | None] = []
    message: MessagePayload | None = None
    is_changed = False
    for wish in wishes:
        try:
            _, message = find_target(wish.user_id, Action.REACT, place, wish.now)
            is_changed = _grant(message.id, wish) or is_changed
            refusals.append(None)
        except ChatError as refused:
            refusals.append(refused)
    if message is None:
        return Outcome(None, refusals)
    return Outcome(Reaction.show(message) if is_changed else Changed(message, is_new=False), refusals)


def _grant(message_id: int, wish: Wish) -> bool:
    """Whether that changed something."""
    if not wish.is_wanted:
        return Reaction.take_back(message_id, wish.user_id, wish.sign)
    kinds = Reaction.kinds(message_id)
    if wish.sign not in kinds and len(kinds) >= MAX_KINDS:
        raise TooManyReactions(limit=MAX_KINDS)
    return Reaction.add(message_id, wish.user_id, wish.sign)


def _answer(those: list["asyncio.Future[MessagePayload]"], stored: "asyncio.Future[Outcome]") -> None:
    error = None if stored.cancelled() else stored.exception()
    if stored.cancelled() or error is not None:
        for answered in those:
            _settle(answered, answered.cancel if error is None else partial(answered.set_exception, error))
        return
    outcome = stored.result()
    for answered, refused in zip(those, outcome.refusals, strict=True):
        if refused is not None:
            _settle(answered, partial(answered.set_exception, refused))
        elif outcome.changed is not None:
            _settle(answered, partial(answered.set_result, outcome.changed.message))


def _settle(answered: "asyncio.Future[MessagePayload]", how: Callable[[], object]) -> None:
    """Unless whoever asked has hung up."""
    if not answered.done():
        how()
