"""Not wanting to be written to by somebody: the room of the two is closed from both sides, and nobody says by whom."""

from typing import NamedTuple

from lanchat.accounts.models import User
from lanchat.core.base.lists import ListQuery, page
from lanchat.core.chat import Chat
from lanchat.rooms.errors import CannotBlockSelf
from lanchat.rooms.models.blocks import Block
from lanchat.rooms.models.direct import find_direct
from lanchat.rooms.models.members import stands
from lanchat.rooms.models.memberships import Membership
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.outgoing import BlockedPayload, CanPayload
from lanchat.rooms.schemas.told import BlockChanged, RoomAbilities
from lanchat.rooms.service.known import require_known


class Closed(NamedTuple):
    """What came of a block or of its end; `abilities` by person, in the room of the two where both know of it."""

    is_new: bool
    room_id: int
    abilities: dict[int, CanPayload]


async def block(chat: Chat, user_id: int, other_id: int, *, is_blocked: bool) -> None:
    """Idempotent. Tells the tabs of whoever does it, and both what they may do in their room now.

    Raises CannotBlockSelf, TooManyBlocked, or UserNotFound for somebody whom one can't know of.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def store() -> Closed:
        if other_id == user_id:
            raise CannotBlockSelf
        if is_blocked:
            require_known(chat, user_id, {other_id})
            is_new = Block.put(user_id, other_id, now)
        else:
            is_new = Block.lift(user_id, other_id)
        room_id = find_direct(frozenset({user_id, other_id}))
        if room_id is None or not is_new:
            return Closed(is_new, 0, {})
        standing = {each: stands(room_id, each, now) for each in Membership.listing(room_id)}
        return Closed(is_new, room_id, {each: there.can for each, there in standing.items() if there})

    def tell(closed: Closed) -> None:
        if closed.is_new:
            chat.hub.to_user(user_id, "block_changed", BlockChanged(user_id=other_id, is_blocked=is_blocked))
        for each, can in closed.abilities.items():
            chat.hub.to_user(each, "room_abilities", RoomAbilities(room_id=closed.room_id, can=can))

    await chat.db.write(store, then=tell)


async def list_blocked(chat: Chat, user_id: int, query: ListQuery) -> BlockedPayload:
    """Whom the user blocked, the newest first."""

    def find() -> BlockedPayload:
        rows = Block.list_of(user_id, query.moment_after(), query.limit + 1)
        found, next_cursor = page(rows, query.limit, lambda row: [row[1], row[0]])
        people = {user.id: user for user in User.payloads([other_id for other_id, _ in found])}
        return BlockedPayload(users=[people[other_id] for other_id, _ in found], next_cursor=next_cursor)

    async with chat.large_answers.turn(user_id):
        blocked = await chat.db.read(find)
    users = [user.model_copy(update={"is_online": chat.hub.is_online(user.id)}) for user in blocked.users]
    return blocked.model_copy(update={"users": users})
