"""REST for invitations."""

from quart import Blueprint, request

from lanchat.accounts.schemas.incoming import Code
from lanchat.core.edge.answer_bounds import LONG_ANSWER, ROOM_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import (
    answers,
    current_chat,
    current_user_id,
    public,
    takes,
)
from lanchat.invites import service
from lanchat.invites.schemas import (
    InvitationPayload,
    InviteDraft,
    InvitePayload,
    OpenInvitesPayload,
)
from lanchat.rooms.schemas.outgoing import RoomPayload

routes = Blueprint("invites", __name__, url_prefix="/api")


@routes.post("/rooms/<int:room_id>/invites")
@takes(InviteDraft)
@answers(InvitePayload, at_most=LONG_ANSWER)
async def invite(room_id: int, data: InviteDraft) -> InvitePayload:
    """My link into a room, whose members need neither ask nor tell its password; it holds for so many days from now."""
    return await service.invite(current_chat(), current_user_id(), room_id, data.days)


@routes.get("/rooms/<int:room_id>/invites")
@answers(OpenInvitesPayload, at_most=LONG_ANSWER)
async def list_invites(room_id: int) -> OpenInvitesPayload:
    """The open links into a room: its owner, its moderators and administrators see all, others their own."""
    return await service.list_invites(current_chat(), current_user_id(), room_id)


@routes.delete("/rooms/<int:room_id>/invites/<int:inviter_id>")
@answers(DonePayload)
async def end_invite(room_id: int, inviter_id: int) -> DonePayload:
    """End a member's link into a room: theirs, or anybody's for those who manage it."""
    await service.end_invite(current_chat(), current_user_id(), room_id, inviter_id)
    return done("invite_ended")


@routes.post("/invites/read")
@public
@takes(Code)
@answers(InvitationPayload)
async def read_invitation(data: Code) -> InvitationPayload:
    """Who invites, and where to: for whoever holds the link, before they have given a name."""
    return await service.read_invitation(current_chat(), data.code, request.remote_addr or "")


@routes.post("/invites/redeem")
@takes(Code)
@answers(RoomPayload, at_most=ROOM_ANSWER)
async def redeem(data: Code) -> RoomPayload:
    """Become a member of the room that an invitation is for."""
    return await service.redeem(current_chat(), current_user_id(), data.code, request.remote_addr or "")
