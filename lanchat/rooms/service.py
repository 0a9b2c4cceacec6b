"""Making, finding, joining, leaving, changing and deleting rooms."""

from collections.abc import Callable
from functools import partial

from lanchat.accounts.errors import Forbidden
from lanchat.accounts.models import User
from lanchat.accounts.schemas import UserPayload
from lanchat.core.base.rate_limits import Rate
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.core.delivery.hub import Hub
from lanchat.core.hooks import Tell
from lanchat.rooms.authorise import authorise
from lanchat.rooms.errors import WrongRoomPassword
from lanchat.rooms.models import Door, Joined, Left, Membership, Room, public_row
from lanchat.rooms.permissions import Action
from lanchat.rooms.schemas import (
    MembershipAdded,
    MembersPayload,
    Page,
    RoleChanged,
    RoomChange,
    RoomDeleted,
    RoomDraft,
    RoomJoined,
    RoomLeft,
    RoomPayload,
    RoomsPayload,
)

WRONG_PASSWORDS = Rate("room_passwords", 10, 60, of_address=20)  # wrong ones of a user
WRONG_PASSWORDS_OF_ROOM = Rate(
    "room_passwords_of_room", 60, 60
)  # wrong ones of everybody: guests are as many as they like
NEW_PASSWORDS = Rate("new_room_passwords", 10, 60, of_address=30)  # set by a user
NEW_ROOMS = Rate("new_rooms", 30, 600, of_address=100)  # of a user: everybody is told of each
ROOM_ACTIONS = Rate("room_actions", 300, 10)  # of a user


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
        then=partial(_tell_founded, chat.hub, user_id),
    )
    return _with_presence(chat.hub, room)


async def list_rooms(chat: Chat, user_id: int) -> RoomsPayload:
    mine, others = await chat.db.read(Room.list_for, user_id, chat.clock.now())
    return RoomsPayload(
        user_rooms=[_with_presence(chat.hub, room) for room in mine],
        available_rooms=[_with_presence(chat.hub, room) for room in others],
    )


async def find_room(chat: Chat, user_id: int, room_id: int) -> RoomPayload:
    """Raises RoomNotFound, or NotAMember for an outsider of a private room."""

    now = chat.clock.now()

    def find() -> RoomPayload:
        authorise(user_id, Action.SEE, room_id, now)
        return Room.find(user_id, room_id, now)

    return _with_presence(chat.hub, await chat.db.read(find))


async def list_members(chat: Chat, user_id: int, room_id: int, page: Page) -> MembersPayload:
    """Members only: raises NotAMember."""

    def find() -> MembersPayload:
        authorise(user_id, Action.READ, room_id, chat.clock.now())
        members, total = Membership.members_of(room_id, page.skip, page.limit)
        return MembersPayload(members=members, total=total)

    found = await chat.db.read(find)
    members = [m.model_copy(update={"is_online": chat.hub.is_online(m.id)}) for m in found.members]
    return MembersPayload(members=members, total=found.total)


async def join_room(chat: Chat, user_id: int, room_id: int, password: str | None) -> RoomPayload:
    """Become a member for good; a member simply gets the room again, and nobody is told.

    Raises RoomNotFound, WrongRoomPassword, or TooMany after too many wrong ones.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    door, room = await chat.db.read(_look_in, user_id, room_id, chat.clock.now())
    if room is None:
        await _unlock(chat, user_id, door, password)
        tell = partial(_tell_joined, chat.hub)
        room = (await chat.db.write(Membership.join, user_id, door, chat.clock.now(), then=tell)).room
    return _with_presence(chat.hub, room)


async def admit(chat: Chat, user_id: int, open_door: Callable[[], Door]) -> RoomPayload:
    """Make somebody a member by other means than the password: `open_door` decides, in the same transaction.

    Raises what it raises.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def join() -> Joined:
        return Membership.join(user_id, open_door(), now)

    joined = await chat.db.write(join, then=partial(_tell_joined, chat.hub))
    return _with_presence(chat.hub, joined.room)


async def enter_room(chat: Chat, user_id: int, sid: str, room_id: int, password: str | None) -> RoomPayload:
    """`join_room` for a socket, which also hears who is there."""
    room = await join_room(chat, user_id, room_id, password)
    online = await online_members(chat, room_id)
    joined = RoomJoined(room_id=room_id, room_name=room.name, member_count=room.member_count, online_members=online)
    chat.hub.to_socket(sid, "room_joined", joined)
    return room


async def online_members(chat: Chat, room_id: int) -> list[UserPayload]:
    """The room's connected members, by name."""
    return await chat.db.read(partial(User.payloads, list(chat.hub.online_in(room_id)), are_online=True))


async def leave_room(chat: Chat, user_id: int, room_id: int) -> None:
    """Stop being a member; nothing happens for an outsider. Raises RoomNotFound."""
    chat.limits.hit(ROOM_ACTIONS, user_id)

    now = chat.clock.now()

    def leave() -> Left | None:
        Room.find(user_id, room_id, now)
        return Membership.leave(user_id, room_id, now)

    await chat.db.write(leave, then=partial(_tell_left, chat.hub))


