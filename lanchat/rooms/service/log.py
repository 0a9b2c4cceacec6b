"""Reading what was done to a room."""

from lanchat.accounts.models import User
from lanchat.core.base.lists import ListQuery, page
from lanchat.core.chat import Chat
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models import RoomLog
from lanchat.rooms.permissions import Action
from lanchat.rooms.schemas.outgoing import LogEntry, LogPayload


async def read_log(chat: Chat, user_id: int, room_id: int, query: ListQuery) -> LogPayload:
    """For managers: raises NotAMember or Forbidden."""

    def find() -> LogPayload:
        authorise(user_id, Action.MANAGE, room_id, chat.clock.now())
        found, next_cursor = page(
            RoomLog.list_of(room_id, query.number_after(2**62), query.limit + 1), query.limit, lambda row: [row.id]
        )
        ids = [each for row in found for each in (row.actor_id, row.target_id) if each is not None]
        people = {user.id: user for user in User.payloads(ids)}
        entries = [
            LogEntry(
                id=row.id,
                at=row.at,
                actor=people[row.actor_id],
                action=row.action,
                target=None if row.target_id is None else people[row.target_id],
                details=row.details,
            )
            for row in found
        ]
        return LogPayload(entries=entries, next_cursor=next_cursor)

    return await chat.db.read(find)
