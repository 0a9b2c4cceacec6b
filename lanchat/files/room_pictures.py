"""Showing a room by a picture."""

from collections.abc import AsyncIterable

from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.files.pictures import Square, forget, make_square
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models import Room
from lanchat.rooms.permissions import Action
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.service.deed import Deed
from lanchat.rooms.service.tell import tell_room, with_presence

ROOM_PICTURES = Rate("room_pictures", 30, 3600, of_address=600)  # of a user: each is told to everybody


async def show_picture(
    chat: Chat, user_id: int, room_id: int, body: AsyncIterable[bytes], content_type: str
) -> RoomPayload:
    """Of a form with one image, in place of the one before. Managers who may speak.

    Raises RoomNotFound, NotAMember, Forbidden, Muted, DirectRoom, NotAnImage, TooLarge, TooMany, and what
    reading raises.
    """
    chat.limits.hit(ROOM_PICTURES, user_id)
    # And again below: drawing takes its time.
    await chat.db.read(authorise, user_id, Action.NAME, room_id, chat.clock.now())
    return await _show(chat, user_id, room_id, await make_square(chat, user_id, body, content_type))


async def remove_picture(chat: Chat, user_id: int, room_id: int) -> RoomPayload:
    """Raises as `show_picture`; without a picture nothing happens."""
    chat.limits.hit(ROOM_PICTURES, user_id)
    return await _show(chat, user_id, room_id, None)


async def _show(chat: Chat, user_id: int, room_id: int, square: Square | None) -> RoomPayload:
    now = chat.clock.now()

    def store() -> tuple[RoomPayload, bool]:
        authorise(user_id, Action.NAME, room_id, now)
        former = Room.picture_of(room_id)
        if square is None and former is None:
            return Room.find(user_id, room_id, now), False
        if square is None:
            forget(former)
        else:
            square.keep(former)
        Room.show_picture(room_id, square and square.path)
        Deed(chat.fillings, room_id, user_id, now).note("picture_removed" if square is None else "picture_changed")
        return Room.find(user_id, room_id, now), True

    def tell(shown: tuple[RoomPayload, bool]) -> None:
        room, is_other = shown
        if is_other:
            tell_room(chat.hub, room, room.archived)

    return with_presence(chat.hub, (await chat.db.write(store, then=tell))[0])


def forget_picture(room_id: int) -> Tell:
    """Of a room that is removed."""
    forget(Room.picture_of(room_id))
    return lambda _: None
