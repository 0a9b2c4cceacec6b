"""Coming into rooms, and leaving them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from lanchat.accounts.models import User
from lanchat.core.base.origin import ORIGIN
from lanchat.core.base.rate_limits import Rate, Slowdown
from lanchat.core.chat import Chat
from lanchat.core.hooks import Fillings, Tell
from lanchat.rooms.errors import NotAMember, RoomNotFound, WrongRoomPassword
from lanchat.rooms.hooks import came
from lanchat.rooms.models import Ban, Door, Joined, Membership, Room
from lanchat.rooms.permissions import Action, refusal
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.schemas.told import RoomJoined
from lanchat.rooms.service.deed import Deed
from lanchat.rooms.service.find import online_members
from lanchat.rooms.service.going import Gone, go, tell_gone
from lanchat.rooms.service.tell import tell_joined, with_presence

WRONG_PASSWORDS = Rate("room_passwords", 10, 60, of_address=20)  # wrong ones of a user
# Wrong ones of everybody: guests are as many as they like. Beyond that each of them pauses.
WRONG_PASSWORDS_OF_ROOM = Rate("room_passwords_of_room", 60, 60)
PAUSE = Slowdown(WRONG_PASSWORDS_OF_ROOM, first=5, longest=600)
OWN_WRONG_PASSWORDS = replace(WRONG_PASSWORDS, of_address=None)  # of who doesn't answer for others at their address
SETTLED_AFTER = timedelta(days=1)


class Entered(NamedTuple):
    joined: Joined
    lines: list[Tell]


async def join_room(chat: Chat, user_id: int, room_id: int, password: str | None) -> RoomPayload:
    """Become a member for good; a member simply gets the room again, and nobody is told.

    Raises RoomNotFound, Banned, WrongRoomPassword, or TooMany after too many wrong ones.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    door, room = await chat.db.read(_look_in, user_id, room_id, chat.clock.now())
    if room is None:
        if door.password_hash is not None:
            await _unlock(chat, user_id, door, password)
        room = await _enter(chat, user_id, lambda: door)
    return with_presence(chat.hub, room)


async def admit(chat: Chat, user_id: int, open_door: Callable[[], Door]) -> RoomPayload:
    """Make somebody a member by other means than the password: `open_door` decides, in the same transaction.

    Raises what it raises.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    return with_presence(chat.hub, await _enter(chat, user_id, open_door))


async def enter_room(chat: Chat, user_id: int, sid: str, room_id: int, password: str | None) -> RoomPayload:
    """`join_room` for a socket, which also hears who is there."""
    room = await join_room(chat, user_id, room_id, password)
    online = await online_members(chat, room_id)
    joined = RoomJoined(room_id=room_id, room_name=room.name, member_count=room.member_count, online_members=online)
    chat.hub.to_socket(sid, "room_joined", joined)
    return room


async def leave_room(chat: Chat, user_id: int, room_id: int) -> None:
    """Stop being a member; nothing happens for an outsider. Raises RoomNotFound or DirectRoom."""
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def leave() -> Gone | None:
        standing = Membership.find_standing(user_id, room_id)
        refused = refusal(standing, Action.LEAVE, now)
        if refused is not None and not isinstance(refused, NotAMember):
            raise refused
        return go(Deed(chat.fillings, room_id, user_id, now), user_id)

    await chat.db.write(leave, then=partial(tell_gone, chat))


async def open_lobby(chat: Chat) -> None:
    """It is there before anybody comes."""
    await chat.db.write(Room.ensure_lobby, chat.clock.now())


def enter_lobby(fillings: Fillings, user_id: int, now: str) -> Tell:
    """Takes whoever registers into the lobby; in the transaction that makes the account."""
    lobby = Door(Room.ensure_lobby(now), None, is_member=False)
    entered = enter(Deed(fillings, lobby.room_id, user_id, now), user_id, lobby)
    return lambda chat: tell_entered(chat, entered)


def enter(deed: Deed, user_id: int, door: Door) -> Entered:
    """In a transaction: make somebody a member, whom somebody else may have brought. Raises as `Membership.join`."""
    joined = Membership.join(user_id, door, deed.now)
    if not joined.is_new:
        return Entered(joined, [])
    lines = came.all(deed.fillings, user_id, deed.room_id)
    return Entered(joined, lines + deed.state_coming_or_going("member_joined", user_id))


def tell_entered(chat: Chat, entered: Entered) -> None:
    tell_joined(chat.hub, entered.joined)
    for line in entered.lines:
        line(chat)


async def _enter(chat: Chat, user_id: int, open_door: Callable[[], Door]) -> RoomPayload:
    now = chat.clock.now()

    def store() -> Entered:
        door = open_door()
        return enter(Deed(chat.fillings, door.room_id, user_id, now), user_id, door)

    return (await chat.db.write(store, then=partial(tell_entered, chat))).joined.room


def _look_in(user_id: int, room_id: int, now: str) -> tuple[Door, RoomPayload | None]:
    """The room's door, and for a member the room behind it: nothing needs to be written for them."""
    door = Membership.find_door(user_id, room_id)
    if not door.is_member:
        Ban.refuse(user_id, room_id, now)
        if door.is_archived:
            raise RoomNotFound
    return door, Room.find(user_id, room_id, now) if door.is_member else None


async def _unlock(chat: Chat, user_id: int, door: Door, password: str | None) -> None:
    """Only wrong passwords count towards the limit; none at all is how a client asks whether it needs one.

    Guests, and accounts made today, are as many as somebody likes: they share what their address may do. All others
    answer for themselves alone, so that no neighbour locks them out.
    """
    given = (password or "").strip()
    if not given:
        raise WrongRoomPassword
    is_settled = await chat.db.read(User.is_settled, user_id, chat.clock.steady(-SETTLED_AFTER))
    who = user_id if is_settled else ORIGIN.get() or user_id
    own = OWN_WRONG_PASSWORDS if is_settled else WRONG_PASSWORDS
    windows = (own, user_id), (PAUSE, (door.room_id, who))
    if not await chat.passwords.guess(given, door.password_hash, user_id, chat.limits, *windows):
        raise WrongRoomPassword
