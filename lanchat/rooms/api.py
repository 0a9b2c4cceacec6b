"""REST for rooms."""

from quart import Blueprint

from lanchat.core.edge.answer_bounds import LONG_ANSWER, ROOM_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes, takes_query
from lanchat.rooms.schemas.incoming import Entry, Page, RoomChange, RoomDraft, RoomsQuery
from lanchat.rooms.schemas.notifications import NotificationsChange, NotificationsPayload
from lanchat.rooms.schemas.outgoing import MembersPayload, RoomPayload, RoomsPayload
from lanchat.rooms.service import change, find, join, notifications

routes = Blueprint("rooms", __name__, url_prefix="/api/rooms")


@routes.get("/")
@takes_query(RoomsQuery)
@answers(RoomsPayload, at_most=LONG_ANSWER)
async def list_rooms(query_args: RoomsQuery) -> RoomsPayload:
    """The rooms that I am in, and the others that I can join."""
    return await find.list_rooms(current_chat(), current_user_id(), query_args.skip)


@routes.post("/")
@takes(RoomDraft)
@answers(RoomPayload, 201, at_most=ROOM_ANSWER)
async def create_room(data: RoomDraft) -> RoomPayload:
    """Make a room; I own it."""
    return await change.create_room(current_chat(), current_user_id(), data)


@routes.get("/<int:room_id>")
@answers(RoomPayload, at_most=ROOM_ANSWER)
async def find_room(room_id: int) -> RoomPayload:
    """One room; of a private one, only members learn more than its row in the list."""
    return await find.find_room(current_chat(), current_user_id(), room_id)


@routes.put("/<int:room_id>")
@takes(RoomChange)
@answers(RoomPayload, at_most=ROOM_ANSWER)
async def change_room(room_id: int, data: RoomChange) -> RoomPayload:
    """Change a room's name, description or password: its owner, its moderators, administrators."""
    return await change.change_room(current_chat(), current_user_id(), room_id, data)


@routes.delete("/<int:room_id>")
@answers(DonePayload)
async def delete_room(room_id: int) -> DonePayload:
    """Delete a room and all that was said in it: its owner, administrators."""
    await change.delete_room(current_chat(), current_user_id(), room_id)
    return done("room_deleted")


@routes.post("/<int:room_id>/join")
@takes(Entry)
@answers(RoomPayload, at_most=ROOM_ANSWER)
async def join_room(room_id: int, data: Entry) -> RoomPayload:
    """Become a member; a private room wants its password, once."""
    return await join.join_room(current_chat(), current_user_id(), room_id, data.password)


@routes.post("/<int:room_id>/leave")
@answers(DonePayload)
async def leave_room(room_id: int) -> DonePayload:
    """Stop being a member."""
    await join.leave_room(current_chat(), current_user_id(), room_id)
    return done("room_left")


@routes.put("/<int:room_id>/notifications")
@takes(NotificationsChange)
@answers(NotificationsPayload)
async def set_notifications(room_id: int, data: NotificationsChange) -> NotificationsPayload:
    """Say of what I want to be told in a room of mine; all my tabs hear `room_preferences`."""
    return await notifications.set_notifications(current_chat(), current_user_id(), room_id, data)


@routes.get("/<int:room_id>/members")
@takes_query(Page)
@answers(MembersPayload, at_most=LONG_ANSWER)
async def list_members(room_id: int, query_args: Page) -> MembersPayload:
    """The room's members by name, with their roles and who is online."""
    return await find.list_members(current_chat(), current_user_id(), room_id, query_args)
