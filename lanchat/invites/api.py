"""REST for invitations and for codes of further devices."""

from quart import Blueprint, Response, request

from lanchat.accounts.opened import this_device, with_files_cookie
from lanchat.accounts.schemas import TokenPayload
from lanchat.core.done import DonePayload, done
from lanchat.core.http import (
    answer,
    answers,
    current_chat,
    current_identity,
    current_user_id,
    public,
    takes,
)
from lanchat.invites import devices, service
from lanchat.invites.schemas import (
    Code,
    DeviceCodePayload,
    DeviceCodeStatePayload,
    InvitationPayload,
    InviteDraft,
    InvitePayload,
    OpenInvitesPayload,
)
from lanchat.rooms.schemas import RoomPayload

routes = Blueprint("invites", __name__, url_prefix="/api")


@routes.post("/rooms/<int:room_id>/invites")
@takes(InviteDraft)
@answers(InvitePayload)
async def invite(room_id: int, data: InviteDraft) -> InvitePayload:
    """My link into a room, whose members need neither ask nor tell its password; it holds for so many days from now."""
    return await service.invite(current_chat(), current_user_id(), room_id, data.days)


@routes.get("/rooms/<int:room_id>/invites")
@answers(OpenInvitesPayload)
async def list_invites(room_id: int) -> OpenInvitesPayload:
    """The open links into a room: its owner, its admins and administrators see all, others their own."""
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
@answers(RoomPayload)
async def redeem(data: Code) -> RoomPayload:
    """Become a member of the room that an invitation is for."""
    return await service.redeem(current_chat(), current_user_id(), data.code, request.remote_addr or "")


@routes.post("/auth/device-code")
@answers(DeviceCodePayload)
async def give_code() -> DeviceCodePayload:
    """A code that signs me in on one more device, once; any that I was given before ends."""
    return await devices.give_code(current_chat(), current_identity())


@routes.get("/auth/device-code")
@answers(DeviceCodeStatePayload)
async def look_at_code() -> DeviceCodeStatePayload:
    """Whether my code still waits for the other device."""
    return await devices.look_at_code(current_chat(), current_user_id())


@routes.delete("/auth/device-code")
@answers(DonePayload)
async def withdraw_code() -> DonePayload:
    """End my code before its time."""
    await devices.withdraw_code(current_chat(), current_user_id())
    return done("device_code_ended")


@routes.post("/auth/device")
@public
@takes(Code)
@answers(TokenPayload)
async def sign_in(data: Code) -> Response:
    """Sign in by a code that another of my devices shows."""
    opened = await devices.sign_in(current_chat(), data.code, this_device())
    return with_files_cookie(answer(opened.payload), opened)