async def change_room(chat: Chat, user_id: int, room_id: int, change: RoomChange) -> RoomPayload:
    """Raises Forbidden, RoomNameTaken, or InvalidInput for a private room without a password; the lobby stays open."""
    chat.limits.hit(ROOM_ACTIONS, user_id)
    password_hash, now = None, chat.clock.now()
    if change.password:
        await chat.db.read(authorise, user_id, Action.MANAGE, room_id, now)  # and again below: hashing takes its time
        password_hash = await _hash(chat, user_id, change.password)

    def store() -> RoomPayload:
        standing = authorise(user_id, Action.MANAGE, room_id, now)
        will_be_private = standing.is_private if change.is_private is None else change.is_private
        if will_be_private and standing.kind == "lobby":
            raise Forbidden  # whoever registers must get in
        if will_be_private and not standing.is_private and password_hash is None:
            raise invalid_input("password", "private_without_password")
        Room.change(room_id, change, password_hash if will_be_private else None)
        return Room.find(user_id, room_id, now)

    room = await chat.db.write(store, then=lambda room: _show(chat.hub, "room_updated", room))
    return _with_presence(chat.hub, room)


async def delete_room(chat: Chat, user_id: int, room_id: int) -> None:
    """Raises Forbidden or LobbyIsPermanent."""
    chat.limits.hit(ROOM_ACTIONS, user_id)

    def remove() -> str:
        authorise(user_id, Action.DELETE, room_id, chat.clock.now())
        return Room.remove(room_id)

    def tell(name: str) -> None:
        chat.hub.close_room(room_id)
        chat.hub.to_everybody("room_deleted", RoomDeleted(room_id=room_id, name=name))

    await chat.db.write(remove, then=tell)


async def open_lobby(chat: Chat) -> None:
    """It is there before anybody comes."""
    await chat.db.write(Room.ensure_lobby, chat.clock.now())


def enter_lobby(user_id: int, now: str) -> Tell:
    """Takes whoever registers into the lobby; in the transaction that makes the account."""
    lobby = Door(Room.ensure_lobby(now), None, is_member=False)
    joined = Membership.join(user_id, lobby, now)
    return lambda chat: _tell_joined(chat.hub, joined)


async def count_public(chat: Chat) -> int:
    """How many rooms anybody may join."""
    return await chat.db.read(Room.count_public)


def _look_in(user_id: int, room_id: int, now: str) -> tuple[Door, RoomPayload | None]:
    """The room's door, and for a member the room behind it: nothing needs to be written for them."""
    door = Membership.find_door(user_id, room_id)
    return door, Room.find(user_id, room_id, now) if door.is_member else None


async def _unlock(chat: Chat, user_id: int, door: Door, password: str | None) -> None:
    """Only wrong passwords count towards the limit; none at all is how a client asks whether it needs one."""
    if door.password_hash is None:
        return
    given = (password or "").strip()
    windows = (WRONG_PASSWORDS, user_id), (WRONG_PASSWORDS_OF_ROOM, door.room_id)
    if not given or not await chat.passwords.guess(given, door.password_hash, user_id, chat.limits, *windows):
        raise WrongRoomPassword


async def _hash(chat: Chat, user_id: int, password: str) -> str:
    """Only for who may use it: it is the dearest thing here."""
    chat.limits.hit(NEW_PASSWORDS, user_id)
    return await chat.passwords.hash(password, user_id)


def _tell_founded(hub: Hub, user_id: int, room: RoomPayload) -> None:
    hub.subscribe(user_id, room.id)
    hub.to_user(user_id, "membership_added", MembershipAdded(room=_with_presence(hub, room)))
    _show(hub, "room_created", room)


def _tell_joined(hub: Hub, joined: Joined) -> None:
    if not joined.is_new:
        return
    user_id, room_id = joined.change.user_id, joined.room.id
    hub.subscribe(user_id, room_id)
    hub.to_user(user_id, "membership_added", MembershipAdded(room=_with_presence(hub, joined.room)))
    hub.to_room(room_id, "user_joined", joined.change)


def _tell_left(hub: Hub, left: Left | None) -> None:
    if left is None:
        return
    user_id, room_id = left.change.user_id, left.change.room_id
    hub.to_room(room_id, "user_left", left.change)
    hub.evict(user_id, room_id)
    hub.to_user(user_id, "room_left", RoomLeft(room_id=room_id))
    if left.heir is not None:
        changed = RoleChanged(room_id=room_id, role="owner", can=left.heir.can)
        hub.to_user(left.heir.user_id, "role_changed", changed)


def _show(hub: Hub, event: str, room: RoomPayload) -> None:
    hub.to_everybody(event, public_row(_with_presence(hub, room)))


def _with_presence(hub: Hub, room: RoomPayload) -> RoomPayload:
    return room.model_copy(update={"online_count": hub.count_online_in(room.id)})
