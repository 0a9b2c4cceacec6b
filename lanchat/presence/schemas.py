"""How presence looks on the wire."""

from lanchat.accounts.schemas import UserPayload
from lanchat.core.base.schemas import Payload


class UserStatus(Payload):
    """`user_status_update`: to people who share a room."""

    user_id: int
    username: str
    is_online: bool


class OnlineUsers(Payload):
    """`online_users_update`: everybody of the room who is connected."""

    room_id: int
    online_users: list[UserPayload]


class OnlineIds(Payload):
    """`online_ids_update`: instead of `online_users_update`, to sockets that connected with `presence: "ids"`.

    In a room of 500 it is a fiftieth of that.
    """

    room_id: int
    online_ids: list[int]


class TypingUpdate(Payload):
    """`typing_update`: the names of those who type now."""

    room_id: int
    typing_users: list[str]
