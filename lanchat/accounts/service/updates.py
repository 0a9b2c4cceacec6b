"""Changing how somebody looks to others, and telling everybody who sees them."""

from collections.abc import Callable
from typing import NamedTuple

from lanchat.accounts.errors import UserNotFound
from lanchat.accounts.hooks import rooms_of
from lanchat.accounts.models import User
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.core.chat import Chat


class Update(NamedTuple):
    user: OwnUserPayload
    room_ids: list[int]  # whose members see them
    is_change: bool  # to others


async def update(
    chat: Chat, user_id: int, change: Callable[[], object], then: Callable[[], object] = lambda: None
) -> OwnUserPayload:
    """The user after `change()`, which runs in a transaction, and `then()` after its commit.

    Tells everybody who sees them, but of what only they see.

    Raises UserNotFound for an account that is gone, and what `change` raises.
    """

    def store() -> Update:
        before = User.find_own(user_id)
        change()
        user = User.find_own(user_id)
        if user is None or before is None:
            raise UserNotFound(username=f"#{user_id}")
        room_ids = [each for rooms in rooms_of.all(chat.fillings, user_id) for each in rooms]
        return Update(user, room_ids, user.seen_by_others() != before.seen_by_others())

    def tell_all(stored: Update) -> None:
        then()
        tell(chat, stored)

    stored = await chat.db.write(store, then=tell_all)
    return stored.user.model_copy(update={"is_online": chat.hub.is_online(user_id)})


def tell(chat: Chat, update: Update) -> None:
    if update.is_change:
        chat.hub.rename(update.user.id, update.user.username, update.user.display_name)
        seen = update.user.seen_by_others().model_copy(update={"is_online": chat.hub.is_online(update.user.id)})
        chat.hub.to_rooms(update.room_ids, "user_updated", seen, and_to=seen.id)
