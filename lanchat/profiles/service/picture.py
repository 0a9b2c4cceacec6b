"""Showing oneself by a picture."""

from collections.abc import AsyncIterable
from functools import partial

from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.service.updates import update
from lanchat.core.chat import Chat
from lanchat.files.pictures import make_square
from lanchat.profiles import models
from lanchat.profiles.service.change import PROFILE_CHANGES


async def show_picture(chat: Chat, user_id: int, body: AsyncIterable[bytes], content_type: str) -> OwnUserPayload:
    """Of a form with one image. Raises NotAnImage, TooLarge, TooMany, and what reading raises."""
    chat.limits.hit(PROFILE_CHANGES, user_id)
    square = await make_square(chat, user_id, body, content_type)
    return await update(chat, user_id, partial(models.show_picture, user_id, square))


async def remove_picture(chat: Chat, user_id: int) -> OwnUserPayload:
    chat.limits.hit(PROFILE_CHANGES, user_id)
    return await update(chat, user_id, partial(models.show_picture, user_id, None))
