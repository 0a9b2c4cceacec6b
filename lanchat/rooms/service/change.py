"""Making rooms, changing and deleting them."""

from functools import partial
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.rooms.authorise import authorise
from lanchat.rooms.hooks import FactCode, vanished
from lanchat.rooms.models import Membership, Room
from lanchat.rooms.permissions import Action
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.incoming import RoomChange, RoomDraft
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.schemas.told import RoomDeleted
from lanchat.rooms.service.deed import Deed
from lanchat.rooms.service.tell import tell_founded, tell_room, with_presence

NEW_PASSWORDS = Rate("new_room_passwords", 10, 60, of_address=30)  # set by a user
SETTINGS = ("name", "description", "is_private", "posting", "slow_mode", "history", "archived")
STATED: dict[str, FactCode] = {
    "name": "room_renamed",
    "description": "room_described",
    "posting": "posting_changed",
}
NEW_ROOMS = Rate("new_rooms", 30, 600, of_address=100)  # of a user: everybody is told of each


async def create_room(chat: Chat, user_id: int, draft: RoomDraft) -> RoomPayload:
    """Make a room that the user owns, and show it to everybody. Raises RoomNameTaken."""
    chat.limits.hit(ROOM_ACTIONS, user_id)
    chat.limits.check(NEW_ROOMS, user_id)
    password_hash = None
    if draft.is_private and draft.password:
        await chat.db.read(Room.require_free_name, draft.name)
        password_hash = await _hash(chat, user_id, draft.password)
    chat.limits.count(NEW_ROOMS, user_id)
    room = await chat.db.write(
        Membership.found,
        user_id,
        draft,
        password_hash,
        chat.clock.now(),
        then=partial(tell_founded, chat.hub, user_id),
    )
    return with_presence(chat.hub, room)


class Changed(NamedTuple):
    room: RoomPayload
    was_archived: bool
    lines: list[Tell]


async def change_room(chat: Chat, user_id: int, room_id: int, change: RoomChange) -> RoomPayload:
    """Settings are for managers; an administrator who isn't in the room archives it, and no more.

    Raises Forbidden, NotAMember, LobbyIsPermanent, RoomNameTaken, Muted for words by who may not speak, or InvalidInput
    for a private room without a password; the lobby stays open.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    password_hash, now = None, chat.clock.now()
    if change.password:
        await chat.db.read(authorise, user_id, Action.MANAGE, room_id, now)  # and again below: hashing takes its time
        password_hash = await _hash(chat, user_id, change.password)

    def store() -> Changed:
        only_archives = change.archived is not None and not change.is_of_settings
        standing = authorise(user_id, Action.ARCHIVE if only_archives else Action.MANAGE, room_id, now)
        if change.archived is not None:
            authorise(user_id, Action.ARCHIVE, room_id, now)
        will_be_private = standing.is_private if change.is_private is None else change.is_private
        if will_be_private and standing.kind == "lobby":
            raise Forbidden  # whoever registers must get in
        if will_be_private and not standing.is_private and password_hash is None:
            raise invalid_input("password", "private_without_password")
        deed, before = Deed(chat.fillings, room_id, user_id, now), Room.find(user_id, room_id, now)
        if any(getattr(change, name) not in {None, getattr(before, name)} for name in ("name", "description")):
            authorise(user_id, Action.NAME, room_id, now)
        Room.change(room_id, change, password_hash if will_be_private else None, now)
        after = Room.find(user_id, room_id, now)
        return Changed(after, before.archived, _record(deed, before, after, has_new_password=password_hash is not None))

    def tell(changed: Changed) -> None:
        tell_room(chat.hub, changed.room, changed.was_archived)
        for line in changed.lines:
            line(chat)

    return with_presence(chat.hub, (await chat.db.write(store, then=tell)).room)


async def delete_room(chat: Chat, user_id: int, room_id: int) -> None:
    """What was said in it is gone from the disk, too. Raises Forbidden or LobbyIsPermanent."""
    chat.limits.hit(ROOM_ACTIONS, user_id)

    def remove() -> tuple[str, list[Tell]]:
        authorise(user_id, Action.DELETE, room_id, chat.clock.now())
        left = vanished.all(chat.fillings, room_id)
        return Room.remove(room_id), left

    def tell(removed: tuple[str, list[Tell]]) -> None:
        name, left = removed
        for tidy in left:
            tidy(chat)
        chat.hub.close_room(room_id)
        chat.hub.to_everybody("room_deleted", RoomDeleted(room_id=room_id, name=name))

    await chat.db.write(remove, then=tell)


async def _hash(chat: Chat, user_id: int, password: str) -> str:
    """Only for who may use it: it is the dearest thing here."""
    chat.limits.hit(NEW_PASSWORDS, user_id)
    return await chat.passwords.hash(password, user_id)


def _record(deed: Deed, before: RoomPayload, after: RoomPayload, *, has_new_password: bool) -> list[Tell]:
    """Into the log each setting that is another; among the messages those that everybody should know of."""
    lines: list[Tell] = []
    for name in SETTINGS:
        was, is_now = getattr(before, name), getattr(after, name)
        if was == is_now:
            continue
        deed.note("setting_changed", details={"setting": name, "was": was, "now": is_now})
        if name == "archived":
            lines += deed.state("room_archived" if is_now else "room_reopened")
        elif name in STATED:
            lines += deed.state(STATED[name], value=is_now)
    if has_new_password and after.is_private:
        deed.note("password_changed")
    return lines
