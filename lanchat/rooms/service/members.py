"""Keeping a room's members in order: their roles, mutes, who is brought in and who is taken out, whose room it is."""

from functools import partial
from typing import NamedTuple

from lanchat.accounts.errors import UserNotFound
from lanchat.accounts.models import User
from lanchat.core.base.moments import require_future
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.rooms.authorise import authorise, authorise_upon
from lanchat.rooms.errors import Blocked, CannotTouchOwner, LobbyIsPermanent, NotAMember
from lanchat.rooms.models import Door, Membership, Room
from lanchat.rooms.models.blocks import Block
from lanchat.rooms.models.members import Stands, hand_over, mute, set_role, stands
from lanchat.rooms.permissions import Action, Standing
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.schemas.incoming import MemberChange
from lanchat.rooms.schemas.outgoing import MemberPayload, RoomPayload
from lanchat.rooms.service.deed import Deed
from lanchat.rooms.service.going import Gone, go, tell_gone
from lanchat.rooms.service.join import Entered, enter, tell_entered
from lanchat.rooms.service.known import require_known
from lanchat.rooms.service.tell import tell_mute, tell_role, with_presence


class Handed(NamedTuple):
    room: RoomPayload
    changed: list[Stands]
    freed_id: int | None  # who was muted, and owns it now
    lines: list[Tell]


async def change_member(chat: Chat, user_id: int, room_id: int, other_id: int, change: MemberChange) -> MemberPayload:
    """Make somebody a moderator or not, mute them for a time or let them speak again.

    Raises NotAMember, Forbidden, CannotTouchOwner, UserNotFound, or InvalidInput for a time that is over.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()
    mutes = "muted_until" in change.model_fields_set
    if change.role is None and not mutes:
        raise invalid_input("body", "nothing_to_change")
    require_future("muted_until", change.muted_until, now)

    def store() -> tuple[Stands, bool, bool]:
        deed = Deed(chat.fillings, room_id, user_id, now)
        other = _member(room_id, other_id, user_id, Action.MANAGE if mutes else Action.ASSIGN, now)
        is_other_role = change.role is not None and _assign(deed, other, other_id, change)
        is_other_mute = mutes and _mute(deed, other, other_id, change.muted_until)
        changed = stands(room_id, other_id, now)
        assert changed is not None
        return changed, is_other_role, is_other_mute

    def tell(stored: tuple[Stands, bool, bool]) -> None:
        changed, is_other_role, is_other_mute = stored
        if is_other_role:
            tell_role(chat.hub, room_id, changed)
        if is_other_mute:
            tell_mute(chat.hub, room_id, changed)

    changed = (await chat.db.write(store, then=tell))[0].member
    return changed.model_copy(update={"is_online": chat.hub.is_online(other_id)})


async def add_member(chat: Chat, user_id: int, room_id: int, other_id: int) -> tuple[MemberPayload, bool]:
    """Bring somebody in, who may leave again; False beside them if they were there already.

    With a closed directory this is somebody with whom one shares a room. Raises NotAMember, Forbidden, RoomArchived,
    DirectRoom, Banned, Blocked or UserNotFound.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def store() -> tuple[Entered, Stands]:
        authorise(user_id, Action.ADD, room_id, now)
        require_known(chat, user_id, {other_id})
        if not User.is_reachable(other_id, now):
            raise UserNotFound(username=f"#{other_id}")
        if Block.closed_among(user_id, {other_id}):
            raise Blocked
        deed, door = Deed(chat.fillings, room_id, user_id, now), Membership.find_door(other_id, room_id)
        entered = enter(deed, other_id, Door(room_id, door.password_hash, door.is_member))
        if entered.joined.is_new:
            deed.note("member_added", other_id)
        there = stands(room_id, other_id, now)
        assert there is not None
        return entered, there

    entered, there = await chat.db.write(store, then=lambda stored: tell_entered(chat, stored[0]))
    member = there.member.model_copy(update={"is_online": chat.hub.is_online(other_id)})
    return member, entered.joined.is_new


async def remove_member(chat: Chat, user_id: int, room_id: int, other_id: int) -> None:
    """Take somebody out, who may come back; nothing happens if they weren't there.

    Raises NotAMember, Forbidden, CannotTouchOwner or LobbyIsPermanent.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def store() -> Gone | None:
        mine, other = authorise_upon(user_id, other_id, Action.MANAGE, room_id, now)
        if mine.kind == "lobby":
            raise LobbyIsPermanent
        deed = Deed(chat.fillings, room_id, user_id, now)
        gone = go(deed, other_id, "removed") if other.is_member else None
        if gone is not None:
            deed.note("member_removed", other_id)
        return gone

    await chat.db.write(store, then=partial(tell_gone, chat))


async def transfer(chat: Chat, user_id: int, room_id: int, heir_id: int) -> RoomPayload:
    """Give the room to another member, who isn't muted any more; whose it was is a moderator.

    Raises NotAMember (of the heir too), Forbidden, LobbyIsPermanent or DirectRoom.
    """
    chat.limits.hit(ROOM_ACTIONS, user_id)
    now = chat.clock.now()

    def store() -> Handed:
        authorise(user_id, Action.TRANSFER, room_id, now)
        heir = Membership.find_standing(heir_id, room_id)
        if heir is None or not heir.is_member:
            raise NotAMember
        deed, changed = Deed(chat.fillings, room_id, user_id, now), list[int]()
        lines: list[Tell] = []
        is_freed = not heir.is_owner and _mute(deed, heir, heir_id, None)
        if not heir.is_owner:
            changed = [*hand_over(room_id, heir_id), heir_id]
            deed.note("ownership_transferred", heir_id)
            lines = deed.state("ownership_transferred", heir_id)
        standing = [there for each in changed if (there := stands(room_id, each, now))]
        return Handed(Room.find(user_id, room_id, now), standing, heir_id if is_freed else None, lines)

    def tell(handed: Handed) -> None:
        for changed in handed.changed:
            tell_role(chat.hub, room_id, changed)
            if changed.member.id == handed.freed_id:
                tell_mute(chat.hub, room_id, changed)
        for line in handed.lines:
            line(chat)

    return with_presence(chat.hub, (await chat.db.write(store, then=tell)).room)


def _member(room_id: int, other_id: int, user_id: int, action: Action, now: str) -> Standing:
    """How a member below oneself stands."""
    _, other = authorise_upon(user_id, other_id, action, room_id, now)
    if not other.is_member:
        raise UserNotFound(username=f"#{other_id}")
    return other


def _assign(deed: Deed, other: Standing, other_id: int, change: MemberChange) -> bool:
    authorise(deed.actor_id, Action.ASSIGN, deed.room_id, deed.now)
    if other.is_owner:
        raise CannotTouchOwner
    if change.role is None or not set_role(deed.room_id, other_id, change.role):
        return False
    deed.note("role_changed", other_id, {"was": other.role, "now": change.role})
    return True


def _mute(deed: Deed, other: Standing, other_id: int, until: str | None) -> bool:
    is_muted = other.muted_until is not None and other.muted_until > deed.now
    if until is None and not is_muted:
        return False
    mute(deed.room_id, other_id, until)
    deed.note("unmuted" if until is None else "muted", other_id, {} if until is None else {"until": until})
    return True
