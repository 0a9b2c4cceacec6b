"""REST for accounts."""

from quart import Blueprint, Response, request
from quart_schema import DataSource

from lanchat.accounts import device_codes, guests, preferences, sessions
from lanchat.accounts.schemas.device_codes import DeviceCodeOwnerPayload, DeviceCodePayload, DeviceCodeStatePayload
from lanchat.accounts.schemas.incoming import Code, Guest, Login, PasswordChange, Registration, Upgrade
from lanchat.accounts.schemas.outgoing import OwnUserPayload, RegisteredPayload, SessionsPayload, TokenPayload
from lanchat.accounts.schemas.preferences import Preferences, PreferencesChange
from lanchat.accounts.service import identity, login, registration
from lanchat.accounts.session_responses import (
    this_device,
    with_files_cookie,
    with_files_cookie_again,
    without_files_cookie,
)
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import (
    answer,
    answers,
    current_chat,
    current_identity,
    current_user_id,
    public,
    takes,
)

routes = Blueprint("accounts", __name__, url_prefix="/api/auth")


@routes.post("/register")
@public
@takes(Registration)
@answers(RegisteredPayload, 201)
async def register(data: Registration) -> Response:
    """Make an account; it is logged in at once."""
    payload, opened = await registration.register(current_chat(), data, this_device())
    return with_files_cookie(answer(payload, 201), opened)


@routes.post("/guest")
@public
@takes(Guest)
@answers(RegisteredPayload, 201)
async def join_as_guest(data: Guest) -> Response:
    """Join with a name only, where this host allows guests."""
    payload, opened = await registration.join_as_guest(current_chat(), data, this_device())
    return with_files_cookie(answer(payload, 201), opened)


@routes.post("/upgrade")
@takes(Upgrade)
@answers(OwnUserPayload)
async def upgrade(data: Upgrade) -> OwnUserPayload:
    """Give my guest's account a password: I stay who I am, and can log in from now on."""
    return await guests.upgrade(current_chat(), current_identity(), data, this_device().address)


@routes.post("/login")
@public
@takes(Login, DataSource.FORM)
@answers(TokenPayload)
async def log_in(data: Login) -> Response:
    """Exchange a name and a password for an access token."""
    opened = await login.log_in(current_chat(), data, this_device())
    return with_files_cookie(answer(opened.payload), opened)


@routes.get("/me")
@answers(OwnUserPayload)
async def me() -> Response:
    """The account that the token belongs to."""
    own = await identity.find_own(current_chat(), current_user_id())
    return with_files_cookie_again(answer(own))


@routes.patch("/me/preferences")
@takes(PreferencesChange)
@answers(Preferences)
async def change_preferences(data: PreferencesChange) -> Preferences:
    """Prefer something else on all my devices; what is left out stays."""
    return await preferences.change_preferences(current_chat(), current_user_id(), data)


@routes.post("/logout")
@answers(DonePayload)
async def log_out() -> Response:
    """End this session: its token and its sockets."""
    await login.log_out(current_chat(), current_identity().session_id)
    return without_files_cookie(answer(done("logged_out")))


@routes.get("/sessions")
@answers(SessionsPayload, at_most=LONG_ANSWER)
async def list_sessions() -> SessionsPayload:
    """The devices that I am logged in on."""
    return await sessions.list_sessions(current_chat(), current_identity())


@routes.delete("/sessions/<int:session_id>")
@answers(DonePayload)
async def end_session(session_id: int) -> DonePayload:
    """Sign one of my devices out."""
    await sessions.end_session(current_chat(), current_identity(), session_id)
    return done("session_ended")


@routes.delete("/sessions")
@answers(DonePayload)
async def end_other_sessions() -> DonePayload:
    """Sign out all of my devices but this one."""
    return done("sessions_ended", count=await sessions.end_other_sessions(current_chat(), current_identity()))


@routes.put("/password")
@takes(PasswordChange)
@answers(DonePayload)
async def change_password(data: PasswordChange) -> DonePayload:
    """Change my password; all my other devices are signed out."""
    await sessions.change_password(current_chat(), current_identity(), data, request.remote_addr or "")
    return done("password_changed")


@routes.post("/device-code")
@answers(DeviceCodePayload, at_most=LONG_ANSWER)
async def give_code() -> DeviceCodePayload:
    """A code that signs me in on one more device, once; any that I was given before ends."""
    return await device_codes.give_code(current_chat(), current_identity())


@routes.get("/device-code")
@answers(DeviceCodeStatePayload)
async def look_at_code() -> DeviceCodeStatePayload:
    """Whether my code still waits for the other device."""
    return await device_codes.look_at_code(current_chat(), current_user_id())


@routes.delete("/device-code")
@answers(DonePayload)
async def withdraw_code() -> DonePayload:
    """End my code before its time."""
    await device_codes.withdraw_code(current_chat(), current_user_id())
    return done("device_code_ended")


@routes.post("/device/read")
@public
@takes(Code)
@answers(DeviceCodeOwnerPayload)
async def read_code(data: Code) -> DeviceCodeOwnerPayload:
    """As whom a code signs somebody in; it stays as good as it was."""
    return await device_codes.read_code(current_chat(), data.code, request.remote_addr or "")


@routes.post("/device")
@public
@takes(Code)
@answers(TokenPayload)
async def sign_in(data: Code) -> Response:
    """Sign in by a code that another of my devices shows."""
    opened = await device_codes.sign_in(current_chat(), data.code, this_device())
    return with_files_cookie(answer(opened.payload), opened)
