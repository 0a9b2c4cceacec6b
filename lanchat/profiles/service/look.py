"""Looking people up: everybody by name, and one by one."""

from lanchat.accounts.errors import Forbidden, UserNotFound
from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.lists import page
from lanchat.core.chat import Chat
from lanchat.profiles import models
from lanchat.profiles.models import Found
from lanchat.profiles.schemas import PeoplePayload, PeopleQuery, UserCardPayload
from lanchat.rooms.service.known import may_know, may_look_up


async def find_people(chat: Chat, user_id: int, query: PeopleQuery) -> PeoplePayload:
    """Raises Forbidden where only administrators may, or InvalidInput."""
    after = query.moment_after() or ("", 0)

    def find() -> list[Found]:
        if not may_look_up(chat, user_id):
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
        if user is None or not may_know(chat, user_id, other_id):
            raise UserNotFound(username=f"#{other_id}")
        return UserCardPayload(**user.model_dump(), common_rooms=models.common_rooms(user_id, other_id))

    card = await chat.db.read(find)
    return card.model_copy(update={"is_online": chat.hub.is_online(other_id)})


def _with_presence(chat: Chat, user: UserPayload) -> UserPayload:
    return user.model_copy(update={"is_online": chat.hub.is_online(user.id)})
