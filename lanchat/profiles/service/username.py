"""Taking another user name."""

from lanchat.accounts.errors import UsernameTaken, WrongPassword
from lanchat.accounts.models import User
from lanchat.accounts.models.names import FORMER_NAME_LIFE, call_otherwise, free_name, is_taken
from lanchat.accounts.schemas.names import is_official
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.accounts.service.updates import update
from lanchat.accounts.sessions import require_password
from lanchat.core.base.refusals import invalid_input
from lanchat.core.chat import Chat
from lanchat.profiles.schemas import UsernameChange
from lanchat.profiles.service.change import PROFILE_CHANGES


async def change_username(chat: Chat, user_id: int, form: UsernameChange, address: str) -> OwnUserPayload:
    """The former name is nobody else's for 30 days. Raises UsernameTaken, InvalidInput, WrongPassword or TooMany."""
    chat.limits.hit(PROFILE_CHANGES, user_id)
    found = await chat.db.read(User.find_credentials_of, user_id)
    if found.password_hash is None and is_official(form.username):
        raise invalid_input("username", "username_reserved")
    if found.password_hash is not None:
        found = await require_password(chat, user_id, form.password, address)

    def change() -> None:
        if not User.is_unchanged(found):
            raise WrongPassword
        free_name(form.username, chat.clock.steady())
        if is_taken(form.username, besides=user_id):
            raise UsernameTaken
        call_otherwise(user_id, form.username, chat.clock.steady(FORMER_NAME_LIFE))

    return await update(chat, user_id, change)
