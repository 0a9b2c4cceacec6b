"""Looking people up: everybody by name, and one by one."""

from lanchat.accounts.errors import Forbidden, UserNotFound
from lanchat.accounts.models import User
from lanchat.accounts.schemas import UserPayload
from lanchat.core.base.lists import page
from lanchat.core.chat import Chat
from lanchat.host.policy import Policy
from lanchat.profiles import models
from lanchat.profiles.models import Found
from lanchat.profiles.schemas import PeoplePayload, PeopleQuery, UserCardPayload


async def find_people(chat: Chat, user_id: int, query: PeopleQuery) -> PeoplePayload:
    """Raises Forbidden where only administrators may, or InvalidInput."""
    after = query.moment_after() or ("", 0)

    def find() -> list[Found]:
        if not _may_look(chat, user_id):
            raise Forbidden
        return models.find_people(query.q, chat.clock.steady(), after, query.limit + 1)

    async with chat.large_answers.turn(user_id):
        found = await chat.db.read(find)
    people, cursor = page(found, query.limit, lambda one: [one.order, one.user.id])
    return PeoplePayload(users=[_with_presence(chat, one.user) for one in people], next_cursor=cursor)


async def find_card(chat: Chat, user_id: int, other_id: int) -> UserCardPayload:
    """Raises UserNotFound, with a closed directory also for those with whom one shares no room."""

    def find() -> UserCardPayload:
        user = models.find_person(other_id)
        is_seen = user_id == other_id or _may_look(chat, user_id) or models.share_a_room(user_id, other_id)
        if user is None or not is_seen:
            raise UserNotFound(username=f"#{other_id}")
        return UserCardPayload(**user.model_dump(), common_rooms=models.common_rooms(user_id, other_id))

    card = await chat.db.read(find)
    return card.model_copy(update={"is_online": chat.hub.is_online(other_id)})


def _may_look(chat: Chat, user_id: int) -> bool:
    return chat.part(Policy).directory == "everyone" or User.is_administrator(user_id)


def _with_presence(chat: Chat, user: UserPayload) -> UserPayload:
    return user.model_copy(update={"is_online": chat.hub.is_online(user.id)})
