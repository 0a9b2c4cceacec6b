"""Changing what one says of oneself."""

import asyncio
from functools import partial

from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.service.updates import update
from lanchat.core.base.moments import require_future
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.profiles import models
from lanchat.profiles.schemas import ProfileChange

PROFILE_CHANGES = Rate("profile_changes", 30, 3600, of_address=600)  # of a user: each is told to all who see them
LOOK_EVERY = 20.0  # s; clients know themselves when a status ends
ENDED_AT_ONCE = 100


async def change_profile(chat: Chat, user_id: int, change: ProfileChange) -> OwnUserPayload:
    """Raises NameTaken, EmailTaken, InvalidInput for a status that is over, or TooMany."""
    if not change.model_fields_set:
        raise invalid_input("body", "nothing_to_change")
    if change.status is not None:
        require_future("status.until", change.status.until, chat.clock.now())
    chat.limits.hit(PROFILE_CHANGES, user_id)
    return await update(chat, user_id, lambda: models.change_profile(user_id, change, chat.clock.steady()))


async def end_statuses(chat: Chat) -> None:
    """For ever: takes back what people said of a time that is over."""
    while True:
        await end_what_is_over(chat)
        await asyncio.sleep(LOOK_EVERY)


async def end_what_is_over(chat: Chat) -> None:
    now = chat.clock.now()
    for user_id in await chat.db.read(models.statuses_over, now, ENDED_AT_ONCE):
        await update(chat, user_id, partial(models.end_status, user_id, now))
