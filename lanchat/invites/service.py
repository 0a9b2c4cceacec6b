"""Inviting people into a room, and coming in by an invitation.

Any member may invite: whoever was let in could pass the password on as well. Those who manage the room see who has a
link open, and can end it.
"""

from datetime import timedelta

from lanchat.accounts.keyed_codes import Codes, new_nonce
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.core.security.tokens import digest
from lanchat.host.addresses import ways_to
from lanchat.invites.errors import InviteRevoked
from lanchat.invites.models import Invitation, Invite, Offer, OpenInvite
from lanchat.invites.schemas import InvitationPayload, InvitePayload, OpenInvitePayload, OpenInvitesPayload
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models import Door, Membership
from lanchat.rooms.permissions import Action, refusal, require_door
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.service import join

INVITES = Rate("invites", 60, 60)  # of a user
WRONG_INVITES = Rate("wrong_invites", 30, 60)  # of an address


async def invite(chat: Chat, user_id: int, room_id: int, days: int) -> InvitePayload:
    """The user's link into a room: the one that they gave out before, as long as it holds.

    Raises NotAMember, RoomNotFound or TooMany.
    """
    chat.limits.hit(INVITES, user_id)
    codes = chat.part(Codes)
    nonce = new_nonce()
    now, expires_at = chat.clock.steady(), chat.clock.steady(timedelta(days=days))
    offer = Offer(nonce, digest(codes.of_invite(nonce)), now, expires_at)

    def store() -> str:
        authorise(user_id, Action.INVITE, room_id, chat.clock.now())
        return Invite.offer(room_id, user_id, Membership.find_door(user_id, room_id).password_hash, offer)

    path = f"/join#{codes.of_invite(await chat.db.write(store))}"
    addresses = await ways_to(chat.host, path)
    return InvitePayload(room_id=room_id, path=path, expires_at=expires_at, addresses=addresses)


async def list_invites(chat: Chat, user_id: int, room_id: int) -> OpenInvitesPayload:
    """Who has a link into the room open: for those who may end it; others see their own. Raises NotAMember."""
    now = chat.clock.steady()

    def find() -> list[OpenInvite]:
        ends_all = _ends_all(user_id, room_id, is_own=True, now=now)
        return [each for each in Invite.list_open(room_id, now) if ends_all or each.inviter_id == user_id]

    found = await chat.db.read(find)
    return OpenInvitesPayload(invites=[OpenInvitePayload(**each._asdict()) for each in found])


async def end_invite(chat: Chat, user_id: int, room_id: int, inviter_id: int) -> None:
    """End one's own link, or anybody's: managers, and administrators from outside. Raises NotAMember or Forbidden."""
    chat.limits.hit(INVITES, user_id)

    def revoke() -> None:
        _ends_all(user_id, room_id, is_own=inviter_id == user_id, now=chat.clock.now())
        Invite.revoke(room_id, inviter_id)

    await chat.db.write(revoke)


async def read_invitation(chat: Chat, code: str, address: str) -> InvitationPayload:
    """Who invites, and where to. Raises InviteRevoked, InviteExpired or TooMany."""
    async with chat.limits.guessing(WRONG_INVITES, address, InviteRevoked):
        found = await chat.db.read(Invite.find_open, digest(code), chat.clock.steady())
    return InvitationPayload(**found._asdict())


async def redeem(chat: Chat, user_id: int, code: str, address: str) -> RoomPayload:
    """Become a member by an invitation, without the room's password. Raises InviteRevoked, InviteExpired or TooMany."""
    now = chat.clock.steady()

    def open_door() -> Door:
        invitation: Invitation = Invite.find_open(digest(code), now)
        door = Membership.find_door(user_id, invitation.room_id)
        if not door.is_member:
            Invite.count_use(digest(code))
        return door

    async with chat.limits.guessing(WRONG_INVITES, address, InviteRevoked):
        return await join.admit(chat, user_id, open_door)


def _ends_all(user_id: int, room_id: int, *, is_own: bool, now: str) -> bool:
    """Whether they may end everybody's links; a member may, and needs to, only end their own. On a database thread.

    Raises RoomNotFound, NotAMember, DirectRoom, or Forbidden for another's.
    """
    standing = Membership.find_standing(user_id, room_id)
    if standing is not None and standing.is_member:
        require_door(standing)
    refused = refusal(standing, Action.END_LINKS, now)
    if refused is not None and is_own:
        authorise(user_id, Action.READ, room_id, now)
    elif refused is not None:
        raise refused
    return refused is None
