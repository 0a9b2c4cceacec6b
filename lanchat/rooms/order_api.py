"""REST for keeping a room in order: its members, bans and log, and whose it is."""

from quart import Blueprint

from lanchat.core.base.lists import ListQuery
from lanchat.core.edge.answer_bounds import LONG_ANSWER, ROOM_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes, takes_query
from lanchat.rooms.schemas.incoming import BanDraft, MemberChange, Transfer
from lanchat.rooms.schemas.outgoing import BanPayload, BansPayload, LogPayload, MemberPayload, RoomPayload
from lanchat.rooms.service import bans, log, members

routes = Blueprint("room order", __name__, url_prefix="/api/rooms/<int:room_id>")


@routes.patch("/members/<int:user_id>")
@takes(MemberChange)
@answers(MemberPayload)
async def change_member(room_id: int, user_id: int, data: MemberChange) -> MemberPayload:
    """Make a member a moderator or not (owner, administrators); mute one below me, or let them speak (managers)."""
    return await members.change_member(current_chat(), current_user_id(), room_id, user_id, data)


@routes.put("/members/<int:user_id>")
@answers(MemberPayload, 201, 200)
async def add_member(room_id: int, user_id: int) -> tuple[MemberPayload, int]:
    """Bring somebody in: managers, in public rooms every member; 200 if they were there already."""
    member, is_new = await members.add_member(current_chat(), current_user_id(), room_id, user_id)
    return member, 201 if is_new else 200


@routes.delete("/members/<int:user_id>")
@answers(DonePayload)
async def remove_member(room_id: int, user_id: int) -> DonePayload:
    """Take somebody below me out; they may come back."""
    await members.remove_member(current_chat(), current_user_id(), room_id, user_id)
    return done("member_removed")


@routes.get("/bans")
@takes_query(ListQuery)
@answers(BansPayload, at_most=LONG_ANSWER)
async def list_bans(room_id: int, query_args: ListQuery) -> BansPayload:
    """Who is kept out, for managers."""
    return await bans.list_bans(current_chat(), current_user_id(), room_id, query_args)


@routes.put("/bans/<int:user_id>")
@takes(BanDraft)
@answers(BanPayload)
async def ban(room_id: int, user_id: int, data: BanDraft) -> BanPayload:
    """Take somebody below me out, and let them in no more; out of the lobby means out of this host (administrators)."""
    return await bans.ban(current_chat(), current_user_id(), room_id, user_id, data)


@routes.delete("/bans/<int:user_id>")
@answers(DonePayload)
async def unban(room_id: int, user_id: int) -> DonePayload:
    """Let somebody come in again."""
    await bans.unban(current_chat(), current_user_id(), room_id, user_id)
    return done("ban_lifted")


@routes.post("/transfer")
@takes(Transfer)
@answers(RoomPayload, at_most=ROOM_ANSWER)
async def transfer(room_id: int, data: Transfer) -> RoomPayload:
    """Hand the room over to one of its members: its owner, administrators; the old owner is a moderator."""
    return await members.transfer(current_chat(), current_user_id(), room_id, data.user_id)


@routes.get("/log")
@takes_query(ListQuery)
@answers(LogPayload, at_most=LONG_ANSWER)
async def read_log(room_id: int, query_args: ListQuery) -> LogPayload:
    """What was done to the room and its members, the newest first; for managers."""
    return await log.read_log(current_chat(), current_user_id(), room_id, query_args)
