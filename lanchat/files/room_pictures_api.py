"""REST for the pictures of rooms."""

from quart import Blueprint, request
from quart_schema import DataSource, document_request

from lanchat.core.edge.answer_bounds import ROOM_ANSWER
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes_stream
from lanchat.files import room_pictures
from lanchat.files.multipart import OVERHEAD
from lanchat.files.pictures import MAX_BYTES
from lanchat.files.schemas import PictureForm
from lanchat.rooms.schemas.outgoing import RoomPayload

routes = Blueprint("room pictures", __name__, url_prefix="/api/rooms/<int:room_id>/picture")


@routes.put("")
@document_request(PictureForm, source=DataSource.FORM_MULTIPART)
@answers(RoomPayload, at_most=ROOM_ANSWER)
@takes_stream(at_most=MAX_BYTES + OVERHEAD)
async def show_room_picture(room_id: int) -> RoomPayload:
    """Show the room by a picture: its middle, made anew, 256 pixels wide and high; its managers."""
    content_type = request.headers.get("Content-Type", "")
    return await room_pictures.show_picture(current_chat(), current_user_id(), room_id, request.body, content_type)


@routes.delete("")
@answers(RoomPayload, at_most=ROOM_ANSWER)
async def remove_room_picture(room_id: int) -> RoomPayload:
    """Show the room by its letters again; its managers."""
    return await room_pictures.remove_picture(current_chat(), current_user_id(), room_id)
