"""Looking at rooms and at who is in them."""

from functools import partial

from lanchat.accounts.models import User
from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.chat import Chat
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models import Room
from lanchat.rooms.models.members import members_of
from lanchat.rooms.permissions import Action
from lanchat.rooms.schemas.incoming import Page
from lanchat.rooms.schemas.outgoing import MembersPayload, RoomPayload, RoomsPayload
from lanchat.rooms.service.tell import with_presence


async def list_rooms(chat: Chat, user_id: int, skip: int = 0) -> RoomsPayload:
    """The user's rooms and those to join; with `skip`, only those of the latter that come behind so many."""
    async with chat.large_answers.turn(user_id):
        listed = await chat.db.read(Room.list_for, user_id, chat.clock.now(), skip)
    mine = [with_presence(chat.hub, room) for room in listed.mine]
    return RoomsPayload(
        user_rooms=[room for room in mine if not room.archived],
        available_rooms=[with_presence(chat.hub, room) for room in listed.others],
        archived_rooms=[room for room in mine if room.archived],
        has_more=listed.has_more,
    )


async def find_room(chat: Chat, user_id: int, room_id: int) -> RoomPayload:
    """Raises RoomNotFound, or NotAMember for an outsider of a private room."""

    now = chat.clock.now()

    def find() -> RoomPayload:
        authorise(user_id, Action.SEE, room_id, now)
        return Room.find(user_id, room_id, now)

    return with_presence(chat.hub, await chat.db.read(find))


async def list_members(chat: Chat, user_id: int, room_id: int, page: Page) -> MembersPayload:
    """Members only: raises NotAMember."""

    def find() -> MembersPayload:
        authorise(user_id, Action.READ, room_id, chat.clock.now())
        members, total = members_of(room_id, page.skip, page.limit, chat.clock.now())
        return MembersPayload(members=members, total=total)

    async with chat.large_answers.turn(user_id):
        found = await chat.db.read(find)
    members = [m.model_copy(update={"is_online": chat.hub.is_online(m.id)}) for m in found.members]
    return MembersPayload(members=members, total=found.total)


async def online_members(chat: Chat, room_id: int) -> list[UserPayload]:
    """The room's connected members, by name."""
    return await chat.db.read(partial(User.payloads, list(chat.hub.online_in(room_id)), are_online=True))


async def count_public(chat: Chat) -> int:
    """How many rooms anybody may join."""
    return await chat.db.read(Room.count_public)
