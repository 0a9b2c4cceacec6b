"""REST for people: looking them up, and changing oneself."""

from quart import Blueprint, request
from quart_schema import DataSource, document_request

from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.rest import answers, current_chat, current_user_id, takes, takes_query, takes_stream
from lanchat.files.multipart import OVERHEAD
from lanchat.files.pictures import MAX_BYTES
from lanchat.files.schemas import PictureForm
from lanchat.profiles.schemas import PeoplePayload, PeopleQuery, ProfileChange, UserCardPayload, UsernameChange
from lanchat.profiles.service import change, look, picture, username

people = Blueprint("people", __name__, url_prefix="/api/users")
own = Blueprint("profile", __name__, url_prefix="/api/auth/me")


@people.get("/")
@takes_query(PeopleQuery)
@answers(PeoplePayload, at_most=LONG_ANSWER)
async def find_people(query_args: PeopleQuery) -> PeoplePayload:
    """The directory: everybody who can be reached, by name; where the host says so, for administrators only."""
    return await look.find_people(current_chat(), current_user_id(), query_args)


@people.get("/<int:user_id>")
@answers(UserCardPayload, at_most=LONG_ANSWER)
async def find_card(user_id: int) -> UserCardPayload:
    """Somebody's profile card, with the rooms that I share with them."""
    return await look.find_card(current_chat(), current_user_id(), user_id)


@own.patch("")
@takes(ProfileChange)
@answers(OwnUserPayload)
async def change_profile(data: ProfileChange) -> OwnUserPayload:
    """Change how I am shown, and what I say of myself."""
    return await change.change_profile(current_chat(), current_user_id(), data)


@own.put("/avatar")
@document_request(PictureForm, source=DataSource.FORM_MULTIPART)
@answers(OwnUserPayload)
@takes_stream(at_most=MAX_BYTES + OVERHEAD)
async def show_picture() -> OwnUserPayload:
    """Show me by a picture: its middle, made anew, 256 pixels wide and high."""
    content_type = request.headers.get("Content-Type", "")
    return await picture.show_picture(current_chat(), current_user_id(), request.body, content_type)


@own.delete("/avatar")
@answers(OwnUserPayload)
async def remove_picture() -> OwnUserPayload:
    """Show me by my initials again."""
    return await picture.remove_picture(current_chat(), current_user_id())


@own.put("/username")
@takes(UsernameChange)
@answers(OwnUserPayload)
async def change_username(data: UsernameChange) -> OwnUserPayload:
    """Log in by another name from now on; the former stays reserved for 30 days."""
    return await username.change_username(current_chat(), current_user_id(), data, request.remote_addr or "")
